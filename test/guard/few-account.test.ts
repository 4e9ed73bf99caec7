import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reasons } from '../../src/guard/decide.ts';
import { NumberDecider } from '../../src/guard/decide-number.ts';
import { bitmapOf, keepFew } from '../../src/guard/members-list.ts';
import { type Account, codeOf, isMember, Membership, membersOf } from '../../src/guard/membership.ts';
import { PatientIndex, type PatientRecord } from '../../src/guard/patient-index.ts';
import { withheldOf } from '../../src/guard/withheld-list.ts';
import { checkDigit, keyOfText } from '../../src/patients/nhs-number.ts';
import { bothTypes, directCare, indexOf } from './scan.ts';
import { someNumbers } from './some-csv.ts';

type Question = { of: number; isForCare: boolean; inOrder: boolean; places: number[]; others: string[] };
const salt = Buffer.from('sixteen bytes of');

/** What an account says, however it is kept. */
const said = (account: Account) => ({
  left: [...membersOf(bitmapOf(account))],
  withheld: [...withheldOf(account.withheld)],
  unlisted: Buffer.from(account.unlisted).toString('latin1'),
  digest: account.digest,
});

/** By the definition of the digest, from the ids one by one. */
function digestBy(index: PatientIndex, left: readonly number[], unlisted: readonly string[]): string {
  const lines = [...left.map((ordinal) => index.idOf(ordinal)), ...unlisted].map((line) => `${line}\n`);
  return createHash('sha256').update(salt).update(lines.join('')).digest('hex');
}

describe('the account of few', () => {
  it('says of whatever is noted what the account of everybody says', () => {
    const person = fc.tuple(fc.constantFrom(...someNumbers.slice(0, 4), ''), fc.boolean());
    const decision = fc.constantFrom('permit' as const, ...reasons);
    const property = fc.property(
      fc.array(person, { maxLength: 70 }),
      fc.array(fc.tuple(fc.nat(70), decision), { maxLength: 90 }),
      fc.uniqueArray(fc.constantFrom(...someNumbers)),
      (people, notes, strangers) => {
        const index = indexOf(people.map(([nhsNumber, left]) => ({ nhsNumber, left })));
        const [few, all] = [new Membership(index, true), new Membership(index)];
        for (const one of [few, all]) {
          for (const [ordinal, code] of notes) if (ordinal < index.size) one.noteCode(ordinal, codeOf(code));
          for (const number of strangers) one.noteUnlisted(keyOfText(number));
        }
        const account = few.account(salt);
        expect(said(account)).toEqual(said(all.account(salt)));
        expect([...few.permitted()]).toEqual([...all.permitted()]);
        const { left } = said(account);
        expect(account.digest).toBe(digestBy(index, left, [...strangers].sort()));
      },
    );
    fc.assert(property, { numRuns: 1000 });
  });

  it('notes nothing more when it was made', () => {
    const membership = new Membership(indexOf([{ nhsNumber: someNumbers[0] as string }]), true);
    membership.account(salt);
    expect(() => membership.note(0, 'permit')).toThrow('after all was');
    expect(() => membership.noted(0)).toThrow('after all was');
  });
});

describe('those whose data left', () => {
  it('are kept the shorter way, and read back from either', () => {
    const most = fc.integer({ min: 0, max: 500_000 });
    const property = fc.property(fc.uniqueArray(most, { maxLength: 300 }), (some) => {
      const ordinals = Int32Array.from(some).sort();
      const kept = keepFew(ordinals);
      const bitmap = Math.ceil((1 + (ordinals.at(-1) ?? -1)) / 8);
      expect(kept.members.length + kept.memberOrdinals.length).toBe(Math.min(bitmap, 4 * some.length));
      expect([...membersOf(bitmapOf(kept))]).toEqual([...ordinals]);
    });
    fc.assert(property, { numRuns: 200 });
  });

  it('are all who stand in the bitmap or in the list, and in accounts of before those in the bitmap', () => {
    const members = Buffer.from([0b101]);
    const memberOrdinals = Buffer.from([0, 0, 0, 2, 0, 0, 0, 9]);
    expect([...membersOf(bitmapOf({ members, memberOrdinals }))]).toEqual([0, 2, 9]);
    expect([...membersOf(bitmapOf({ members, memberOrdinals: null }))]).toEqual([0, 2]);
    // Even in a list that somebody has put into another order nobody is overlooked.
    const disordered = { members, memberOrdinals: Buffer.from([0, 0, 0, 9, 0, 0, 0, 3]) };
    expect([...membersOf(bitmapOf(disordered))]).toEqual([0, 2, 3, 9]);
    expect(() => bitmapOf({ members, memberOrdinals: Buffer.from([0, 0, 9]) })).toThrow('a part of');
  });
});

