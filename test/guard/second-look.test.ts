import { expect, test } from 'vitest';
import { NumberDecider } from '../../src/guard/decide-number.ts';
import { PeopleDecider } from '../../src/guard/decide-people.ts';
import { Output } from '../../src/guard/output.ts';
import { holdsFor, lookAgain } from '../../src/guard/second-look.ts';
import { keyOfNhsNumber } from '../../src/patients/nhs-number.ts';
import { bothTypes, directCare, indexOf } from './scan.ts';
import { someNumbers } from './some-csv.ts';

const [A, B, C] = someNumbers as [string, string, string];
const before = indexOf([{ nhsNumber: A }, { nhsNumber: B, type1: true }]);

function decided(rule = bothTypes) {
  const decider = new NumberDecider(rule, before);
  for (const number of [A, B]) decider.decide(keyOfNhsNumber(number));
  return decider.membership;
}

const objected = { objected: { type1: false, type2: true } };
const person = (ordinal: number, nhsNumber: string) => ({
  ordinal,
  id: `patient-${ordinal}`,
  nhsNumber,
  person: null,
  listed: true,
  left: false,
  restricted: false,
  objected: { type1: false, type2: false },
});

test.each([
  ['nobody changed', [], []],
  ['somebody else joined', [person(2, C)], []],
  ['somebody withheld withdrew', [person(1, B)], []],
  ['a member objected', [{ ...person(0, A), ...objected }], [[0, 'objected-type-2']]],
  ['a member left', [{ ...person(0, A), left: true }], [[0, 'left-practice']]],
  ['a member has another number now', [person(0, C)], [[0, 'not-on-list']]],
  ['a member shares the number now', [person(2, A)], [[0, 'ambiguous']]],
  ['a member’s number went to somebody else', [person(0, C), person(2, A)], [[0, 'ambiguous']]],
  [
    'whom a member shares the number with objected',
    [{ ...person(2, A), ...objected }],
    [[0, 'objected-type-2']],
  ],
])('the second look, when %s', (_, changed, gone) => {
  const now = before.with(2, changed);
  expect([...lookAgain(bothTypes, decided(), before, now)]).toEqual(gone);
  expect(holdsFor(bothTypes, decided(), before, before)?.(changed)).toBe(gone.length === 0);
});

test('an id that could be of any kind, and is now somebody else’s of another kind', () => {
  const withId = <T extends object>(of: T, kind: 'emis-number' | 'patient-guid') => ({
    ...of,
    localIds: [{ kind, value: '123' }],
  });
  const first = indexOf([withId({ nhsNumber: A }, 'emis-number')]);
  const people = new PeopleDecider(bothTypes, first);
  people.begin();
  people.localId('any', '123');
  people.permit(1, new Output({ write: async () => undefined }));
  const now = first.with(2, [withId({ ...person(1, B), ...objected }, 'patient-guid')]);
  expect([...lookAgain(bothTypes, people.membership, first, now)]).toEqual([[0, 'ambiguous']]);
});

test('direct care is not looked at again', () => {
  const now = before.with(2, [{ ...person(0, A), ...objected }]);
  expect([...lookAgain(directCare, decided(directCare), before, now)]).toEqual([]);
  expect(holdsFor(directCare, decided(directCare), before, before)).toBeNull();
});
