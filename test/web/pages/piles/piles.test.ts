import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import '../../../support/registry.ts';
import { aPatient } from '../../../support/factories.ts';
import type { Agent } from '../../../support/log-in.ts';
import { textOf } from '../../../support/page.ts';
import { type Desk, errorsOf, locationOf, openDesk, valuesOf } from '../objections/desk.ts';

let desk: Desk;
let reception: Agent;
let minute: number;
let pile: string;

beforeEach(async () => {
  minute = 0;
  desk = await openDesk(() => new Date(Date.UTC(2026, 10, 20, 10, 0, minute++)));
  reception = await desk.as('receptionist');
  pile = await open();
});
afterEach(() => desk.end());

const told = { receivedVia: 'letter', 'receivedOn-day': '3' };
const open = async (different: Record<string, string> = {}) =>
  locationOf(await reception.submit('/piles', { arrived: '14', ...told, ...different }));
const numberOf = (n: number) => aPatient(n).nhsNumber;
const find = (fields: Record<string, string>, agent = reception) => agent.submit(pile, fields);
const byPatient = { types: ['type-1'], requester: 'patient', identityChecked: 'signature' };

/** Keys the form for a number, and returns the pile's address afterwards. */
async function key(n: number, filled: Record<string, string | string[]> = byPatient, more = {}) {
  const form = locationOf(await find({ nhsNumber: numberOf(n), ...more }));
  const check = locationOf(await reception.submit(form, filled));
  return locationOf(await reception.submit(check.replace('/sure', '/check')));
}

test('opened, the pile is on the home page, for everybody who may key it', async () => {
  expect(pile).toMatch(/^\/piles\/[0-9a-f-]{36}$/);
  for (const role of ['receptionist', 'manager'] as const) {
    const home = await (await desk.as(role)).get('/');
    expect(textOf(home.text, 'main')).toContain('Letter, received on 3 November 2026: arrived 14, keyed 0');
  }
  const monitor = await desk.as('monitor');
  expect(textOf((await monitor.get('/')).text, 'main')).not.toContain('pile');
  expect((await monitor.get(pile)).status).toBe(403);
});

test('the form begins with how and when the pile arrived, and goes on with who asked last', async () => {
  const first = await reception.get(locationOf(await find({ nhsNumber: numberOf(0) })));
  expect(valuesOf(first)).toMatchObject({ receivedVia: ['letter'], 'receivedOn-day': ['3'] });
  expect(valuesOf(first).requester).toBeUndefined();
  expect(textOf(first.text, '[data-in-pile]')).toContain('Form 1 of 14, 0 keyed');
  await desk.another('1980-01-01');
  await key(0);
  const next = await reception.get(locationOf(await find({ nhsNumber: numberOf(1) })));
  expect(valuesOf(next)).toMatchObject({ requester: ['patient'] });
  expect(valuesOf(next).identityChecked).toBeUndefined();
  expect(valuesOf(next).types).toBeUndefined();
});

test('type 1 forms ask for type 1', async () => {
  pile = await open({ receivedVia: 'type-1-form' });
  const form = await reception.get(locationOf(await find({ nhsNumber: numberOf(0) })));
  expect(valuesOf(form).types).toEqual(['type-1']);
});

test('saved, it says so in words, with the receipt, and is ready for the next', async () => {
  const back = await key(0);
  expect(back).toMatch(new RegExp(`^${pile}\\?saved=`));
  const page = await reception.get(back);
  expect(textOf(page.text, '.nhsuk-notification-banner')).toContain(
    'Saved form 1: LOVELACE, Ada (Ms). Type 1 objection recorded.',
  );
  expect(textOf(page.text, 'h1')).toContain('Arrived 14, keyed 1');
  expect(page.text).toMatch(/name="nhsNumber"[^>]* autofocus/);
  expect(textOf(page.text, 'tbody tr')).toMatch(/LOVELACE, Ada.*Receipt.*Correct/);
});

test('on the same sheet, who asks is carried over with name and authority, and the count stays', async () => {
  const child = await desk.another('2018-01-01');
  const other = await desk.another('2020-01-01');
  expect([child, other]).not.toContain('');
  const parent = { requester: 'parental-responsibility', requesterName: 'Anne King' };
  await key(1, { ...byPatient, ...parent, authoritySeen: 'birth-or-adoption-certificate' });
  const form = await reception.get(locationOf(await find({ nhsNumber: numberOf(2), sameSheet: 'yes' })));
  expect(valuesOf(form)).toMatchObject({
    requester: ['parental-responsibility'],
    requesterName: ['Anne King'],
    select: ['birth-or-adoption-certificate'],
    types: ['type-1'],
  });
  expect(textOf(form.text, '[data-in-pile]')).toContain('Form 1 of 14');
  await key(2, {}, { sameSheet: 'yes' });
  expect(textOf((await reception.get(pile)).text, 'h1')).toContain('keyed 1');
});

