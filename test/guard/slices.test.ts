import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { ReleaseMemory } from '../../src/guard/decide-records.ts';
import { Membership, membersOf } from '../../src/guard/membership.ts';
import { scanRelease } from '../../src/guard/scan-release.ts';
import { holdsFor, lookAgain, lookingAgain } from '../../src/guard/second-look.ts';
import { atOnce, inTurns, SLICE, type Sliced } from '../../src/guard/slices.ts';
import { withheldOf } from '../../src/guard/withheld-list.ts';
import { checkDigit } from '../../src/patients/nhs-number.ts';
import { MemorySink } from './memory-sink.ts';
import { bothTypes, indexOf, keep } from './scan.ts';

const size = 2 * SLICE + 1000;
const numbers: string[] = [];
for (let key = 900_000_000; numbers.length < size; key++) {
  const tenth = checkDigit(String(key));
  if (tenth !== undefined) numbers.push(`${key}${tenth}`);
}
const objects = (ordinal: number) => ordinal % 1000 === 7;
const index = indexOf(numbers.map((nhsNumber, n) => ({ nhsNumber, type1: objects(n) })));
const everybody = numbers.map((_, ordinal) => ordinal);

test('work in slices comes to what it comes to at once, and whatever arrives meanwhile is begun between any two', async () => {
  const said: string[] = [];
  function* work(name: string): Sliced<string> {
    for (let slice = 0; slice < 3; slice++) {
      said.push(name);
      yield;
    }
    return name;
  }
  expect(atOnce(work('all'))).toBe('all');
  expect(said.splice(0)).toEqual(['all', 'all', 'all']);
  let going = true;
  const arrives = () => {
    said.push('page');
    if (going) setImmediate(arrives);
  };
  setImmediate(arrives);
  expect(await Promise.all([inTurns(work('one')), inTurns(work('other'))])).toEqual(['one', 'other']);
  going = false;
  // Each begins at once; after that there is one slice in a turn.
  const [first, second, ...rest] = said;
  expect([first, second]).toEqual(['one', 'other']);
  expect(rest.filter((what) => what !== 'page').sort()).toEqual(['one', 'one', 'other', 'other']);
  expect(rest.join(' ')).not.toMatch(/one (one|other)|other (one|other)/);
});

test('the account of a large practice takes several slices, and has everybody', () => {
  const membership = new Membership(index);
  for (const ordinal of everybody)
    if (ordinal % 5 > 0) membership.note(ordinal, objects(ordinal) ? 'objected-type-1' : 'permit');
  const salt = Buffer.alloc(16, 1);
  const work = membership.accounting(salt);
  let slices = 1;
  let slice = work.next();
  for (; !slice.done; slice = work.next()) slices++;
  const { members, withheld, digest } = slice.value;
  const left = everybody.filter((ordinal) => ordinal % 5 > 0 && !objects(ordinal));
  expect([...membersOf(members)]).toEqual(left);
  expect([...withheldOf(withheld)].map(({ ordinal }) => ordinal)).toEqual(
    everybody.filter((ordinal) => ordinal % 5 > 0 && objects(ordinal)),
  );
  const lines = left.map((ordinal) => `patient-${ordinal}\n`).join('');
  expect(digest).toBe(createHash('sha256').update(salt).update(lines).digest('hex'));
  expect(slices).toBeGreaterThan(5);
  expect(membership.account(salt)).toEqual(slice.value);
});

test('who objects between the slices of a second look is found before the decision is final', () => {
  const membership = new Membership(index);
  for (const ordinal of numbers.keys())
    membership.note(ordinal, objects(ordinal) ? 'objected-type-1' : 'permit');
  const objecting = (ordinal: number, ledgerIndex: number, of = index) => {
    const record = {
      ...{ ordinal, id: `patient-${ordinal}`, nhsNumber: numbers[ordinal] as string, person: null },
      ...{ listed: true, left: false, restricted: false, objected: { type1: false, type2: true } },
    };
    return { record, index: of.with(ledgerIndex, [record]) };
  };
  // Somebody objected after the scan; while the look is in its second slice, somebody of whom it had looked already.
  const { index: now } = objecting(SLICE + 5, 2);
  const look = lookingAgain(bothTypes, membership, index, now);
  expect(look.next().done).toBe(false);
  const late = objecting(3, 3, now);
  let slice = look.next();
  while (!slice.done) slice = look.next();
  expect([...slice.value]).toEqual([[SLICE + 5, 'objected-type-2']]);
  for (const [ordinal, reason] of slice.value) membership.note(ordinal, reason);
  const holds = holdsFor(bothTypes, membership, index, now);
  expect(holds?.([])).toBe(true);
  expect(holds?.([late.record])).toBe(false);
  expect([...lookAgain(bothTypes, membership, index, late.index)]).toEqual([[3, 'objected-type-2']]);
});

test('releases that begin at once, and one after them, each get a kernel that knows everybody', async () => {
  const plan = {
    ...{ version: { fields: keep('nhs_number'), nhsNumberColumn: null }, rule: bothTypes, index },
    pseudonymKey: Buffer.alloc(32),
  };
  const file = Buffer.from(`nhs_number\n${numbers.join('\n')}\n`);
  const release = async (manyRows: number) => {
    const [rows, notes] = [new MemorySink(), new MemorySink()];
    const memory = new ReleaseMemory(plan, manyRows);
    const scanned = await scanRelease([file], plan, { rows, notes }, { memory });
    if (!scanned.ok) throw new Error(scanned.reason);
    const { membership, ...counted } = scanned;
    return { ...counted, account: membership.account(Buffer.alloc(16)), left: rows.bytes().toString() };
  };
  const plain = await release(Number.POSITIVE_INFINITY);
  expect(plain.left).toBe(`nhs_number\n${numbers.filter((_, n) => !objects(n)).join('\n')}\n`);
  for (const one of await Promise.all([0, 0, 1, 0].map(release))) expect(one).toEqual(plain);
  expect(await release(0)).toEqual(plain);
});
