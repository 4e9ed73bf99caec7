import '../../support/registry.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { aPatient, patientsCsv } from '../../support/factories.ts';
import type { Agent } from '../../support/log-in.ts';
import { readPage, textOf } from '../../support/page.ts';
import { type Desk, errorsOf, locationOf, openDesk } from './objections/desk.ts';

let desk: Desk;
let agent: Agent;
beforeEach(async () => {
  desk = await openDesk();
  agent = await desk.as('receptionist');
});
afterEach(() => desk.end());

const practiceId = () => desk.practice.practice.id;
const waiting = async () => (await desk.services.patients.toBeMatched(practiceId())).map(({ id }) => id);
const bob = {
  ...{ familyName: 'Nowhere', givenName: 'Bob', address: '1 High Street, Exampleton', postcode: 'EX1 1AA' },
  ...{ 'dateOfBirth-day': '5', 'dateOfBirth-month': '6', 'dateOfBirth-year': '1980' },
};
const bornAsBob = { givenName: 'Bob', familyName: 'Nowhere', dateOfBirth: '1980-06-05' };

/** Records Bob, who is not on the list, and his type 1 objection; returns his id. */
async function bobObjects(said: Record<string, string> = {}): Promise<string> {
  const answer = await agent.submit('/patients/new', { ...bob, ...said });
  const form = locationOf(answer);
  expect(form).toMatch(/^\/objections\/new\?patient=/);
  const id = form.split('=')[1] ?? '';
  const asked = { practiceId: practiceId(), patientId: id, types: ['type-1' as const] };
  const told = { requester: 'patient' as const, receivedVia: 'phone' as const, receivedOn: '2026-11-01' };
  const by = { kind: 'staff', id: desk.practice.receptionist.id } as const;
  expect(await desk.services.objections.record({ ...asked, ...told }, by)).toMatchObject({ ok: true });
  return id;
}

async function importList(people: Parameters<typeof patientsCsv>[0]) {
  const begun = await desk.services.patients.import(
    {
      practice: desk.practice.practice,
      fileName: 'list.csv',
      bytes: Buffer.from(patientsCsv(people)),
      wholeList: false,
    },
    { kind: 'staff', id: desk.practice.manager.id },
  );
  if (!begun.ok) throw new Error(begun.reason);
  await begun.run();
}

describe('somebody who is not on the list', () => {
  test('is recorded from the search that did not find them, with what was typed', async () => {
    const search = await agent.submit('/patients', {
      ...{
        familyName: 'Nowhere',
        'dateOfBirth-day': '5',
        'dateOfBirth-month': '6',
        'dateOfBirth-year': '1980',
      },
    });
    const found = await agent.get(locationOf(search));
    const link = readPage(found.text).querySelector('a[href^="/patients/new"]')?.getAttribute('href') ?? '';
    const page = await agent.get(link);
    expect(readPage(page.text).querySelector('#familyName')?.getAttribute('value')).toBe('Nowhere');
    expect(readPage(page.text).querySelector('#dateOfBirth-year')?.getAttribute('value')).toBe('1980');
  });

  test('bad input comes back with everything kept', async () => {
    const answer = await agent.submit('/patients/new', { ...bob, givenName: '', nhsNumber: '999 000 0019' });
    expect(answer.status).toBe(400);
    expect(errorsOf(answer).map(([href]) => href)).toEqual(['#givenName', '#nhsNumber']);
    expect(readPage(answer.text).querySelector('#familyName')?.getAttribute('value')).toBe('Nowhere');
    expect(await waiting()).toEqual([]);
  });

  test('the same form sent twice is one person', async () => {
    const page = await agent.get('/patients/new');
    const first = await agent.submitPage(page, '/patients/new', bob);
    const again = await agent.submitPage(page, '/patients/new', bob);
    expect(locationOf(again)).toBe(locationOf(first));
    expect(await waiting()).toHaveLength(1);
  });

  test('whose number is on the list is shown who has it, and not recorded', async () => {
    const answer = await agent.submit('/patients/new', { ...bob, nhsNumber: aPatient(0).nhsNumber });
    expect(answer.status).toBe(400);
    expect(textOf(answer.text, 'main')).toContain('LOVELACE, Ada');
    const insisted = await agent.submitPage(answer, '/patients/new', { noneOfThese: ['yes'] });
    expect(insisted.status).toBe(400);
    expect(await waiting()).toEqual([]);
  });

  test('is matched by the next import, and the objection holds for the patient of the list', async () => {
    const id = await bobObjects();
    await importList([aPatient(7, bornAsBob)]);
    expect(await waiting()).toEqual([]);
    const [patient] = await desk.services.patients.withNumber(practiceId(), aPatient(7).nhsNumber);
    const page = await agent.get(`/patients/${patient?.id}`);
    expect(textOf(page.text, 'main')).toContain('Type 1 objection in force since 1 November 2026');
    expect(page.text).not.toContain('There is no objection on record');
    expect(textOf((await agent.get(`/patients/${id}`)).text, 'main')).toContain(
      'Matched with the patient list',
    );
  });

  test('is matched by hand, side by side, and a manager can undo it', async () => {
    const id = await bobObjects();
    await importList([aPatient(7, { ...bornAsBob, givenName: 'Robert' })]);
    expect(await waiting()).toEqual([id]);
    expect((await agent.get('/patients/to-be-matched')).text).toContain('NOWHERE, Bob');
    const matched = await agent.submit(`/patients/${id}/match`);
    const listed = locationOf(matched);
    expect(textOf((await agent.get(listed)).text, 'main')).toContain('Type 1 objection in force');
    expect((await agent.get(`${listed}/records`)).status).toBe(403);

    const manager = await desk.as('manager');
    const records = await manager.get(`${listed}/records`);
    const undo = readPage(records.text).querySelector('form[action*="undo"]')?.getAttribute('action') ?? '';
    const link = undo.split('/')[3] ?? '';
    const empty = await manager.submitPage(records, `${listed}/records`, {}, { form: undo });
    expect([empty.status, errorsOf(empty)]).toEqual([400, [[`#reason-${link}`, 'Enter why it was wrong']]]);
    const reason = { [`reason-${link}`]: 'Bob is his cousin' };
    const done = await manager.submitPage(records, `${listed}/records`, reason, { form: undo });
    expect(done.status).toBe(303);
    expect(textOf((await agent.get(listed)).text, 'main')).toContain('There is no objection on record');
    expect(await waiting()).toEqual([id]);
  });

  test('withdraws on the patient’s page once they are on the list', async () => {
    await bobObjects();
    await importList([aPatient(7, bornAsBob)]);
    const [patient] = await desk.services.patients.withNumber(practiceId(), aPatient(7).nhsNumber);
    const done = await desk.withdrawn({ patientId: patient?.id ?? '', receivedOn: '2026-11-19' });
    expect(done).not.toBe('');
    const page = textOf((await agent.get(`/patients/${patient?.id}`)).text, 'main');
    expect(page).toContain('Type 1 objection not in force, on another record of this person');
    expect(page).not.toContain('Type 1 objection in force');
    expect((await agent.get(`/objections/receipts/${done}`)).status).toBe(200);
  });
});

