import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { openGallery } from './gallery.ts';
import { complaintsOf, sideways, violations } from './look.ts';

const addresses = ['/gallery', '/gallery/errors', '/help', '/accessibility', '/privacy', '/no-such-page'];

let browser: Browser;
let gallery: Awaited<ReturnType<typeof openGallery>>;

beforeAll(async () => {
  gallery = await openGallery();
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  gallery?.close();
});

/** Opens a page and gives it, with what the browser complained of. */
async function visit(address: string, width = 1280) {
  const context = await browser.newContext({ viewport: { width, height: 800 } });
  const page = await context.newPage();
  const complaints = complaintsOf(page);
  await page.goto(gallery.address + address);
  return { page, complaints, close: () => context.close() };
}

// 320 pixels is what is left of 1280 at 400% zoom.
describe.each([1280, 320])('%i pixels wide', (width) => {
  test.each(addresses)(
    '%s breaks no policy and no rule, and nothing is scrolled sideways',
    async (address) => {
      const { page, complaints, close } = await visit(address, width);
      expect(await page.evaluate('document.body.className')).toBe(' js-enabled nhsuk-frontend-supported');
      expect(complaints).toEqual([]);
      expect(await violations(page)).toEqual([]);
      expect(await sideways(page)).toBe(0);

      // Axe is a script itself, so a page without scripts is one whose scripts never came.
      await page.route('**/*.{js,mjs}', (route) => route.abort());
      await page.reload();
      await page.evaluate('document.body.className = ""');
      expect(await violations(page)).toEqual([]);
      expect(await sideways(page)).toBe(0);
      await close();
    },
  );
});

test('an error summary takes the focus, and leads to the field', async () => {
  const { page, close } = await visit('/gallery/errors');
  expect(await page.evaluate('document.activeElement.className')).toContain('nhsuk-error-summary');
  await page.getByRole('link', { name: 'NHS number is too short' }).click();
  expect(await page.evaluate('document.activeElement.id')).toBe('nhsNumber');
  await page.getByRole('link', { name: 'Received on must be a real date' }).click();
  expect(await page.evaluate('document.activeElement.id')).toBe('receivedOn-day');
  await close();
});

test('on paper there are no menus and no buttons', async () => {
  const { page, close } = await visit('/gallery');
  await page.emulateMedia({ media: 'print' });
  for (const name of [
    'nhsuk-header__navigation',
    'nhsuk-header__account',
    'nhsuk-button',
    'nhsuk-back-link',
    'nhsuk-footer',
  ]) {
    expect([name, await page.locator(`.${name}:visible`).count()]).toEqual([name, 0]);
  }
  expect(await page.getByText('ABCD-1234').isVisible()).toBe(true);
  // A sheet of A4, less its margins, is 718 pixels wide.
  await page.setViewportSize({ width: 718, height: 1000 });
  const table = page.locator('#table-responsive');
  const displays = await page.evaluate(
    "[...new Set([...document.querySelectorAll('#table-responsive :is(tbody tr, td, thead th)')].map((cell) => getComputedStyle(cell).display))].sort()",
  );
  expect(displays).toEqual(['table-cell', 'table-row']);
  expect(await table.locator('thead').evaluate((head) => head.clientHeight > 10)).toBe(true);
  expect(await table.locator('.nhsuk-table__heading:visible').count()).toBe(0);
  await close();
});
