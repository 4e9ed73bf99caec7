import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aList, ann, ben, cat } from '../patients/import-scene.ts';
import { openBrowser } from '../support/browser.ts';
import { addStaffedPractice } from '../support/people.ts';
import { openRegistry, type Registry } from '../support/registry.ts';
import { choose, press, tabTo } from './keyboard.ts';
import { logInOnPage } from './log-in-page.ts';
import { complaintsOf, faultsOf } from './look.ts';

// What an import asks, and its undoing: no link leads there before a list was uploaded.

let registry: Registry;
let browser: Browser;
let address: string;

beforeAll(async () => {
  registry = await openRegistry();
  address = await registry.listen();
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  await registry?.close();
});

const upload = async (page: Page, content: string) => {
  await page.goto(`${address}/imports`);
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'list-of-the-practice.csv', mimeType: 'text/csv', buffer: Buffer.from(content) });
  await page.getByRole('button', { name: 'Upload and import' }).click();
};

const strange =
  'Patient reference number,Called,Of the house of,Came on,Lives at,Postal,Remarks of the person who keeps the list\n' +
  '999 000 0018,Ann,Smith,03/04/1985,"1 The Very Long High Street, Newtown under the Hill",ZX1 1AA,\n' +
  '999 000 0026,Ben,Jones,02/01/1960,2 High Street,ZX1 1AA,calls often\n';

test.each([1280, 320])(
  'columns are explained by keyboard, the order of days is answered, and the import is undone: %i pixels',
  async (width) => {
    const staffed = await addStaffedPractice(registry.services, `Q${width}`);
    const context = await browser.newContext({ viewport: { width, height: 800 } });
    const page = await context.newPage();
    const complaints = complaintsOf(page);
    const isSound = async (name: string) => expect([name, await faultsOf(page)]).toEqual([name, []]);
    await logInOnPage(page, address, staffed.manager);
    await upload(page, strange);
    await page.getByRole('heading', { name: 'Which column is which?' }).waitFor();
    await isSound('columns');
    await press(page, 'button', 'Continue');
    await page.getByText('There is a problem').waitFor();
    await isSound('columns-error');
    const wanted = [
      ['Patient reference number', 'NHS number'],
      ['Called', 'Given name'],
      ['Of the house of', 'Family name'],
      ['Came on', 'Date of birth'],
      ['Lives at', 'Whole address'],
    ] as const;
    for (const [column, use] of wanted) {
      await tabTo(page, page.getByLabel(`What “${column}” is`));
      await page.keyboard.type(use);
    }
    await press(page, 'button', 'Continue');
    await page.getByText('Is 03/04/1985 the 3rd of April or March 4th?').waitFor();
    await isSound('date-order');
    await choose(page, 'radio', 'The 3rd of April');
    await press(page, 'button', 'Continue');
    await page.getByText('Report, row by row').waitFor();
    await isSound('imported');

    await page.goto(`${address}/imports`);
    await isSound('imports-with-columns');
    await page.getByRole('link', { name: /^Patient reference number/ }).click();
    await isSound('columns-again');

    await upload(page, aList(ann, ben, cat));
    await page.getByText('Report, row by row').waitFor();
    await press(page, 'link', 'Undo this import');
    await isSound('undo');
    await press(page, 'button', 'Undo this import');
    await page.getByText('The import was undone').waitFor();
    await isSound('undone');
    expect(complaints).toEqual([]);
    await context.close();
  },
  300_000,
);
