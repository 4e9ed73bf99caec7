import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Transaction } from '../../src/store/database.ts';
import { changePractice } from '../../src/store/practice-change.ts';
import { openRegistry, type Registry } from '../support/registry.ts';
import { aPractice, takeInPatients, tick } from './history.ts';
import { keepRelease } from './keep-release.ts';
import { behindTheBack, type TableName, whileTampered } from './tamper.ts';

// Entries are read 1,024 at once, and digests over long lists are made in another thread: neither may change what is found.
const PATIENTS = 2_100;
const BEFORE = 1_030;

let registry: Registry;
let practiceId: string;
let decidedIndex: number;

const verify = () => registry.services.ledger.verify(practiceId);
const here = (index: number) => ({ practiceId, index });

async function append(count: number): Promise<void> {
  const system = { kind: 'system', id: 'access-log' } as const;
  await changePractice(registry.services.database, practiceId, async (change) => {
    for (let from = 0; from < count; from += 1)
      change.append('access-digest', system, { from, to: from, count: 0, digest: 'é😀' }, tick());
  });
}

beforeAll(async () => {
  registry = await openRegistry();
  const { database } = registry.services;
  practiceId = await aPractice(database, 'A10101');
  const permitted = await takeInPatients(database, practiceId, PATIENTS);
  await append(BEFORE);
  const release = await keepRelease(database, practiceId, { permitted });
  const row = await database.reader.release.findUniqueOrThrow({ where: { id: release } });
  decidedIndex = row.decidedIndex ?? 0;
  await append(50);
});

afterAll(() => registry.close());

test('a long ledger of a large practice holds', async () => {
  const entries = 2 + BEFORE + 3 + 50;
  expect(await verify()).toMatchObject({ ok: true, checked: { entries, patients: PATIENTS, releases: 1 } });
});

/** Takes the last piece of what one row has, and puts it before what the next has: both together are what they were. */
async function moved<T extends string | Uint8Array>(
  read: (index: number) => Promise<T>,
  write: (index: number, value: T) => Promise<unknown>,
): Promise<void> {
  const [one, next] = [await read(700), await read(701)];
  await write(700, one.slice(0, -1) as T);
  const joined =
    typeof one === 'string' ? `${one.slice(-1)}${next}` : Buffer.concat([one.slice(-1), Buffer.from(next)]);
  await write(701, joined as T);
}

const textOf = (tx: Transaction) => (index: number) =>
  tx.ledgerText.findUniqueOrThrow({ where: { practiceId_index: here(index) } });

describe('in the middle of the ledger', () => {
  type Case = [what: string, tables: TableName[], work: (tx: Transaction) => Promise<unknown>, found: object];
  const notCommitted = { index: 700, what: 'its text or salt is not what the leaf commits to' };

  test.each<Case>([
    [
      'a text is changed',
      ['LedgerText'],
      (tx) => tx.ledgerText.updateMany({ where: here(700), data: { text: '{}' } }),
      notCommitted,
    ],
    [
      'a letter goes from one text to the next',
      ['LedgerText'],
      (tx) =>
        moved(
          async (index) => (await textOf(tx)(index)).text,
          (index, text) => tx.ledgerText.updateMany({ where: here(index), data: { text } }),
        ),
      notCommitted,
    ],
    [
      'a byte goes from one salt to the next',
      ['LedgerText'],
      (tx) =>
        moved<Uint8Array<ArrayBuffer>>(
          async (index) => Uint8Array.from((await textOf(tx)(index)).salt),
          (index, salt) => tx.ledgerText.updateMany({ where: here(index), data: { salt } }),
        ),
      { index: 700, what: 'its salt is not 16 bytes long' },
    ],
    [
      'a byte goes from one leaf to the next',
      ['LedgerLeaf'],
      (tx) =>
        moved<Uint8Array<ArrayBuffer>>(
          async (index) => {
            const where = { practiceId_index: here(index) };
            return Uint8Array.from((await tx.ledgerLeaf.findUniqueOrThrow({ where })).commitment);
          },
          (index, commitment) => tx.ledgerLeaf.updateMany({ where: here(index), data: { commitment } }),
        ),
      notCommitted,
    ],
    [
      'a leaf is dropped',
      ['LedgerLeaf'],
      (tx) => tx.ledgerLeaf.deleteMany({ where: here(700) }),
      { index: 700, what: 'its leaf is missing' },
    ],
    [
      'a text is dropped, and one is added at the end',
      ['LedgerText'],
      (tx) => tx.ledgerText.updateMany({ where: here(700), data: { index: 2_000 } }),
      { index: 700, what: 'its text is missing' },
    ],
    [
      'everything from one entry on is dropped',
      ['LedgerLeaf', 'LedgerText'],
      async (tx) => {
        const where = { practiceId, index: { gte: 1_024 } };
        await tx.ledgerLeaf.deleteMany({ where });
        await tx.ledgerText.deleteMany({ where });
      },
      { what: expect.stringMatching(/^a release refers to it|^the head counts/) },
    ],
  ])('%s', async (_, tables, work, found) => {
    const verified = await whileTampered(registry.services.database, verify, tables, work);
    expect(verified).toMatchObject({ ok: false, ...found });
    expect(await verify()).toMatchObject({ ok: true });
  });
});

describe('of a release of the whole list', () => {
  const wrongDigest = 'whose data left does not have the digest that it names';

  /** Done twice, all is as it was. */
  async function swapPatients(tx: Transaction): Promise<void> {
    for (const [from, to] of [
      [3, PATIENTS],
      [7, 3],
      [PATIENTS, 7],
    ] as const)
      await tx.patient.updateMany({ where: { practiceId, ordinal: from }, data: { ordinal: to } });
  }

  const spoil = (tx: Transaction, index: number) =>
    tx.ledgerText.updateMany({ where: here(index), data: { text: '{}' } });

  test.each([
    ['two patients change places', () => [], () => decidedIndex, wrongDigest],
    ['and an entry after it is changed', () => [decidedIndex + 1], () => decidedIndex, wrongDigest],
    [
      'and an entry before it is changed',
      () => [decidedIndex - 1],
      () => decidedIndex - 1,
      'its text or salt is not what the leaf commits to',
    ],
  ] as const)('%s', async (_, changed, index, what) => {
    const { database } = registry.services;
    await behindTheBack(database, swapPatients);
    const verified = await whileTampered(database, verify, ['LedgerText'], async (tx) => {
      for (const at of changed()) await spoil(tx, at);
    }).finally(() => behindTheBack(database, swapPatients));
    expect(verified).toEqual({ ok: false, index: index(), what });
    expect(await verify()).toMatchObject({ ok: true });
  });
});
