import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  AMBIGUOUS,
  LEFT,
  NOT_ON_LIST,
  OBJECTED_TYPE_1,
  OBJECTED_TYPE_2,
  RESTRICTED,
} from '../../src/guard/decide.ts';
import { PatientIndex, type PatientRecord } from '../../src/guard/patient-index.ts';
import { keyOfNhsNumber } from '../../src/patients/nhs-number.ts';
import { indexOf } from './scan.ts';
import { someNumbers } from './some-csv.ts';

const [A, B, C] = someNumbers as [string, string, string];
const flagsFor = (index: PatientIndex, nhsNumber: string) => {
  const ordinal = index.find(keyOfNhsNumber(nhsNumber));
  return ordinal < 0 ? undefined : index.flagsOf(ordinal);
};

describe('the index of patients', () => {
  it('finds a patient by number, and nobody else', () => {
    const index = indexOf([{ nhsNumber: A }, { nhsNumber: B }]);
    expect(index.find(keyOfNhsNumber(B))).toBe(1);
    expect(index.idOf(1)).toBe('patient-1');
    expect(index.find(keyOfNhsNumber(C))).toBe(-1);
    expect(PatientIndex.empty.find(keyOfNhsNumber(A))).toBe(-1);
  });

  it.each([
    [{ type1: true }, OBJECTED_TYPE_1],
    [{ type2: true }, OBJECTED_TYPE_2],
    [{ left: true }, LEFT],
    [{ restricted: true }, RESTRICTED],
    [{}, 0],
  ])('knows of a patient %j', (given, flags) => {
    expect(flagsFor(indexOf([{ nhsNumber: A, ...given }]), A)).toBe(flags);
  });

  it('takes two patients with one number for ambiguous, and an objection on either for both', () => {
    const index = indexOf([{ nhsNumber: B }, { nhsNumber: A }, { nhsNumber: A, type2: true }]);
    expect(flagsFor(index, A)).toBe(AMBIGUOUS | OBJECTED_TYPE_2);
    expect(index.flagsOf(1)).toBe(index.flagsOf(2));
    expect(index.sharersOf(1)).toEqual([1, 2]);
    expect(index.sharersOf(0)).toEqual([0]);
  });

  it('takes two records of one person for one, who has left only when both have', () => {
    const [one, other] = [
      { nhsNumber: A, person: 'p' },
      { nhsNumber: A, person: 'p', left: true },
    ];
    expect(flagsFor(indexOf([one, other]), A)).toBe(0);
    expect(indexOf([other, one]).find(keyOfNhsNumber(A))).toBe(1);
    expect(flagsFor(indexOf([other, other]), A)).toBe(LEFT);
  });

  it('takes the objection of somebody who is not on the list for whoever has the number, and nothing else', () => {
    const stranger = { nhsNumber: A, listed: false };
    expect(flagsFor(indexOf([stranger]), A)).toBe(NOT_ON_LIST);
    expect(flagsFor(indexOf([stranger, { nhsNumber: A }]), A)).toBe(0);
    expect(indexOf([stranger, { nhsNumber: A }]).find(keyOfNhsNumber(A))).toBe(1);
    expect(flagsFor(indexOf([{ ...stranger, type1: true }, { nhsNumber: A }]), A)).toBe(OBJECTED_TYPE_1);
  });

  it('never changes: what follows from it is another', () => {
    const before = indexOf([{ nhsNumber: A }]);
    const after = before.with(2, [{ ...record(0, A), objected: { type1: true, type2: false } }]);
    expect([flagsFor(before, A), flagsFor(after, A)]).toEqual([0, OBJECTED_TYPE_1]);
    expect([before.ledgerSize, after.ledgerSize]).toEqual([1, 2]);
  });

  it('forgets a number that a patient no longer has', () => {
    const index = indexOf([{ nhsNumber: A }, { nhsNumber: B }]).with(2, [record(0, C)]);
    expect([A, B, C].map((number) => index.find(keyOfNhsNumber(number)))).toEqual([-1, 1, 0]);
  });

  it('is no longer ambiguous when one of two has another number', () => {
    const index = indexOf([{ nhsNumber: A }, { nhsNumber: A, type1: true }]).with(2, [record(1, B)]);
    expect(flagsFor(index, A)).toBe(0);
  });

  it('cannot find a patient whose number is none', () => {
    expect(indexOf([{ nhsNumber: '' }, { nhsNumber: A }]).find(keyOfNhsNumber(A))).toBe(1);
  });
});

