import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ObjectionRequest } from '../../src/objections/request.ts';
import { paths } from '../../src/web/paths.ts';
import { workLists } from '../../src/work/work-lists.ts';
import { openBrowser } from '../support/browser.ts';
import { anApprovedExtract } from '../support/extracts.ts';
import { aPatient } from '../support/factories.ts';
import { type Account, addStaffedPractice, type StaffedPractice } from '../support/people.ts';
import { openRegistry, type Registry } from '../support/registry.ts';
import { logInOnPage } from './log-in-page.ts';
import { complaintsOf, faultsOf } from './look.ts';

/** A Friday, and days before it. */
const FRIDAY = '2026-11-20';
const at = (day: string) => new Date(`${day}T10:00:00.000Z`);
const clock = { now: at('2026-10-01') };
const names = ['Adams', 'Brown', 'Clark', 'Davis', 'Evans', 'Fox', 'Green', 'Hall', 'Innes'] as const;
type Name = (typeof names)[number];

let registry: Registry;
let browser: Browser;
let address: string;
let staffed: StaffedPractice;
const patients = new Map<Name | 'Jones', { id: string; nhsNumber: string }>();

beforeAll(async () => {
  registry = await openRegistry({}, { now: () => clock.now });
  address = await registry.listen();
  staffed = await addStaffedPractice(registry.services);
  browser = await openBrowser();
  await fillTheLists();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await registry?.close();
});

const by = () => ({ kind: 'staff', id: staffed.receptionist.id }) as const;
const practiceId = () => staffed.practice.id;
const request = (name: Name, different: Partial<ObjectionRequest> = {}): ObjectionRequest => ({
  practiceId: practiceId(),
  patientId: patients.get(name)?.id ?? '',
  types: ['type-1'],
  requester: 'patient',
  receivedVia: 'letter',
  receivedOn: clock.now.toISOString().slice(0, 10),
  identityChecked: 'signature',
  ...different,
});
const good = <T extends { ok: boolean }>(done: T) => {
  expect(done).toMatchObject({ ok: true });
  return done as Extract<T, { ok: true }>;
};

/** Something of everything, from the first of October to the twentieth of November. */
async function fillTheLists(): Promise<void> {
  const { objections, keys, guard, patients: list } = registry.services;
  for (const [n, familyName] of names.entries()) {
    const dateOfBirth = familyName === 'Clark' ? '2013-11-10' : '1970-05-06';
    const person = aPatient(n, { familyName, givenName: 'Robin', dateOfBirth });
    const [added] = await list.add(practiceId(), [person], by());
    patients.set(familyName, { id: added?.id ?? '', nhsNumber: person.nhsNumber });
  }
  const number = (name: Name) => patients.get(name)?.nhsNumber ?? '';
  const rows = [`${number('Fox')},1,record,2016-01-01`, `${number('Fox')},1,withdraw,2018-01-01`];
  const bytes = Buffer.from(
    ['nhs_number,type,act,received_on', ...rows, `${number('Green')},1,record,unknown`].join('\n'),
  );
  const file = { practiceId: practiceId(), madeUp: false, fileName: 'before.csv', bytes };
  good(await objections.import({ ...file, confirmWithdrawals: false }, by()));

  // Data of Innes leaves, and then a letter from the day before is found.
  const extractId = await anApprovedExtract(registry.services, practiceId(), {});
  const expiresAt = new Date('2027-01-01T00:00:00Z');
  const key = good(
    await keys.make({ practiceId: practiceId(), name: 'Job', extracts: [extractId], expiresAt }, by()),
  );
  const job = { keyId: key.id, practiceId: practiceId(), extracts: [extractId] };
  good(await guard.check(job, extractId, [number('Innes')], 'application/json'));
  good(await objections.record(request('Innes', { receivedOn: '2026-09-30' }), by()));

  good(await objections.record(request('Adams'), by()));
  const parent = { requester: 'parental-responsibility', requesterName: 'A Parent' } as const;
  good(await objections.record(request('Clark', { ...parent, authoritySeen: 'known-from-record' }), by()));
  clock.now = at('2026-11-13');
  good(await objections.record(request('Brown', { types: ['type-2'] }), by()));
  clock.now = at(FRIDAY);
  good(await objections.record(request('Davis'), by()));
  good(await objections.withdraw(request('Davis'), by()));
  const [act] = good(await objections.record(request('Evans'), by())).acts;
  const error = { practiceId: practiceId(), actId: act?.id ?? '', reason: 'Another Robin Evans' };
  good(await objections.markInError(error, by()));
  const neighbour = { requester: 'nobody-to-decide', requesterName: 'A Neighbour' } as const;
  good(await objections.record(request('Hall', neighbour), by()));
  // Somebody who objected and is on the list by another given name: who it is, a person has to say.
  const jones = aPatient(20, { familyName: 'Jones', givenName: 'Elizabeth', dateOfBirth: '1961-02-03' });
  await list.add(practiceId(), [jones], by());
  const stranger = { familyName: 'Jones', givenName: 'Betty', dateOfBirth: '1961-02-03', nhsNumber: '' };
  const person = { practiceId: practiceId(), id: randomUUID(), address: '1 High Street', postcode: '' };
  clock.now = at('2026-11-13');
  good(await list.recordPerson({ ...person, ...stranger }, by()));
  good(await objections.record({ ...request('Adams'), patientId: person.id }, by()));
  clock.now = at(FRIDAY);
  patients.set('Jones', { id: person.id, nhsNumber: jones.nhsNumber });
}