test('a mistake is marked as entered in error and keyed again in its place, with what was right', async () => {
  const saved = await key(0, { ...byPatient, note: 'Blue ink' });
  const correct = `/piles/requests/${new URL(saved, 'http://x').searchParams.get('saved')}/correct`;
  const empty = await reception.submit(correct, { reason: ' ' });
  expect(empty.status).toBe(400);
  expect(errorsOf(empty)).toEqual([['#reason', 'Enter what was wrong']]);
  const again = locationOf(await reception.submit(correct, { reason: 'Another patient' }));
  const page = await reception.get(again);
  expect(textOf(page.text, 'main')).toContain('Form 1 is to be keyed again');
  expect(textOf(page.text, 'h1')).toContain('keyed 0');
  // An NHS number with a slip in it: the form that is keyed again is not forgotten.
  const slip = await reception.submit(again, { nhsNumber: '123' });
  expect(slip.status).toBe(400);
  expect(valuesOf(slip)).toMatchObject({ nhsNumber: ['123'], again: [expect.any(String)] });
  await desk.another('1980-01-01');
  const found = await reception.submitPage(slip, pile, { nhsNumber: numberOf(1) });
  const form = await reception.get(locationOf(found));
  expect(valuesOf(form)).toMatchObject({ note: ['Blue ink'], identityChecked: ['signature'] });
  expect(textOf(form.text, '[data-in-pile]')).toContain('Form 1 of 14');
});

test('the same patient once more is asked about before the check', async () => {
  await key(0);
  const form = locationOf(await find({ nhsNumber: numberOf(0) }));
  const sure = locationOf(await reception.submit(form, byPatient));
  expect(sure).toMatch(/\/sure$/);
  expect(textOf((await reception.get(sure)).text, '.nhsuk-panel')).toContain(
    'was keyed from this pile already',
  );
});

describe('finding within the pile', () => {
  test('by name and date of birth, to the form of the pile', async () => {
    const born = { 'dateOfBirth-day': '3', 'dateOfBirth-month': '2', 'dateOfBirth-year': '1970' };
    const found = await reception.get(locationOf(await find({ familyName: 'Lovel', ...born })));
    expect(found.text).toContain(`/objections/new?patient=${desk.patientId}&amp;pile=`);
  });

  test('a number that nobody has: what to do, and back to the pile', async () => {
    const found = await reception.get(locationOf(await find({ nhsNumber: numberOf(77) })));
    expect(textOf(found.text, 'h1')).toBe('Nobody was found');
    expect(textOf(found.text, 'main')).toContain('Put the form aside and go on with the next');
  });

  test('a restricted record is not named, and nobody is taken for somebody who is not on the list', async () => {
    const restriction = { practiceId: desk.practiceId, patientId: desk.patientId, restricted: true };
    await desk.services.patients.restrict(restriction, { kind: 'staff', id: desk.practice.manager.id });
    const found = await reception.get(locationOf(await find({ nhsNumber: numberOf(0) })));
    expect(textOf(found.text, 'h1')).toBe('A restricted record was found');
    expect(textOf(found.text, 'main')).toContain('Ask the practice manager or the Caldicott Guardian');
    expect(found.text).not.toContain('LOVELACE');
  });

  test.each([
    [{ nhsNumber: '943 476 5918' }, '#nhsNumber', /not valid/],
    [{ nhsNumber: '' }, '#nhsNumber', /Enter an NHS number/],
    [{ familyName: 'Love' }, '#dateOfBirth-day', /Enter the patient/],
  ])('bad input is shown again with everything kept: %o', async (typed, field, words) => {
    const answer = await find(typed);
    expect(answer.status).toBe(400);
    expect(errorsOf(answer)).toEqual([[field, expect.stringMatching(words)]]);
    expect(valuesOf(answer)).toMatchObject(
      Object.fromEntries(Object.entries(typed).map(([k, v]) => [k, [v]])),
    );
  });
});

test.each([
  [{ arrived: '' }, '#arrived', /Enter how many/],
  [{ arrived: '1.5' }, '#arrived', /whole number/],
  [{ arrived: '900' }, '#arrived', /whole number/],
  [{ 'receivedOn-day': '31' }, '#receivedOn-day', /real date/],
  [{ 'receivedOn-day': '21' }, '#receivedOn-day', /today or in the past/],
])('a pile is not opened with %o', async (different, field, words) => {
  const answer = await reception.submit('/piles', { arrived: '14', ...told, ...different });
  expect(answer.status).toBe(400);
  expect(errorsOf(answer)).toEqual([[field, expect.stringMatching(words)]]);
  expect(valuesOf(answer)).toMatchObject({ receivedVia: ['letter'] });
});

test('it outlives a log out, and is closed by somebody else, who reads how many are missing', async () => {
  await key(0);
  await reception.submit('/account', {}, { form: '/account/log-out-everywhere' });
  const manager = await desk.as('manager');
  const closing = await manager.get(`${pile}/close`);
  expect(textOf(closing.text, 'main')).toContain('13 forms of 14 are missing.');
  await manager.submitPage(closing, `${pile}/close`);
  const closed = await manager.get(pile);
  expect(textOf(closed.text, 'main')).toContain('13 forms of 14 are missing');
  expect(textOf(closed.text, 'main')).toMatch(/Closed .* by The manager/);
  expect(closed.text).not.toContain('name="nhsNumber"');
});
