import { expect, test } from 'vitest';
import { patientsWord } from '../../src/incidents/patients-word.ts';
import { act } from '../objections/act.ts';

const phone = { receivedVia: 'phone' };
const letter = { receivedVia: 'letter' };

// From when on an objection counts: in the patient's favour, but not before somebody was there to hear it.
test.each([
  ['a letter, from the beginning of the day', '2026-12-01', letter, '2026-12-01T00:00:00.000Z'],
  ['a letter in summer', '2026-07-01', letter, '2026-06-30T23:00:00.000Z'],
  ['by telephone, from six', '2026-12-01', phone, '2026-12-01T06:00:00.000Z'],
  ['in person, from six', '2026-12-01', { receivedVia: 'in-person' }, '2026-12-01T06:00:00.000Z'],
  ['by telephone in summer', '2026-07-01', phone, '2026-07-01T05:00:00.000Z'],
  ['by telephone on the day the clocks go forward', '2026-03-29', phone, '2026-03-29T05:00:00.000Z'],
  ['by telephone on the day the clocks go back', '2026-10-25', phone, '2026-10-25T06:00:00.000Z'],
])('%s: %s', (_, receivedOn, how, from) => {
  const word = patientsWord([act(0, 'record', receivedOn, how)]);
  expect(word.changes.map((at) => at.toISOString())).toEqual([from]);
  expect(word.objects(new Date(Date.parse(from) - 1))).toBe(false);
  expect(word.objects(new Date(from))).toBe(true);
});

test.each([
  ['on the day it was received, from then', '2026-03-28T10:30:00Z', '2026-03-28T10:30:00Z'],
  ['later, from the day after it was received', '2026-04-02T10:30:00Z', '2026-03-29T00:00:00Z'],
])('a withdrawal that was recorded %s', (_, recordedAt, from) => {
  const word = patientsWord([
    act(0, 'record', '2026-03-01', letter),
    { ...act(1, 'withdraw', '2026-03-28', letter), recordedAt: new Date(recordedAt) },
  ]);
  expect(word.objects(new Date(Date.parse(from) - 1))).toBe(true);
  expect(word.objects(new Date(from))).toBe(false);
});

test('an objection without a usable date says nothing of any time', () => {
  const word = patientsWord([{ ...act(0, 'record', '2026-03-01', letter), receivedOn: null }]);
  expect(word.changes).toEqual([]);
});