async function open(person: Account): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 320, height: 800 } });
  const page = await context.newPage();
  await logInOnPage(page, address, person);
  return page;
}

/** The overview: of each list, how many wait, the age of the oldest and the mark, and whose it is. */
async function overview(page: Page): Promise<Record<string, string>> {
  await page.goto(address + paths.work);
  const rows = await page.locator('tbody tr').all();
  const lines = await Promise.all(rows.map((row) => row.locator('th, td').allInnerTexts()));
  const bare = (cell = '') =>
    cell
      .replace(/^(List|Waiting|The oldest|Whose)\s+/, '')
      .replace(/\s+/g, ' ')
      .trim();
  return Object.fromEntries(lines.map(([title, ...rest]) => [bare(title), rest.map(bare).join(', ')]));
}

const list = (page: Page, name: string) => page.goto(address + paths.workList(name));
const submit = (page: Page, name: string | RegExp) =>
  page.locator('main').getByRole('button', { name }).first().click();

/** Opens the first thing on a list and does it, again and again until the list is empty. */
async function workOff(page: Page, name: string, link: string, act: () => Promise<void>): Promise<number> {
  for (let done = 0; ; done++) {
    await list(page, name);
    if (done === 0) expect(await faultsOf(page)).toEqual([]);
    const next = page.locator('main').getByRole('link', { name: link });
    if ((await next.count()) === 0) {
      expect(await page.locator('main').innerText()).toContain('Nothing waits on this list.');
      return done;
    }
    await next.first().click();
    await act();
  }
}

const answer = async (page: Page, choice: string, reason: string, button: string) => {
  await page.getByLabel(choice, { exact: true }).check();
  await page.getByLabel(reason).fill('As the patient said');
  await submit(page, button);
};