describe('a restricted patient', () => {
  beforeEach(async () => {
    const manager = await desk.as('manager');
    const path = `/patients/${desk.patientId}/records`;
    const answer = await manager.submit(path, {}, { form: `/patients/${desk.patientId}/restriction` });
    expect(answer.status).toBe(303);
  });

  test('is shown to managers and guardians only', async () => {
    for (const role of ['manager', 'guardian'] as const) {
      const page = await (await desk.as(role)).get(`/patients/${desk.patientId}`);
      expect([page.status, textOf(page.text, 'h1')]).toEqual([200, 'LOVELACE, Ada (Ms)']);
    }
    const actId = await desk.recorded();
    for (const path of [
      ...['', '/account', '/account/letter', '/extracts', '/answer'].map(
        (end) => `/patients/${desk.patientId}${end}`,
      ),
      `/objections/new?patient=${desk.patientId}`,
      `/objections/receipts/${actId}`,
      `/objections/acts/${actId}/error`,
    ]) {
      const page = await agent.get(path);
      expect([path, page.status]).toEqual([path, 403]);
      expect(page.text).not.toMatch(/Lovelace/i);
    }
    const form = readPage((await agent.get('/patients/new')).text);
    const _csrf = form.querySelector('[name=_csrf]')?.getAttribute('value');
    for (const [path, body] of [
      [`/objections/receipts/${actId}/acknowledged`, {}],
      ['/work/birthdays', { patientId: desk.patientId, age: '13' }],
    ] as const) {
      const sent = await agent.post(path, { ...body, _csrf });
      expect([path, sent.status]).toEqual([path, 403]);
      expect(sent.text).toContain('This record is restricted');
    }
  });

  test('is in no search and no list of the desk by name, though it says that there is one', async () => {
    await desk.recorded();
    const born = { 'dateOfBirth-day': '3', 'dateOfBirth-month': '2', 'dateOfBirth-year': '1970' };
    const search = await agent.submit('/patients', { familyName: 'Lovelace', ...born });
    const found = await agent.get(locationOf(search));
    expect(found.text).toContain('One record that matches is restricted');
    expect(textOf(found.text, 'table')).toBe('');
    const list = await agent.get('/objections');
    expect(textOf(list.text, 'tbody')).toContain('Restricted record');
    expect(list.text).not.toMatch(/Lovelace/i);
  });
});
