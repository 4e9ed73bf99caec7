import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { madeUpNhsNumber } from '../../src/demo/made-up-numbers.ts';
import { reasons } from '../../src/guard/decide.ts';
import { bitmapOf } from '../../src/guard/members-list.ts';
import { isMember, membersOf, unlistedOf } from '../../src/guard/membership.ts';
import { encodeWithheld, withheldOf } from '../../src/guard/withheld-list.ts';
import type { Database } from '../../src/store/database.ts';
import { usageAccountStore } from '../../src/store/usage-account-store.ts';
import { giveAccount } from '../../src/usage-account/give-account.ts';
import { addTestPractice } from '../support/practice.ts';
import { openRegistry, type Registry } from '../support/registry.ts';

const RELEASES = 1000;
const DIFFERENT = 20;
const BIG = 500_000;
const START = Date.parse('2024-01-01T02:00:00Z');

type Kept = {
  releaseId: string;
  members: Buffer;
  memberOrdinals: Buffer | null;
  withheld: Buffer;
  unlisted: Buffer;
};

let registry: Registry;
let practiceId: string;
const kept: Kept[] = [];

beforeAll(async () => {
  registry = await openRegistry();
  registry.leaveBroken('its releases are written straight into the tables, a thousand at once');
  practiceId = await addTestPractice(registry);
  const some = Array.from({ length: DIFFERENT }, (_, n) => release(n));
  for (let n = 0; n < RELEASES; n++) kept.push({ ...(some[n % DIFFERENT] as Kept), releaseId: randomUUID() });
  await registry.services.database.write(async (tx) => {
    const at = (n: number) => new Date(START + n * 86_400_000);
    const about = { practiceId, extractId: 'x', version: 1, keyId: 'k', format: 'text/csv', kind: 'release' };
    for (let from = 0; from < RELEASES; from += 100) {
      const some = kept.slice(from, from + 100);
      await tx.release.createMany({
        data: some.map(({ releaseId: id }, n) => ({
          ...about,
          id,
          status: 'complete',
          startedAt: at(from + n),
          leaseUntil: at(from + n),
          decidedAt: at(from + n),
        })),
      });
      await tx.releaseAccount.createMany({
        data: some.map(({ releaseId, members, memberOrdinals, withheld, unlisted }) => ({
          releaseId,
          practiceId,
          members: new Uint8Array(members),
          memberOrdinals: memberOrdinals && new Uint8Array(memberOrdinals),
          withheld: new Uint8Array(withheld),
          unlisted: new Uint8Array(unlisted),
          salt: new Uint8Array(16),
          digest: '',
        })),
      });
    }
  });
});
afterAll(() => registry.close());

/** One of twenty that differ. Most are of a practice of 10,000; some are large, some hold many who are not on the list, some are as before, some list whose data left. */
function release(n: number): Kept {
  const size = n === 7 ? BIG : 10_000;
  const members = randomBytes(size / 8);
  const codes = Uint8Array.from({ length: size }, (_, ordinal) =>
    isMember(members, ordinal) || ordinal % 3 > 0 ? 0 : 1 + ((ordinal + n) % reasons.length),
  );
  const unlisted = Array.from({ length: n === 3 ? 3000 : n === 5 ? 2 : 0 }, (_, place) =>
    madeUpNhsNumber(30_000 + place * 2 + (n % 3)),
  );
  return {
    releaseId: randomUUID(),
    ...(n === 6 || n === 8 ? listed(members, n === 8) : { members, memberOrdinals: null }),
    withheld: n === 4 ? asBefore(codes) : encodeWithheld(codes),
    unlisted: Buffer.from(unlisted.sort().join('')),
  };
}

/** Some of them, few or many, and nobody who is in no bitmap. */
function listed(members: Buffer, isOfMany: boolean): Pick<Kept, 'members' | 'memberOrdinals'> {
  const some = [...membersOf(members)].filter((ordinal) => isOfMany || ordinal % 400 === 5);
  const memberOrdinals = Buffer.alloc(4 * some.length);
  for (const [n, ordinal] of some.entries()) memberOrdinals.writeUInt32BE(ordinal, 4 * n);
  return { members: Buffer.alloc(0), memberOrdinals };
}

function asBefore(codes: Uint8Array): Buffer {
  const entries = [...codes].flatMap((code, ordinal) => {
    if (code === 0) return [];
    const entry = Buffer.alloc(5);
    entry.writeUInt32BE(ordinal);
    entry.writeUInt8(code, 4);
    return [entry];
  });
  return Buffer.concat(entries);
}

/** What the accounts say, read whole. */
function byReading(ordinal: number, nhsNumber: string) {
  const fates = kept.slice(0, DIFFERENT).map(({ withheld, unlisted, ...account }) => {
    if (isMember(bitmapOf(account), ordinal) || unlistedOf(unlisted).includes(nhsNumber)) return null;
    return [...withheldOf(withheld)].find((one) => one.ordinal === ordinal)?.reason;
  });
  return kept
    .map(({ releaseId }, n) => [releaseId, fates[n % DIFFERENT]])
    .filter(([, fate]) => fate !== undefined)
    .sort();
}

/** The database, with a count of the bytes of accounts that are read of each release. */
function counted(database: Database) {
  const read = new Map<string, number>();
  const reader = new Proxy(database.reader, {
    get(target, name) {
      if (name === 'releaseAccount') throw new Error('an account was read whole');
      if (name !== '$queryRaw') return Reflect.get(target, name);
      return async (...asked: Parameters<typeof target.$queryRaw>) => {
        const rows = await target.$queryRaw<Record<string, unknown>[]>(...asked);
        for (const row of rows) {
          const { releaseId, id: named, ...cells } = row;
          const id = String(releaseId ?? named);
          // Bytes come in hexadecimal.
          const bytes = Object.values(cells).reduce<number>((sum, cell) => sum + String(cell).length / 2, 0);
          read.set(id, (read.get(id) ?? 0) + bytes);
        }
        return rows;
      };
    },
  });
  return { read, database: { ...database, reader } };
}

test.each([
  ['one of the first, in a list that is short too', 5, madeUpNhsNumber(30_001)],
  ['one of the last', 9_999, madeUpNhsNumber(35_998)],
  ['one in the middle', 8_192, madeUpNhsNumber(33_000)],
  ['one whom only the large releases can hold', 400_001, madeUpNhsNumber(29_000)],
])('%s: the slices say what the whole accounts say, and no more than 8 kB of each is read', async (...of) => {
  const [, ordinal, nhsNumber] = of;
  const { read, database } = counted(registry.services.database);
  const fates = await usageAccountStore(database).fatesOf(practiceId, { ordinal, nhsNumber });
  expect(fates.map((fate) => [fate.releaseId, fate.withheld]).sort()).toEqual(byReading(ordinal, nhsNumber));
  expect(read.size).toBe(RELEASES);
  expect(Math.max(...read.values())).toBeLessThanOrEqual(8 * 1024);
});

test('the account of a patient with 1,000 releases tells of each, once', async () => {
  const ordinal = 1200;
  const patient = { ordinal, nhsNumber: madeUpNhsNumber(1) };
  const account = await giveAccount(usageAccountStore(registry.services.database), practiceId, [patient]);
  const times = [...account.left, ...account.keptOut.flatMap((one) => one.reasons)].flatMap(
    (one) => one.times,
  );
  expect(times).toHaveLength(byReading(ordinal, madeUpNhsNumber(1)).length);
  expect(times.length).toBeGreaterThan(400);
});