test('brought up to date step by step, it is the same as made at once', () => {
  const change = fc.tuple(fc.nat(7), fc.constantFrom(...someNumbers), fc.boolean(), fc.boolean());
  fc.assert(
    fc.property(fc.array(fc.array(change, { maxLength: 4 }), { maxLength: 6 }), (steps) => {
      let index = PatientIndex.empty;
      const last = new Map<number, PatientRecord>();
      steps.forEach((step, size) => {
        const records = step.map(([ordinal, number, type1, left]) => ({
          ...record(ordinal, number),
          left,
          objected: { type1, type2: false },
        }));
        for (const one of records) last.set(one.ordinal, one);
        index = index.with(size + 1, records);
      });
      const atOnce = PatientIndex.empty.with(1, [...last.values()]);
      const seen = (of: PatientIndex) =>
        someNumbers.map((number) => {
          const ordinal = of.find(keyOfNhsNumber(number));
          return ordinal < 0 ? undefined : [of.idOf(ordinal), of.flagsOf(ordinal), of.sharersOf(ordinal)];
        });
      expect(seen(index)).toEqual(seen(atOnce));
    }),
    { numRuns: 500 },
  );
});

function record(ordinal: number, nhsNumber: string): PatientRecord {
  const objected = { type1: false, type2: false };
  const nothingSaid = { person: null, listed: true, left: false, restricted: false, objected };
  return { ordinal, id: `patient-${ordinal}`, nhsNumber, ...nothingSaid };
}

describe('since when a patient counts as told', () => {
  const [number, another] = [A, B];
  const told = (day: number, notice = 'a') => [{ notice, day }];
  const days = (...patients: Parameters<typeof indexOf>[0]) => {
    const index = indexOf(patients);
    return (notices: readonly string[]) => index.toldOn(notices, index.find(keyOfNhsNumber(number)));
  };
  const linked = { nhsNumber: number, person: 'p' };

  // One row a rule; 0: not told.
  it.each<[string, number, Parameters<typeof indexOf>[0], readonly string[]]>([
    ['nobody told them', 0, [{ nhsNumber: number }], ['a']],
    ['told by a notice that covers it', 9, [{ nhsNumber: number, told: told(9) }], ['a']],
    ['told by one that does not', 0, [{ nhsNumber: number, told: told(9) }], ['b']],
    ['no notice covers it', 0, [{ nhsNumber: number, told: told(9) }], []],
    [
      'told by two, the first counts',
      7,
      [{ nhsNumber: number, told: [...told(9), ...told(7, 'b')] }],
      ['a', 'b'],
    ],
    ['a day that is none', 0, [{ nhsNumber: number, told: told(70_000) }], ['a']],
    ['somebody else was told', 0, [{ nhsNumber: number }, { nhsNumber: another, told: told(9) }], ['a']],
    [
      'two people with one number, one told',
      0,
      [{ nhsNumber: number, told: told(9) }, { nhsNumber: number }],
      ['a'],
    ],
    [
      'two people with one number, the later day',
      9,
      [
        { nhsNumber: number, told: told(9) },
        { nhsNumber: number, told: told(7) },
      ],
      ['a'],
    ],
    ['two records of one person, one told', 9, [{ ...linked, told: told(9) }, linked], ['a']],
    [
      'two records of one person, the earlier day',
      7,
      [
        { ...linked, told: told(9) },
        { ...linked, told: told(7) },
      ],
      ['a'],
    ],
    [
      'a record of the person with another number',
      0,
      [linked, { nhsNumber: another, person: 'p', told: told(9) }],
      ['a'],
    ],
  ])('%s', (_, day, patients, notices) => expect(days(...patients)(notices)).toBe(day));

  it('an index that follows knows what changed, and the one before does not', () => {
    const before = indexOf([{ nhsNumber: number, told: told(9) }, { nhsNumber: another }]);
    const record = { id: 'x', listed: true, left: false, restricted: false, person: null };
    const objected = { type1: false, type2: false };
    const after = before.with(2, [
      { ...record, objected, ordinal: 0, nhsNumber: number, told: [] },
      { ...record, objected, ordinal: 2, nhsNumber: '9990000158', told: told(5) },
    ]);
    expect([0, 1].map((at) => before.toldOn(['a'], at))).toEqual([9, 0]);
    expect([0, 1, 2].map((at) => after.toldOn(['a'], at))).toEqual([0, 0, 5]);
  });
});