test('each list is filled, worked off and empty again; ages by the clock', { timeout: 600_000 }, async () => {
  const manager = await open(staffed.manager);
  const complaints = complaintsOf(manager);
  expect(await overview(manager)).toEqual({
    'To be matched with the list': '1, 7 days 5 working days, Reception',
    'To be coded': '8, 3976 days Over a month, Reception',
    'To be acknowledged': '8, 51 days Over a month, Reception',
    'Tell about the national opt-out': '1, 7 days 5 working days, Reception',
    '13th and 16th birthdays': '1, 10 days 5 working days, Reception',
    'Letters and messages that came back': '0, Nothing waits, Reception',
    'Authority to look at': '1, 50 days Over a month, Reception',
    'Objection and withdrawal of the same day': '1, today, Practice manager',
    'Errors to confirm': '1, today, Practice manager',
    'Imported withdrawals to confirm': '1, 50 days Over a month, Practice manager',
    'Objections without a usable date': '1, 50 days Over a month, Practice manager',
    'Agreements ending': '0, Nothing waits, Practice manager',
    'Data to be destroyed soon': '0, Nothing waits, Practice manager',
    'Certificates of destruction awaited': '0, Nothing waits, Practice manager',
    'Extracts to approve': '0, Nothing waits, Caldicott Guardian',
    'Exemptions to approve': '0, Nothing waits, Caldicott Guardian',
    'Letters to recipients': '0, Nothing waits, Practice manager',
    'Objected after consenting: to be asked': '0, Nothing waits, Reception',
    'Unusual looks at patients': '0, Nothing waits, Practice manager',
    'Decisions of the guardian': '1, today, Caldicott Guardian',
    Incidents: '1, 50 days Over 72 hours, Caldicott Guardian',
  });
  expect(await faultsOf(manager)).toEqual([]);

  expect(
    await workOff(manager, 'same-day', 'Settle which word was the last', () =>
      answer(manager, 'The objection', 'How is this known?', 'Save'),
    ),
  ).toBe(1);
  expect(
    await workOff(manager, 'errors', 'Confirm or refuse the error', () =>
      answer(manager, 'Yes, it was entered in error', 'How do you know?', 'Save the answer'),
    ),
  ).toBe(1);
  expect(
    await workOff(manager, 'undated', 'Record it with the day', async () => {
      await manager.getByLabel('Type 1 objection').check();
      await manager.getByLabel('The patient', { exact: true }).check();
      await manager.getByLabel('Phone', { exact: true }).check();
      for (const [part, value] of Object.entries({ Day: '4', Month: '5', Year: '2016' }))
        await manager.getByLabel(part, { exact: true }).first().fill(value);
      await manager.getByLabel('Answered questions about their record').check();
      await submit(manager, 'Continue');
      const sure = manager.getByRole('button', { name: 'Continue anyway' });
      if ((await sure.count()) > 0) await sure.click();
      await submit(manager, 'Confirm and save');
      await manager.getByRole('heading', { level: 1, name: /Objection/ }).waitFor();
    }),
  ).toBe(1);
  expect(
    await workOff(manager, 'authority', 'Look at the authority', () =>
      answer(manager, 'Yes, I saw that they may ask', 'Note', 'Save the answer'),
    ),
  ).toBe(1);
  await manager.goto(address + paths.waitingWithdrawals);
  await submit(manager, /^Refuse all 1/);
  expect((await overview(manager))['Imported withdrawals to confirm']).toBe(
    '0, Nothing waits, Practice manager',
  );

  const guardian = await open(staffed.guardian);
  expect(
    await workOff(guardian, 'decisions', 'Decide whether it stands', () =>
      answer(guardian, 'Yes, it stands', 'Reason for the decision', 'Save the decision'),
    ),
  ).toBe(1);
  await guardian.goto(address + paths.incidents);
  await guardian.getByRole('link', { name: /^Data left before/ }).click();
  expect(await faultsOf(guardian)).toEqual([]);
  expect(await guardian.locator('main').innerText()).toMatch(
    /INNES.*Objected on 30 September 2026, recorded on 1 October/s,
  );
  await guardian.getByLabel('What happened, how grave it is').fill('One check, for the practice’s own audit');
  await guardian.getByLabel('No risk', { exact: true }).check();
  for (const group of await guardian.getByRole('group', { name: /Tell the/ }).all())
    await group.getByLabel('No', { exact: true }).check();
  await submit(guardian, 'Save the assessment');
  expect(await guardian.locator('main').innerText()).toContain('Regulator need not be told');
  await guardian.getByLabel('What was done, and what keeps it').fill('Letters are opened twice a day now');
  await submit(guardian, 'Close');
  expect(await guardian.locator('main').innerText()).toContain('No incident is open.');

  const reception = await open(staffed.receptionist);
  await reception.goto(address + paths.toBeMatched);
  expect(await faultsOf(reception)).toEqual([]);
  await reception.getByRole('link', { name: /^Compare/ }).click();
  expect(await faultsOf(reception)).toEqual([]);
  expect(await reception.locator('main').textContent()).toMatch(/Betty.*Elizabeth.*Different/s);
  await submit(reception, /^This is the same person/);
  expect(await reception.locator('main').textContent()).toMatch(
    /JONES, Elizabeth.*Type 1 objection in force/s,
  );
  await reception.goto(address + paths.toBeMatched);
  expect(await reception.locator('main').textContent()).not.toContain('JONES');
  expect(
    await workOff(reception, 'to-be-acknowledged', 'Receipt to print', () =>
      submit(reception, 'I gave or sent this to the patient'),
    ),
  ).toBe(8);
  expect(
    await workOff(reception, 'national-opt-out', 'Tell about the national opt-out', () =>
      submit(reception, 'The patient was told'),
    ),
  ).toBe(1);
  await list(reception, 'birthdays');
  expect(await faultsOf(reception)).toEqual([]);
  expect(await reception.locator('main').innerText()).toMatch(/CLARK, Robin.*Turned 13/s);
  await submit(reception, /^I spoke to them/);
  expect(await reception.locator('main').innerText()).toContain('Nothing waits on this list.');

  // Coded by the next report from the clinical system, not by a click.
  await list(manager, 'to-be-coded');
  expect(await faultsOf(manager)).toEqual([]);
  expect(await manager.locator('main').innerText()).toMatch(/SystmOne.*XaZ89/s);
  expect(await manager.locator('main').innerText()).not.toContain('9Nu4');
  await manager.getByRole('link', { name: /^Compare with the clinical record/ }).click();
  expect(await faultsOf(manager)).toEqual([]);
  const report = (without?: Name) => {
    const lines = [...patients]
      .filter(([name]) => name !== without)
      .map(([, { nhsNumber }]) => `${nhsNumber},XaZ89,${FRIDAY}`);
    return Buffer.from(['NHS Number,CTV3 Code,Event Date', ...lines].join('\n'));
  };
  const take = async (buffer: Buffer) => {
    await manager.goto(address + paths.newCoded);
    await manager.getByLabel('SystmOne', { exact: true }).check();
    await manager
      .locator('input[type=file]')
      .setInputFiles({ name: 'codes.csv', mimeType: 'text/csv', buffer });
    await submit(manager, 'Upload and compare');
    expect(await faultsOf(manager)).toEqual([]);
  };
  await take(report());
  // Brown has type 2 only, and is coded there with type 1; what was entered in error for Evans is coded too.
  expect(await manager.locator('main').innerText()).toMatch(
    /Coded there for the first time\s+(This time\s+)?8/,
  );
  await manager.getByRole('link', { name: 'Coded there, and no objection here: 1' }).click();
  expect(await faultsOf(manager)).toEqual([]);
  expect(await manager.locator('main').innerText()).toMatch(/BROWN, Robin/);
  await manager.goBack();
  await manager.getByRole('link', { name: 'Ended here, and still coded there: 1' }).click();
  expect(await faultsOf(manager)).toEqual([]);
  expect(await manager.locator('main').innerText()).toMatch(/EVANS, Robin/);
  await take(report('Evans'));

  const after = await overview(manager);
  expect(Object.keys(after)).toHaveLength(workLists.length);
  for (const [title, line] of Object.entries(after)) expect(line, title).toMatch(/^0, Nothing waits, /);
  await manager.goto(address + paths.home);
  expect(await manager.locator('main').innerText()).toContain('Nothing waits.');
  expect(complaints).toEqual([]);
});
