import { expect, test } from 'vitest';
import { CONSENTED, TOLD } from '../../src/guard/decide.ts';
import { PatientIndex, type PatientRecord } from '../../src/guard/patient-index.ts';
import { someNumbers } from '../guard/some-csv.ts';

const nhsNumber = someNumbers[0] ?? '';
const plain = {
  ...{ nhsNumber, person: null, listed: true, left: false, restricted: false },
  objected: { type1: false, type2: false },
};
const owner: PatientRecord = {
  ...{ ...plain, ordinal: 0, id: 'owner' },
  ...{ consents: ['study'], told: [{ notice: 'notice 1', day: 100 }] },
};
const stranger: PatientRecord = { ...plain, ordinal: 1, id: 'stranger', listed: false };
const asked = { consentTo: 'study', told: { by: ['notice 1'], until: 200, days: 0 } };
const known = (records: readonly PatientRecord[]) =>
  PatientIndex.empty.with(1, records).flagsFor(0, asked) & (TOLD | CONSENTED);

test('a record that is not on the list and has somebody’s number may be who a row means: neither told nor consented', () => {
  expect(known([owner])).toBe(TOLD | CONSENTED);
  expect(known([owner, stranger])).toBe(0);
  // Until they are matched, or the number is put right.
  expect(known([owner, { ...stranger, nhsNumber: someNumbers[1] ?? '' }])).toBe(TOLD | CONSENTED);
  const one = { ...owner, person: 'p' };
  expect(known([one, { ...stranger, person: 'p' }]) & TOLD).toBe(TOLD);
});
