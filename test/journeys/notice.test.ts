import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Job } from '../../src/guard/guard.ts';
import { paths } from '../../src/web/paths.ts';
import { keep } from '../guard/scan.ts';
import { release } from '../guard/scene.ts';
import { openBrowser } from '../support/browser.ts';
import { anApprovedExtract } from '../support/extracts.ts';
import { somePatients } from '../support/factories.ts';
import { pagesOf } from '../support/pdf.ts';
import { addStaffedPractice, type StaffedPractice } from '../support/people.ts';
import { openRegistry, type Registry } from '../support/registry.ts';
import { logInOnPage } from './log-in-page.ts';
import { complaintsOf } from './look.ts';

const PEOPLE = 340;
const RETURNED = 300;
const NEW = 5;
const extractId = 'study';
const clock = { now: new Date() };
const on = (day: string) => {
  clock.now = new Date(`${day}T10:00:00Z`);
};
const home = { address: '1 High Street, Newtown', postcode: 'ZX1 1AA', dateOfBirth: '1970-01-01' };
const everybody = somePatients(PEOPLE + NEW).map((person) => ({ ...person, ...home }));

let registry: Registry;
let browser: Browser;
let address: string;
let staffed: StaffedPractice;
let job: Job;
const complaints: string[][] = [];

beforeAll(async () => {
  on('2026-10-01');
  registry = await openRegistry({}, { now: () => clock.now });
  address = await registry.listen();
  const { services } = registry;
  staffed = await addStaffedPractice(services);
  const practiceId = staffed.practice.id;
  const by = { kind: 'staff', id: staffed.manager.id } as const;
  await services.objections.takeIn({ practiceId, how: 'none-before' }, by);
  await anApprovedExtract(services, practiceId, {
    ...{ extractId, ground: 'explicit-consent', toldDays: 28, fields: keep('nhs_number', 'note') },
    fieldGroups: [{ name: 'All', fields: ['nhs_number', 'note'], reason: 'To study it' }],
  });
  const expiresAt = new Date('2099-01-01T00:00:00Z');
  const key = await services.keys.make({ practiceId, name: 'Job', extracts: [extractId], expiresAt }, by);
  job = { keyId: key.ok ? key.id : '', practiceId, extracts: [extractId] };
  await join(everybody.slice(0, PEOPLE));
  browser = await openBrowser();
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await registry?.close();
});

/** Adds people to the list, each with a consent to the extract: what they are told is all that holds it back. */
async function join(people: typeof everybody) {
  const { services } = registry;
  const practiceId = staffed.practice.id;
  const by = { kind: 'staff', id: staffed.manager.id } as const;
  for (const { id: patientId } of await services.patients.add(practiceId, people, by)) {
    const said = { practiceId, extractId, patientId, reference: 'Form', on: '2026-09-30' };
    const done = await services.consents.record({ ...said, how: 'paper-form' }, by);
    if (!done.ok) throw new Error(done.reason);
  }
}

/** Logs in anew: on another day the session is over. */
async function open(): Promise<Page> {
  const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  complaints.push(complaintsOf(page));
  await logInOnPage(page, address, staffed.manager);
  return page;
}
const submit = async (page: Page, name: string) => {
  await page.getByRole('button', { name, exact: true }).click();
  await page.waitForLoadState();
};
const words = (page: Page) => page.locator('main').innerText();
const goTo = async (page: Page, path: string) => {
  await page.goto(address + path);
  return words(page);
};
/** Without JavaScript somebody asks again how far a batch is. */
async function waitFor(page: Page, heading: string) {
  while (!(await words(page)).includes(heading)) await page.reload();
  while ((await page.locator('[data-progress]:not([hidden])').count()) > 0) await page.reload();
}

/** Makes letters for all who are to be told, prints them, and says that they were posted. @returns the batch */
async function sendLetters(page: Page, count: number): Promise<string> {
  await goTo(page, paths.toldRuns);
  await page.getByLabel('Letters', { exact: true }).check();
  await page.getByLabel('To everybody who has one').check();
  await submit(page, 'Make the batch');
  await waitFor(page, '1. Take it away');
  const pdf = page.getByRole('link', { name: `${count} letters (PDF)` });
  const file = await page.request.get(address + (await pdf.getAttribute('href')));
  expect(pagesOf(await file.body())).toBe(String(count));
  await submit(page, 'It was sent');
  await waitFor(page, '3. What came of it');
  return new URL(page.url()).pathname.split('/').at(-1) ?? '';
}

/** The numbers that an extract of everybody lets out. */
async function released(): Promise<string[]> {
  const rows = everybody.map(({ nhsNumber }) => `${nhsNumber},x\n`).join('');
  const done = await release(
    { services: registry.services, job } as never,
    `nhs_number,note\n${rows}`,
    extractId,
  );
  if (!('output' in done)) throw new Error(JSON.stringify(done));
  return done.output
    .trim()
    .split('\n')
    .slice(1)
    .map((row) => row.slice(0, 10));
}

test('a notice is written, refused, published, posted and comes back; the extract waits 28 days for each', {
  timeout: 400_000,
}, async () => {
  const page = await open();
  await goTo(page, paths.newNotice);
  await page.getByLabel('Name of the notice').fill('Study');
  await page.getByLabel('Events for research, version 1').check();
  await submit(page, 'Make a draft');
  await page
    .locator('#howLongKept')
    .fill('They may keep the facts for 5 years. Then they have to delete them.');
  const care = await page.locator('#careNotAffected').inputValue();
  await page.locator('#careNotAffected').fill('We care a lot about you.');
  await submit(page, 'Save and publish');
  expect(await page.locator('.nhsuk-error-summary').innerText()).toContain(
    'Say that the patient’s care is not affected, whatever they choose',
  );
  await page.locator('#careNotAffected').fill(care);
  await submit(page, 'Save and publish');
  expect(await page.locator('h1').innerText()).toContain('Published');
  expect(await released()).toEqual([]);

  const batch = await sendLetters(page, PEOPLE);
  expect(await goTo(page, paths.coverage)).toContain(`${PEOPLE} of ${PEOPLE} patients were told`);

  const places = await registry.services.tellings.places(batch, 0, RETURNED);
  const results = places.map(({ attemptId }) => `${attemptId},returned to sender,2026-10-01\n`);
  await goTo(page, paths.toldResults);
  const buffer = Buffer.from(`reference,result,date\n${results.join('')}`);
  await page.getByLabel('File of results').setInputFiles({ name: 'back.csv', mimeType: 'text/csv', buffer });
  await submit(page, 'Take in');
  expect(await words(page)).toContain(`0 delivered, ${RETURNED} did not arrive`);
  expect(await goTo(page, paths.coverage)).toContain(`${PEOPLE - RETURNED} of ${PEOPLE} patients were told`);
  expect(await goTo(page, paths.untoldList('came-back'))).toContain(`${RETURNED} patients`);

  on('2026-10-02');
  await join(everybody.slice(PEOPLE));
  await sendLetters(await open(), NEW);

  const numbers = everybody.map(({ nhsNumber }) => nhsNumber);
  on('2026-10-28');
  expect(await released()).toEqual([]);
  on('2026-10-29');
  expect(await released()).toEqual(numbers.slice(RETURNED, PEOPLE));
  on('2026-10-30');
  expect(await released()).toEqual(numbers.slice(RETURNED));
  expect(complaints.flat()).toEqual([]);
});