describe('a check of few in a large practice', () => {
  /** Around where its memory is shared, of sizes that end within a byte of the bitmap and at its end. */
  const sizes = [0, 16_377, 16_384, 16_385, 24_007, 40_008];
  const numbers = numbersFrom(100_000_000, 40_008);
  const strangers = numbersFrom(300_000_000, 5);
  let folder: string;
  let indexes: readonly PatientIndex[];
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'few-'));
    indexes = sizes.map((size) => indexOfMany(size));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const objected = (ordinal: number) => ordinal % 5 === 0;
  const left = (ordinal: number) => ordinal % 7 === 0;
  /** The last two hundred have the number of somebody in front of them too. */
  const sharedWith = (ordinal: number, size: number) => (ordinal >= size - 200 ? ordinal - 300 : undefined);

  function indexOfMany(size: number): PatientIndex {
    const change = PatientIndex.emptyIn(folder).change();
    for (let from = 0; from < size; from += 5000)
      change.add(Array.from({ length: Math.min(5000, size - from) }, (_, n) => recordOf(from + n, size)));
    return change.done(1, 'aa');
  }

  function recordOf(ordinal: number, size: number): PatientRecord {
    return {
      ordinal,
      id: `00000000-0000-4000-8000-${String(ordinal).padStart(12, '0')}`,
      nhsNumber: numbers[sharedWith(ordinal, size) ?? ordinal] as string,
      person: null,
      listed: true,
      left: left(ordinal),
      restricted: false,
      objected: { type1: objected(ordinal), type2: false },
    };
  }

  /** What becomes of each who is asked about, from what is known of them and nothing else. */
  function slowly(size: number, asked: readonly number[]) {
    const permitted = new Set<number>();
    const held = new Map<number, string>();
    for (const ordinal of asked) {
      const first = sharedWith(ordinal, size) ?? ordinal;
      const second = first + 300 < size && first + 300 >= size - 200 ? first + 300 : undefined;
      const both = second === undefined ? [first] : [first, second];
      const reason = both.some(objected)
        ? 'objected-type-1'
        : both.length > 1
          ? 'ambiguous'
          : left(first)
            ? 'left-practice'
            : undefined;
      for (const one of both)
        if (reason === undefined) permitted.add(one);
        else held.set(one, reason);
    }
    const inOrder = [...held].sort(([one], [other]) => one - other);
    return {
      left: [...permitted].sort((one, other) => one - other),
      withheld: inOrder.map(([ordinal, reason]) => ({ ordinal, reason })),
    };
  }

  const place = fc.oneof(
    fc.nat(40_007),
    fc.nat(400).map((back) => -1 - back),
  );
  const question = fc.record({
    of: fc.nat(sizes.length - 1),
    isForCare: fc.boolean(),
    inOrder: fc.boolean(),
    places: fc.oneof(fc.array(place, { maxLength: 9 }), fc.array(place, { minLength: 600, maxLength: 900 })),
    others: fc.array(fc.constantFrom(...strangers, '9990000010', ''), { maxLength: 4 }),
  });

  it('says of each what is known of them, and nothing of anybody whom another check asked about', () => {
    const property = fc.property(fc.array(question, { minLength: 1, maxLength: 6 }), (questions) => {
      // Two at a time are open at once, and each is done before the next is begun.
      const begun: (() => void)[] = [];
      for (const one of questions) {
        begun.push(begin(one));
        if (begun.length > 1) begun.shift()?.();
      }
      for (const end of begun) end();
    });
    fc.assert(property, { numRuns: 150 });
  });

  function begin({ of, isForCare, inOrder, places, others }: Question) {
    const size = sizes[of] as number;
    const index = indexes[of] as PatientIndex;
    const asked = size === 0 ? [] : places.map((at) => (at < 0 ? size + at : at % size));
    if (inOrder) asked.sort((one, other) => one - other);
    const named = asked.map((ordinal) => numbers[sharedWith(ordinal, size) ?? ordinal] as string);
    const keys = Int32Array.from([...named, ...others], keyOfText);
    const decider = new NumberDecider(isForCare ? directCare : bothTypes, index);
    const { answers, permitted } = decider.decideAll(keys);
    return () => {
      const account = decider.membership.account(salt);
      const expected = slowly(size, asked);
      const everybody = [...expected.left, ...expected.withheld.map(({ ordinal }) => ordinal)];
      const care = { left: everybody.sort((one, other) => one - other), withheld: [] };
      const unlisted = isForCare ? [...new Set(others.filter((one) => strangers.includes(one)))].sort() : [];
      const { left: whoLeft, withheld } = isForCare ? care : expected;
      expect(said(account)).toEqual({
        ...{ left: whoLeft, withheld, unlisted: unlisted.join('') },
        digest: digestBy(index, whoLeft, unlisted),
      });
      const bitmap = bitmapOf(account);
      asked.forEach((ordinal, n) => {
        expect(answers[n] !== 0).toBe(isMember(bitmap, ordinal));
        if (!isForCare && objected(ordinal)) expect(answers[n]).toBe(0);
      });
      expect(answers.filter((answer) => answer !== 0)).toHaveLength(permitted);
      expect(account.members.length + account.withheld.length).toBeLessThan(6000);
    };
  }
});

function numbersFrom(nine: number, count: number): string[] {
  const numbers: string[] = [];
  for (let next = nine; numbers.length < count; next++) {
    const digit = checkDigit(String(next));
    if (digit !== undefined) numbers.push(`${next}${digit}`);
  }
  return numbers;
}
