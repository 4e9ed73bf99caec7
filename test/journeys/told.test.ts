import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { paths } from '../../src/web/paths.ts';
import { openBrowser } from '../support/browser.ts';
import { somePatients } from '../support/factories.ts';
import { type Account, addStaffedPractice, type StaffedPractice } from '../support/people.ts';
import { openRegistry, type Registry } from '../support/registry.ts';
import { aPublishedNotice } from '../support/some-notice.ts';
import { pressForPage } from './keyboard.ts';
import { logInOnPage } from './log-in-page.ts';
import { complaintsOf, faultsOf } from './look.ts';

const now = new Date('2026-11-20T10:00:00Z');
const PEOPLE = 620;
let registry: Registry;
let browser: Browser;
let address: string;
let staffed: StaffedPractice;

beforeAll(async () => {
  registry = await openRegistry({}, { now: () => now });
  address = await registry.listen();
  staffed = await addStaffedPractice(registry.services);
  const by = { kind: 'staff', id: staffed.manager.id } as const;
  const people = somePatients(PEOPLE).map((person, n) => ({
    ...person,
    mobile: n < 20 ? '07700900123' : '',
  }));
  await registry.services.patients.add(staffed.practice.id, people, by);
  await aPublishedNotice(registry.services, staffed.practice.id);
  browser = await openBrowser();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await registry?.close();
});

async function open(person: Account): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 320, height: 800 } });
  const page = await context.newPage();
  await logInOnPage(page, address, person);
  return page;
}
const submit = async (page: Page, name: string) => {
  await page.getByRole('button', { name }).click();
  await page.waitForLoadState();
};

test('letters for everybody without a mobile, made, printed, sent, and three of them come back', {
  timeout: 300_000,
}, async () => {
  const page = await open(staffed.manager);
  const complaints = complaintsOf(page);
  await page.goto(address + paths.toldRuns);
  expect(await faultsOf(page)).toEqual([]);
  await page.getByLabel('Letters', { exact: true }).check();
  await submit(page, 'Make the batch');
  // The page follows by itself until it is made.
  await page.getByRole('heading', { name: '1. Take it away' }).waitFor({ timeout: 60_000 });
  expect(await page.locator('h1').innerText()).toContain(`${PEOPLE - 20} letters`);
  expect(await faultsOf(page)).toEqual([]);
  await submit(page, 'It was sent');
  expect(await page.getByRole('alert').innerText()).toContain('Take the file away first');
  expect(await faultsOf(page)).toEqual([]);
  // The page that answered the form follows the file, and does not send the form again when it has come.
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'letters (PDF)' }).click(),
  ]);
  await file.path();
  await page.waitForURL(/\/told\/runs\/[0-9a-f-]{36}$/);
  expect(await page.locator('h1').innerText()).toContain('Made, not sent');
  expect(await page.locator('main').innerText()).toContain('Taken away');
  await page.getByRole('link', { name: 'Letters 501 to 600' }).click();
  await page.waitForLoadState();
  expect(await page.locator('article.app-letter').count()).toBe(100);
  expect(await faultsOf(page)).toEqual([]);
  await page.emulateMedia({ media: 'print' });
  const inWindow = await page.locator('article.app-letter address').first().boundingBox();
  expect(inWindow?.height).toBeGreaterThan(20);
  await page.emulateMedia({ media: 'screen' });
  const references = await page
    .locator('article.app-letter')
    .evaluateAll((all) =>
      all.map((one) => /Reference ([A-Z-]{14})/.exec(String(one.textContent))?.[1] ?? ''),
    );
  await page.getByRole('link', { name: 'Back' }).click();
  await page.waitForLoadState();
  expect(await page.locator('main').innerText()).not.toContain('Not yet:');
  await submit(page, 'It was sent');
  await page.getByRole('heading', { name: '3. What came of it' }).waitFor();
  await page.locator('[data-progress]:not([hidden])').waitFor({ state: 'detached' });

  const reception = await open(staffed.receptionist);
  await reception.goto(address + paths.lettersReturned);
  expect(await faultsOf(reception)).toEqual([]);
  for (const reference of references.slice(0, 3)) {
    // By keyboard alone: the field has the focus.
    await reception.keyboard.type(reference.toLowerCase());
    await pressForPage(reception);
    expect(await reception.locator('main').innerText()).toContain('Noted: the letter came back');
  }
  await reception.goto(address + paths.told);
  expect(await faultsOf(reception)).toEqual([]);
  await reception.getByRole('link', { name: 'Came back: tell them otherwise' }).click();
  await reception.waitForLoadState();
  expect(await reception.locator('h2').first().innerText()).toBe('3 patients');
  expect(await faultsOf(reception)).toEqual([]);
  await reception.locator('tbody a').first().click();
  await reception.getByRole('heading', { name: 'What the patient was told' }).waitFor();
  expect(await faultsOf(reception)).toEqual([]);
  await reception.getByRole('link', { name: 'Back' }).click();
  await reception.getByRole('heading', { name: 'Told about data that leaves' }).waitFor();
  await reception.getByRole('button', { name: 'Told at the desk' }).press('Enter');
  await reception.getByText('Noted: the patient was told').waitFor();
  expect(await faultsOf(reception)).toEqual([]);

  await page.goto(address + paths.coverage);
  expect(await faultsOf(page)).toEqual([]);
  expect(await page.locator('main').innerText()).toContain(`${PEOPLE - 22} of ${PEOPLE} patients were told`);
  expect(complaints).toEqual([]);
});
