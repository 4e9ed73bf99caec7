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
  form = `/objections/withdraw?patient=${desk.patientId}`;
});
afterEach(() => desk.end());

const filled = {
  types: ['type-1'],
  requester: 'patient',
  receivedVia: 'in-person',
  identityChecked: 'photo-id',
};
const status = async (type = 'type-1') =>
  (await desk.services.database.reader.objection.findFirst({ where: { practiceId: desk.practiceId, type } }))
    ?.status;

test('a withdrawal is asked about, checked, saved, and receipted', async () => {
  await desk.recorded();
  const sure = locationOf(await reception.submit(form, filled));
  const asked = await reception.get(sure);
  expect(textOf(asked.text, 'h1')).toBe('Are you sure that the patient withdraws?');
  const check = sure.replace('sure', 'check');
  expect(textOf((await reception.get(check)).text, 'h1')).toBe('Check and save this withdrawal');
  expect(await status()).toBe('in-force');
  const receipt = await reception.get(locationOf(await reception.submit(check)));
  expect(textOf(receipt.text, '.nhsuk-panel')).toContain('Objection withdrawn');
  expect(textOf(receipt.text, 'main')).toContain('You can object again at any time');
  expect(await status()).toBe('withdrawn');
  for (const page of [asked, receipt]) expect(textOf(page.text, '.app-patient')).toContain('LOVELACE, Ada');
});

test('only what is in force is offered, and not to leave identity unchecked', async () => {
  await desk.recorded({ types: ['type-2'], receivedOn: '2016-03-01' });
  const page = textOf((await reception.get(form)).text, 'main form');
  expect(page).toContain('Type 2 objection');
  expect(page).not.toContain('Type 1 objection');
  expect(page).not.toContain('Not checked yet');
});

test('where nothing is in force there is no form', async () => {
  const page = await reception.get(form);
  expect(textOf(page.text, 'main')).toContain('there is nothing to withdraw');
  expect(textOf(page.text, 'main form')).toBe('');
});

test('received on the same day, it lifts nothing, and the receipt says so', async () => {
  await desk.recorded({ receivedOn: '2026-11-20' });
  const sure = locationOf(await reception.submit(form, filled));
  expect(textOf((await reception.get(sure)).text, '.nhsuk-panel')).toContain('received on the same day');
  const receipt = await reception.get(locationOf(await reception.submit(sure.replace('sure', 'check'))));
  expect(textOf(receipt.text, 'main')).toContain('In force, until a manager settles which word was the last');
  expect(textOf(receipt.text, 'main')).toContain('still in force');
  expect(await status()).toBe('in-force');
});

test('withdrawn meanwhile by somebody else: says so, keeps what was typed', async () => {
  await desk.recorded();
  const check = locationOf(await reception.submit(form, filled)).replace('sure', 'check');
  const page = await reception.get(check);
  await desk.withdrawn({ receivedOn: '2026-11-19' });
  const answer = await reception.submitPage(page, check);
  expect(answer.status).toBe(400);
  expect(errorsOf(answer)[0]?.[1]).toContain('not in force');
});

describe('is refused', () => {
  const deputy = { ...filled, requester: 'deputy', requesterName: 'Ada Proxy' };
  const young = () => desk.another('2016-05-01');
  const rows: [
    what: string,
    patient: () => Promise<string>,
    fields: Record<string, string | string[]>,
    error: [string, RegExp],
  ][] = [
    [
      'authority was not seen',
      async () => desk.patientId,
      deputy,
      ['#authoritySeen', /only after it was seen/],
    ],
    [
      'no name',
      async () => desk.patientId,
      { ...deputy, requesterName: '' },
      ['#requesterName', /Enter the name/],
    ],
    ['a child alone', young, filled, ['#requester', /Ask the Caldicott Guardian/]],
    [
      'child and parent disagree',
      young,
      { ...filled, requester: 'child-and-parent-disagree', requesterName: 'A Parent' },
      ['#requester', /Ask the Caldicott Guardian/],
    ],
  ];
  test.each(rows)('%s', async (_what, patient, fields, [field, words]) => {
    const patientId = await patient();
    await desk.recorded({ patientId });
    const answer = await reception.submit(`/objections/withdraw?patient=${patientId}`, fields);
    expect(answer.status).toBe(400);
    expect(errorsOf(answer)).toEqual([[field, expect.stringMatching(words)]]);
    expect(valuesOf(answer)).toMatchObject({ requester: [fields.requester] });
    expect(await status()).toBe('in-force');
  });

  test('an identity that was sent as not checked', async () => {
    await desk.recorded();
    const page = await reception.get(form);
    const token = valuesOf(page, true)._csrf;
    const body = {
      ...filled,
      identityChecked: 'not-yet',
      'receivedOn-day': '20',
      'receivedOn-month': '11',
      'receivedOn-year': '2026',
      _csrf: token,
    };
    const answer = await reception.post(form, body);
    expect(answer.status).toBe(400);
    expect(errorsOf(answer)).toEqual([['#identityChecked', expect.stringContaining('Check identity first')]]);
  });
});
