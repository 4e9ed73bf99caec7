import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import '../../../support/registry.ts';
import type { Agent } from '../../../support/log-in.ts';
import { textOf } from '../../../support/page.ts';
import { type Desk, errorsOf, locationOf, openDesk, valuesOf } from './desk.ts';

let desk: Desk;
let reception: Agent;
let form: string;
beforeEach(async () => {
  desk = await openDesk();
  reception = await desk.as('receptionist');
  form = `/objections/new?patient=${desk.patientId}`;
});
afterEach(() => desk.end());

const filled = {
  types: ['type-1'],
  requester: 'patient',
  receivedVia: 'phone',
  identityChecked: 'details-in-record',
  note: 'Rang at ten',
};
const acts = () =>
  desk.services.database.reader.objectionAct.findMany({
    where: { practiceId: desk.practiceId },
    orderBy: { ledgerIndex: 'asc' },
  });

test('from the form to the receipt in three pages, all about one patient', async () => {
  const first = await reception.get(form);
  expect(valuesOf(first)).toMatchObject({ 'receivedOn-day': ['20'], 'receivedOn-year': ['2026'] });
  expect(textOf(first.text, '.app-say')).toContain('You do not have to give a reason');

  const check = locationOf(await reception.submit(form, filled));
  expect(check).toMatch(/^\/objections\/new\/[0-9a-f-]{36}\/check$/);
  const checking = await reception.get(check);
  expect(textOf(checking.text, 'h1')).toBe('Check and save this objection');
  expect(textOf(checking.text, 'main')).toMatch(/Answered questions about their record .*Rang at ten/);
  expect(await acts()).toEqual([]);

  const receipt = locationOf(await reception.submit(check));
  expect(receipt).toMatch(/^\/objections\/receipts\//);
  const printed = await reception.get(receipt);
  expect(textOf(printed.text, '.nhsuk-panel')).toMatch(
    /Objection recorded Reference ?[0-9A-Z]{4}-[0-9A-Z]{4}-/,
  );
  expect(textOf(printed.text, 'main')).toContain('20 November 2026 (phone)');
  expect(textOf(printed.text, 'main')).not.toContain('Rang at ten');
  expect(await acts()).toMatchObject([{ kind: 'record', note: 'Rang at ten', requester: 'patient' }]);
  for (const page of [first, checking, printed])
    expect(textOf(page.text, '.app-patient')).toMatch(/LOVELACE, Ada \(Ms\).*3 February 1970.*999 0/);
});

test('pressed twice, it is saved once, and both presses end at the receipt', async () => {
  const check = locationOf(await reception.submit(form, filled));
  const page = await reception.get(check);
  const [one, other] = await Promise.all([
    reception.submitPage(page, check),
    reception.submitPage(page, check),
  ]);
  const third = await reception.submitPage(page, check);
  expect(new Set([locationOf(one), locationOf(other), locationOf(third)]).size).toBe(1);
  expect(await acts()).toHaveLength(1);
});

test('change goes back to what was typed, and from there to the check page', async () => {
  const check = locationOf(await reception.submit(form, filled));
  const change = check.replace('/check', '');
  const shown = await reception.get(change);
  expect(valuesOf(shown)).toMatchObject({ types: ['type-1'], requester: ['patient'], note: ['Rang at ten'] });
  const again = await reception.submit(change, {
    note: '',
    types: ['type-1', 'type-2'],
    'receivedOn-year': '2016',
  });
  expect(locationOf(again)).toBe(`${change}/sure`);
  await reception.submit(check);
  expect((await acts()).map(({ type, note, receivedOn }) => [type, note, receivedOn])).toEqual([
    ['type-1', null, '2016-11-20'],
    ['type-2', null, '2016-11-20'],
  ]);
});

test('what is on record already becomes a confirmation, and the pages say so', async () => {
  await desk.recorded();
  expect(textOf((await reception.get(form)).text, '.nhsuk-checkboxes')).toContain(
    'In force, received on 2 November 2026.',
  );
  const check = locationOf(await reception.submit(form, filled));
  expect(textOf((await reception.get(check)).text, '.nhsuk-inset-text')).toContain('kept as a confirmation');
  const receipt = await reception.get(locationOf(await reception.submit(check)));
  expect(textOf(receipt.text, 'h1')).toBe('Objection confirmed');
});

describe('what is wrong is said at its field, and nothing typed is lost', () => {
  test('an empty form', async () => {
    const answer = await reception.submit(form, {});
    expect(answer.status).toBe(400);
    expect(errorsOf(answer)).toEqual([
      ['#types', 'Select the type of objection'],
      ['#requester', 'Select who asks'],
      ['#receivedVia', 'Select how the practice was told'],
      ['#identityChecked', 'Select how identity was checked'],
    ]);
    expect(textOf(answer.text, 'title')).toMatch(/^Error: Record an objection/);
  });

  const wrong: [what: string, fields: Record<string, string>, error: [string, string]][] = [
    ['tomorrow', { 'receivedOn-day': '21' }, ['#receivedOn-day', 'Received on must be today or in the past']],
    ['no such day', { 'receivedOn-day': '31' }, ['#receivedOn-day', 'Received on must be a real date']],
    ['half a date', { 'receivedOn-month': '' }, ['#receivedOn-month', 'Received on must include a month']],
    [
      'before birth',
      { 'receivedOn-year': '1969' },
      ['#receivedOn-day', 'Received on must be the same as or after the patient’s date of birth'],
    ],
    [
      'a proxy without a name',
      { requester: 'deputy' },
      ['#requesterName', 'Enter the name of the person who asks'],
    ],
    ['a long note', { note: 'é'.repeat(501) }, ['#note', 'Note must be 500 characters or fewer']],
  ];
  test.each(wrong)('%s', async (_what, fields, error) => {
    const answer = await reception.submit(form, { ...filled, ...fields });
    expect(answer.status).toBe(400);
    expect(errorsOf(answer)).toEqual([error]);
    const typed = valuesOf(answer);
    for (const [name, value] of Object.entries({ ...filled, ...fields }))
      expect(typed[name]).toEqual([value].flat());
    expect(await acts()).toEqual([]);
  });

  test('a parent for an adult', async () => {
    const young = await desk.another('2005-01-01');
    const page = `/objections/new?patient=${young}`;
    const fields = { ...filled, requester: 'parental-responsibility', requesterName: 'A Parent' };
    expect(errorsOf(await reception.submit(page, fields))).toEqual([
      ['#requester', expect.stringContaining('Nobody has parental responsibility for an adult')],
    ]);
  });
});

test('line breaks count as one character, and control characters are dropped', async () => {
  const note = `${'x'.repeat(498)}\r\ny`;
  const check = locationOf(await reception.submit(form, { ...filled, note: `${note}\u0000` }));
  await reception.submit(check);
  expect((await acts())[0]?.note).toBe(`${'x'.repeat(498)}\ny`);
});

describe('likely mistakes are asked about once, before the check page', () => {
  const young = () => desk.another('2016-05-01');
  const rows: [
    what: string,
    patient: () => Promise<string>,
    fields: Record<string, string | string[]>,
    RegExp,
  ][] = [
    ['a year ago', async () => desk.patientId, { 'receivedOn-year': '2024' }, /more than a year ago/],
    ['type 2 now', async () => desk.patientId, { types: ['type-2'] }, /no national effect/],
    ['a child alone', young, {}, /Caldicott Guardian will decide/],
  ];
  test.each(rows)('%s', async (_what, patient, fields, words) => {
    const page = `/objections/new?patient=${await patient()}`;
    const sure = locationOf(await reception.submit(page, { ...filled, ...fields }));
    expect(sure).toMatch(/\/sure$/);
    const asked = await reception.get(sure);
    expect(textOf(asked.text, '.nhsuk-panel--interruption')).toMatch(words);
    expect(textOf(asked.text, '.app-patient')).toContain('LOVELACE');
    expect(locationOf(await reception.submit(sure.replace('sure', 'check')))).toContain('/receipts/');
  });

  test('a later withdrawal is on record', async () => {
    await desk.recorded({ receivedOn: '2026-01-01' });
    await desk.withdrawn({ receivedOn: '2026-11-10' });
    const sure = locationOf(await reception.submit(form, { ...filled, 'receivedOn-day': '5' }));
    expect(textOf((await reception.get(sure)).text, '.nhsuk-panel')).toMatch(/will not be in force/);
    const receipt = locationOf(await reception.submit(sure.replace('sure', 'check')));
    expect(textOf((await reception.get(receipt)).text, 'main')).toContain('Not in force: withdrawn');
  });

  test('on a plain objection nobody is asked', async () => {
    expect(locationOf(await reception.submit(form, filled))).toMatch(/\/check$/);
  });
});

test('a new type 2 objection: no national effect, how to set the national opt-out, never a code to enter', async () => {
  const sure = locationOf(await reception.submit(form, { ...filled, types: ['type-2'] }));
  const check = sure.replace('sure', 'check');
  expect(textOf((await reception.get(check)).text, 'main')).toContain('Type 2: no national effect');
  const receipt = await reception.get(locationOf(await reception.submit(check)));
  expect(textOf(receipt.text, 'main')).toMatch(/no national effect/);
  for (const way of ['nhs.uk/your-nhs-data-matters', 'NHS App', '0300 303 5678'])
    expect(textOf(receipt.text, 'main')).toContain(way);
  expect(textOf(receipt.text, 'main')).not.toMatch(/9Nu4|XaaVL|881561000000100/);
});

describe('nobody else', () => {
  test('opens a form in progress', async () => {
    const check = locationOf(await reception.submit(form, filled));
    const manager = await desk.as('manager');
    expect((await manager.get(check)).status).toBe(404);
    expect((await manager.get(check.replace('/check', ''))).status).toBe(404);
  });

  test('a monitor records nothing', async () => {
    const monitor = await desk.as('monitor');
    expect((await monitor.get(form)).status).toBe(403);
    expect((await monitor.get(`/objections/receipts/${await desk.recorded()}`)).status).toBe(403);
  });

  test.each(['', 'x', randomUUID(), '12345'])('a patient that is not there: "%s"', async (patient) => {
    expect((await reception.get(`/objections/new?patient=${patient}`)).status).toBe(404);
  });

  test('a form after log out is gone', async () => {
    const check = locationOf(await reception.submit(form, filled));
    await desk.services.drafts.removeAll(desk.practice.receptionist.id);
    const gone = await reception.get(check);
    expect(gone.status).toBe(404);
    expect(textOf(gone.text, 'main')).toContain('This form is no longer here');
  });
});
