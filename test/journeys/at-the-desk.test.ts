import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { paths } from '../../src/web/paths.ts';
import { openBrowser } from '../support/browser.ts';
import { aPatient } from '../support/factories.ts';
import { addStaffedPractice, type StaffedPractice } from '../support/people.ts';
import { openRegistry, type Registry } from '../support/registry.ts';
import { choose, press, tabTo, typeInto } from './keyboard.ts';
import { complaintsOf } from './look.ts';

const ada = aPatient(7, { title: 'Ms', givenName: 'Ada', familyName: 'Lovelace', dateOfBirth: '1975-12-10' });

let registry: Registry;
let browser: Browser;
let address: string;
let staffed: StaffedPractice;

beforeAll(async () => {
  registry = await openRegistry();
  address = await registry.listen();
  staffed = await addStaffedPractice(registry.services);
  const by = { kind: 'staff', id: staffed.manager.id } as const;
  await registry.services.patients.add(staffed.practice.id, [ada], by);
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  await registry?.close();
});

async function open(): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  const complaints = complaintsOf(page);
  await page.goto(address + paths.home);
  return { page, complaints };
}

const heading = (page: Page) => page.getByRole('heading', { level: 1 }).innerText();

test('by keyboard alone and without JavaScript: log in, find a patient, record type 1, print the receipt', async () => {
  const { page, complaints } = await open();
  await typeInto(page, 'Email address', staffed.receptionist.email);
  await typeInto(page, 'Password', staffed.receptionist.password);
  await press(page, 'button', 'Log in');
  expect(await heading(page)).toBe('Home');

  await typeInto(page, 'Find a patient by NHS number', ada.nhsNumber.replace(/(...)(...)/, '$1 $2 '));
  await press(page, 'button', 'Find patient');
  expect(await heading(page)).toContain('LOVELACE, Ada (Ms)');
  // From here on no more than four pages: this one, the form, the check and the receipt.
  await press(page, 'button', 'Record an objection');
  expect(await heading(page)).toBe('Record an objection');
  await choose(page, 'checkbox', 'Type 1 objection');
  await choose(page, 'radio', 'The patient');
  await choose(page, 'radio', 'In person');
  await choose(page, 'radio', 'Photo ID seen');
  await press(page, 'button', 'Continue');
  expect(await heading(page)).toBe('Check and save this objection');
  await press(page, 'button', 'Confirm and save');
  expect(await heading(page)).toBe('Objection recorded');
  expect(complaints).toEqual([]);

  await page.emulateMedia({ media: 'print' });
  const paper = await page.locator('body').innerText();
  expect(paper).toContain('LOVELACE, Ada (Ms)');
  expect(paper).toContain('Objection recorded');
  expect(paper).not.toContain('Log out');
  // One sheet, printed on both sides.
  const pdf = (await page.pdf({ format: 'A4' })).toString('latin1');
  expect(pdf.match(/\/Type\s*\/Page\b/g)?.length).toBeLessThanOrEqual(2);
});

test('a mistake in the form is found by keyboard too', async () => {
  const { page } = await open();
  await press(page, 'button', 'Log in');
  await tabTo(page, page.getByRole('link', { name: 'Enter your email address' }));
  await page.keyboard.press('Enter');
  expect(await page.locator(':focus').getAttribute('id')).toBe('email');
});
