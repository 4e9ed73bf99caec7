import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database, Transaction } from '../../src/store/database.ts';
import { type ManyRows, manyRows, rowsBy } from '../../src/store/many-rows.ts';
import { openScene, type Scene, START } from '../guard/scene.ts';
import '../support/registry.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
  scene.registry.leaveBroken('Rows are put into the database that the ledger does not know');
});
afterAll(() => scene.end());

const ways: readonly (readonly [string, (tx: Transaction, database: Database) => ManyRows])[] = [
  ['Prisma', (tx, { kind }) => manyRows(tx, kind)],
  ['the driver', (tx, { kind, within }) => rowsBy(within(tx), kind)],
];
const short = new Uint8Array([0, 1, 0xfe, 0xff]);
/** A part of something longer, as pieces of a kernel's memory are. */
const long = new Uint8Array(10_000).map((_, n) => n % 251).subarray(100, 9000);
const none = new Uint8Array();

test.each(
  ways.flatMap(([by, open]) =>
    [
      ['short ones', [null, short, none, null]],
      ['long ones', [null, long, none, short]],
      ['a long one first', [long, null, short]],
    ].map(([what, bytes]) => [what, by, bytes as (Uint8Array | null)[], open] as const),
  ),
)(
  'bytes are written as they are, and none where there are none: %s, by %s',
  async (what, by, bytes, open) => {
    const { database } = scene.services;
    const rows = bytes.map((one, n) => ({
      releaseId: `${what}, ${by}: ${n} "it's" \u{1f642}`,
      practiceId: scene.practiceId,
      members: one ?? short,
      memberOrdinals: one,
      ...{ unlisted: none, withheld: none, salt: short, digest: `${n}` },
    }));
    await database.write(async (tx) => open(tx, database).insert('ReleaseAccount', rows));
    const kept = await database.reader.releaseAccount.findMany({
      where: { releaseId: { in: rows.map(({ releaseId }) => releaseId) } },
      orderBy: { digest: 'asc' },
    });
    expect(kept).toEqual(rows.map((row) => ({ ...row })));
  },
);

test.each(ways)('instants, numbers and what is missing are what Prisma writes: by %s', async (by, open) => {
  const { database, practiceId } = { ...scene.services, ...scene };
  const row = (id: string, decidedAt: Date | null, countIn: number | null) => ({
    ...{ id, practiceId, extractId: 'research', version: 1, kind: 'check', status: 'complete' },
    ...{ keyId: scene.job.keyId, format: 'text/plain', startedAt: START, leaseUntil: new Date(0) },
    ...{ decidedAt, countIn, decidedIndex: countIn, bytesOut: countIn === null ? null : 2 ** 52 + 1 },
  });
  const rows = [
    row(`1, ${by}`, null, null),
    row(`2, ${by}`, new Date('2026-11-20T10:00:00.007Z'), 2 ** 31 - 1),
  ];
  await database.write(async (tx) => {
    await open(tx, database).insert('Release', rows);
    await tx.release.createMany({ data: rows.map((one) => ({ ...one, id: `Prisma's ${one.id}` })) });
  });
  const some = (prefix: string) =>
    database.reader.release.findMany({
      where: { id: { in: rows.map(({ id }) => prefix + id) } },
      orderBy: { id: 'asc' },
    });
  const made = await some('');
  expect(made).toMatchObject(rows);
  expect(made.map(({ id: _, ...one }) => one)).toEqual(
    (await some("Prisma's ")).map(({ id: _, ...one }) => one),
  );
  // Found by their instants too, which SQLite has as text.
  expect(
    await database.reader.release.count({
      where: { id: { endsWith: by }, decidedAt: rows[1]?.decidedAt as Date },
    }),
  ).toBe(2);
});
