import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aList, ben } from '../patients/import-scene.ts';
import { openBrowser } from '../support/browser.ts';
import { aPatient, patientsCsv, somePatients } from '../support/factories.ts';
import { addStaffedPractice } from '../support/people.ts';
import { openRegistry, type Registry } from '../support/registry.ts';
import { logInOnPage } from './log-in-page.ts';
import { complaintsOf, sideways, violations } from './look.ts';

let registry: Registry;
let browser: Browser;
let address: string;
const people = somePatients(40);

beforeAll(async () => {
  registry = await openRegistry();
  address = await registry.listen();
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  await registry?.close();
});

// Pages that the walk of every-page.test.ts does not come to, because no link leads to them.

/** Nothing that axe knows of is wrong, and nothing is off to the side. */
async function isSound(page: Page, name: string) {
  expect([name, await violations(page), await sideways(page)]).toEqual([name, [], 0]);
}

const upload = async (page: Page, content: string, isWhole = false) => {
  await page.goto(`${address}/imports`);
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from(content) });
  if (isWhole) await page.getByLabel('This is the whole list').check();
  await page.getByRole('button', { name: 'Upload and import' }).click();
};

test.each([1280, 320])(
  'a list is imported and patients are found, %i pixels wide',
  async (width) => {
    const staffed = await addStaffedPractice(registry.services, `P${width}`);
    const context = await browser.newContext({ viewport: { width, height: 800 } });
    const page = await context.newPage();
    const complaints = complaintsOf(page);
    await logInOnPage(page, address, staffed.manager);
    await upload(page, 'Surname,Forename,DOB\nSmith,Ann,1985-03-07\n');
    await isSound(page, 'imports-wrong-file');

    await upload(page, patientsCsv(people), true);
    // The page follows by itself.
    await page.getByText('Report, row by row').waitFor();
    await isSound(page, 'import-report');
    await upload(
      page,
      `${aList(ben, '9.99E+09 Ann Smith 1985-03-07', '9990000026 Cat Brown 2001-12-31')}`,
      true,
    );
    await page.getByText('Have they left the practice?').waitFor();
    await isSound(page, 'import-waiting');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('There is a problem').waitFor();
    await isSound(page, 'import-waiting-error');
    await page.getByLabel('No, the file was not the whole list').check();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Nobody was marked as gone', { exact: true }).first().waitFor();
    await page.goto(`${address}/imports`);
    await isSound(page, 'imports');

    const { familyName, dateOfBirth, nhsNumber } = aPatient(0);
    const [year = '', month = '', day = ''] = dateOfBirth.split('-');
    const search = async (name: string) => {
      await page.goto(`${address}/patients`);
      await page.getByLabel('Family name').fill(name);
      await page.getByLabel('Day').fill(day);
      await page.getByLabel('Month').fill(month);
      await page.getByLabel('Year').fill(year);
      await page.getByRole('button', { name: 'Find patient' }).click();
    };
    await search('Nobody-Of-This-Name');
    await page.getByText('Nobody was found').waitFor();
    await isSound(page, 'found-nobody');
    await search(familyName.slice(0, 2));
    await page.getByRole('heading', { name: '1 patient found' }).waitFor();
    await isSound(page, 'found');
    await page.goto(`${address}/patients`);
    await page.getByLabel('NHS number').fill(nhsNumber);
    await page.keyboard.press('Enter');
    await page.getByText('There is no objection on record').waitFor();

    const { objections, patients } = registry.services;
    const practiceId = staffed.practice.id;
    const [patient] = await patients.withNumber(practiceId, nhsNumber);
    const patientId = patient?.id ?? '';
    const by = { kind: 'staff', id: staffed.receptionist.id } as const;
    const asked = {
      practiceId,
      patientId,
      requester: 'patient',
      receivedVia: 'phone',
      note: 'Rang in the morning, has had a letter',
    } as const;
    await objections.record({ ...asked, types: ['type-1', 'type-2'], receivedOn: '2016-03-01' }, by);
    await objections.withdraw(
      { ...asked, types: ['type-1'], receivedOn: '2019-05-06', identityChecked: 'photo-id' },
      by,
    );
    await objections.record({ ...asked, types: ['type-2'], receivedOn: '2026-05-06' }, by);
    const acts = await objections.ofPatient(practiceId, patientId);
    await objections.markInError({ practiceId, actId: acts[0]?.id ?? '', reason: 'Another patient' }, by);
    await page.reload();
    await isSound(page, 'patient-acts');
    expect(complaints).toEqual([]);
    await context.close();
  },
  300_000,
);
