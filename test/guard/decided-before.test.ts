import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Rule } from '../../src/guard/decide.ts';
import { AGAIN, NumberDecider, PERMIT, WITHHELD } from '../../src/guard/decide-number.ts';
import { keyOfText } from '../../src/patients/nhs-number.ts';
import { bothTypes, directCare, indexOf } from './scan.ts';
import { someNumbers } from './some-csv.ts';

const rules: Rule[] = [
  bothTypes,
  directCare,
  { ...bothTypes, type2: false },
  { ...bothTypes, includeLeft: true },
  { ...bothTypes, consentTo: 'research' },
  { ...bothTypes, told: { days: 28, by: ['n'], until: 100 } },
];
const patient = fc.record({
  nhsNumber: fc.constantFrom(...someNumbers),
  type1: fc.boolean(),
  type2: fc.boolean(),
  left: fc.boolean(),
  restricted: fc.boolean(),
  listed: fc.boolean(),
  consents: fc.constantFrom([], ['research']),
  told: fc.constantFrom([], [{ notice: 'n', day: 100 }], [{ notice: 'n', day: 101 }]),
});
const asked = fc.array(fc.constantFrom(...someNumbers, '9990000093', '9990000010', ''), { maxLength: 12 });

test('many at once, and again, is what one by one comes to, in the account too', () => {
  const property = fc.property(
    fc.array(patient, { maxLength: 8 }),
    fc.array(fc.tuple(fc.constantFrom(...rules), asked), { minLength: 1, maxLength: 12 }),
    (patients, questions) => {
      const index = indexOf(patients);
      for (const [rule, numbers] of questions) {
        const keys = Int32Array.from(numbers, keyOfText);
        const [many, single] = [new NumberDecider(rule, index), new NumberDecider(rule, indexOf(patients))];
        const { answers, reasons } = many.decideAll(keys);
        const counted: Record<string, number> = {};
        const expected = numbers.map((_, place) => {
          const decision = single.decide(keys[place] as number);
          if (decision === 'permit' && (keys[place] as number) >= 0)
            return keys.indexOf(keys[place] as number) < place ? AGAIN : PERMIT;
          const reason = decision === 'permit' ? 'invalid-nhs-number' : decision;
          counted[reason] = (counted[reason] ?? 0) + 1;
          return WITHHELD;
        });
        expect([...answers]).toEqual(expected);
        expect(reasons).toEqual(counted);
        const salt = Buffer.alloc(16);
        expect(many.membership.account(salt)).toEqual(single.membership.account(salt));
      }
    },
  );
  fc.assert(property, { numRuns: 500 });
});

test('what watches over each decision sees every one, however often it was made before', () => {
  const index = indexOf(someNumbers.map((nhsNumber) => ({ nhsNumber })));
  const keys = Int32Array.from(someNumbers, keyOfText);
  new NumberDecider(bothTypes, index).decideAll(keys);
  const canaries = new Set([keys[2] as number]);
  const watched = new NumberDecider(bothTypes, index, { canaries });
  watched.decideAll(keys);
  expect([...watched.membership.canariesSeen()]).toEqual([[keys[2], true]]);
  const broken = new NumberDecider(bothTypes, index, { decide: () => 'restricted' });
  expect([...broken.decideAll(keys).answers]).toEqual(Array(keys.length).fill(WITHHELD));
});
