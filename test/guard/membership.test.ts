import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestOfMembers, linesBy } from '../../src/guard/members-digest.ts';
import { isMember, Membership, membersOf, unlistedOf } from '../../src/guard/membership.ts';
import { withheldOf } from '../../src/guard/withheld-list.ts';
import { keyOfNhsNumber } from '../../src/patients/nhs-number.ts';
import { indexOf } from './scan.ts';
import { someNumbers } from './some-csv.ts';

const numbers = someNumbers.slice(0, 5);
const index = indexOf([...numbers.map((nhsNumber) => ({ nhsNumber })), { nhsNumber: numbers[1] as string }]);
const salt = Buffer.from('sixteen bytes of');

describe('the account of a release', () => {
  it('holds who was permitted, who was withheld and why, and nobody who was not in it', () => {
    const membership = new Membership(index);
    membership.note(4, 'permit');
    membership.note(0, 'permit');
    membership.note(2, 'objected-type-2');
    const account = membership.account(salt);
    expect([...membersOf(account.members)]).toEqual([0, 4]);
    expect([0, 1, 2, 3, 4, 5, 6, 700].filter((ordinal) => isMember(account.members, ordinal))).toEqual([
      0, 4,
    ]);
    expect([...withheldOf(account.withheld)]).toEqual([{ ordinal: 2, reason: 'objected-type-2' }]);
  });

  it('names everybody who shares a number', () => {
    const membership = new Membership(index);
    membership.note(1, 'ambiguous');
    expect([...withheldOf(membership.account(salt).withheld)].map(({ ordinal }) => ordinal)).toEqual([1, 5]);
    membership.note(1, 'permit');
    expect([...membersOf(membership.account(salt).members)]).toEqual([1, 5]);
  });

  it('holds the numbers of those who are not on the list, once and in order', () => {
    const membership = new Membership(index);
    for (const number of ['9990000093', '0123456886', '9990000093'])
      membership.noteUnlisted(keyOfNhsNumber(number));
    expect(unlistedOf(membership.account(salt).unlisted)).toEqual(['0123456886', '9990000093']);
  });

  it('is what it comes to when everybody and their sharers are noted one by one', () => {
    const person = fc.tuple(fc.constantFrom(...someNumbers.slice(0, 4), ''), fc.boolean());
    const note = fc.tuple(fc.nat(30), fc.constantFrom('permit', 'objected-type-1', 'national-opt-out'));
    const property = fc.property(
      fc.array(person, { minLength: 1, maxLength: 30 }),
      ...([fc.array(note), fc.constantFrom(undefined, 0, 4, 64)] as const),
      (people, notes, place) => {
        const some = indexOf(people.map(([nhsNumber, left]) => ({ nhsNumber, left })));
        const membership = new Membership(some);
        // Among other memory, as that of a kernel is, in which there is nothing else.
        if (place !== undefined)
          membership.moveTo(new Uint8Array(1000).subarray(place, place + people.length));
        const noted = new Map<number, (typeof notes)[number][1]>();
        for (const [at, decision] of notes) {
          if (at >= people.length) continue;
          membership.note(at, decision as 'permit');
          noted.set(at, decision);
        }
        const [left, held] = [new Set<number>(), new Set<number>()];
        for (const [at, decision] of noted)
          for (const sharer of some.sharersOf(at))
            if (decision !== 'national-opt-out') (decision === 'permit' ? left : held).add(sharer);
        const { members, withheld } = membership.account(salt);
        expect(new Set(membersOf(members))).toEqual(left);
        expect(new Set([...withheldOf(withheld)].map(({ ordinal }) => ordinal))).toEqual(held);
      },
    );
    fc.assert(property, { numRuns: 500 });
  });

  it('has a digest that anyone with the account and the patient list can compute', () => {
    const membership = new Membership(index);
    membership.note(3, 'permit');
    membership.note(0, 'permit');
    membership.noteUnlisted(keyOfNhsNumber('9990000093'));
    const { members, unlisted, digest } = membership.account(salt);
    const text = 'patient-0\npatient-3\n9990000093\n';
    expect(digest).toBe(createHash('sha256').update(salt).update(text).digest('hex'));
    expect(
      digestOfMembers(
        salt,
        members,
        unlisted,
        linesBy((ordinal) => `patient-${ordinal}`),
      ),
    ).toBe(digest);
  });
});
