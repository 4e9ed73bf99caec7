import { expect, test } from 'vitest';
import { addDays } from '../../src/day.ts';
import { agreementWork } from '../../src/extracts/agreements.ts';
import type { VersionRecord } from '../../src/extracts/registered-version.ts';

const today = '2026-06-01';
const version = {
  extractId: 'audit',
  version: 1,
  state: 'approved',
  approvedBy: 'guardian',
  agreementReference: 'A 1',
  agreementEndsOn: '2030-01-01',
  destroyBy: '2031-01-01',
  destroyedOn: null,
} as VersionRecord;
const whatOf = (...different: Partial<VersionRecord>[]) =>
  agreementWork(
    different.map((one) => ({ ...version, ...one })),
    today,
  ).map(({ what, version: { version: number } }) => `${number} ${what}`);

test.each([
  [61, []],
  [60, ['1 agreement-ending']],
  [0, ['1 agreement-ending']],
  [-400, ['1 agreement-ending']],
])('an agreement that ends in %i days', (days, expected) => {
  expect(whatOf({ agreementEndsOn: addDays(today, days) })).toEqual(expected);
});

test.each([
  [31, []],
  [30, ['1 destruction-due']],
  [0, ['1 destruction-due']],
  [-1, ['1 certificate-awaited']],
])('data to be destroyed in %i days, whatever became of the extract', (days, expected) => {
  const destroyBy = addDays(today, days);
  for (const state of ['approved', 'suspended', 'ended', 'superseded'] as const)
    expect(whatOf({ destroyBy, state })).toEqual(expected);
  expect(whatOf({ destroyBy, destroyedOn: today })).toEqual([]);
});

test('an agreement of an extract that has ended needs nobody; one that was never approved has none', () => {
  expect(whatOf({ agreementEndsOn: today, state: 'ended' })).toEqual([]);
  expect(whatOf({ agreementEndsOn: today, destroyBy: '2020-01-01', approvedBy: null })).toEqual([]);
});

test('of several versions under one agreement the newest speaks; another agreement speaks for itself', () => {
  const old = { version: 1, state: 'superseded', destroyBy: '2026-01-01' } as const;
  expect(whatOf({ version: 2 }, old)).toEqual([]);
  expect(whatOf({ version: 2, agreementReference: 'A 2' }, old)).toEqual(['1 certificate-awaited']);
  expect(whatOf({ version: 2, approvedBy: null }, old)).toEqual(['1 certificate-awaited']);
});
