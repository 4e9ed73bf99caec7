import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { leafHash, rootOf } from '../../src/ledger/merkle.ts';
import { changePractice } from '../../src/store/practice-change.ts';
import { addTestPractice } from '../support/practice.ts';
import { openRegistry, type Registry } from '../support/registry.ts';

let registry: Registry;
let practiceId: string;

beforeEach(async () => {
  registry = await openRegistry();
  practiceId = await addTestPractice(registry);
});

afterEach(() => registry.close());

const actor = { kind: 'system', id: 'test' } as const;
const entries = () =>
  registry.services.database.reader.ledgerText.findMany({ where: { practiceId }, orderBy: { index: 'asc' } });

test('fifty changes at once make one straight log, whose head fits its leaves', async () => {
  const { database } = registry.services;
  const before = (await entries()).length;
  const indexes = await Promise.all(
    Array.from({ length: 50 }, (_, n) =>
      changePractice(database, practiceId, async (change) =>
        change.append('access-digest', actor, { n }, new Date()),
      ),
    ),
  );
  expect([...indexes].sort((one, other) => one - other)).toEqual(
    Array.from({ length: 50 }, (_, i) => before + i),
  );
  const leaves = await database.reader.ledgerLeaf.findMany({
    where: { practiceId },
    orderBy: { index: 'asc' },
  });
  const head = await database.reader.ledgerHead.findUniqueOrThrow({ where: { practiceId } });
  expect(head.size).toBe(before + 50);
  expect(Buffer.from(head.root)).toEqual(
    Buffer.from(rootOf(leaves.map(({ commitment }) => leafHash(commitment)))),
  );
});

test('a change that fails leaves nothing behind: no entry, no row, no ordinal', async () => {
  const { database } = registry.services;
  const before = await entries();
  const failing = changePractice(database, practiceId, async (change) => {
    change.append('access-digest', actor, {}, new Date());
    change.takeOrdinals(5);
    await change.tx.draft.create({
      data: {
        id: randomUUID(),
        practiceId,
        staffId: 'x',
        kind: 'x',
        data: '{}',
        createdAt: new Date(),
        expiresAt: new Date(),
      },
    });
    throw new Error('half-way');
  });
  await expect(failing).rejects.toThrow('half-way');
  expect(await entries()).toEqual(before);
  expect(await database.reader.draft.count()).toBe(0);
  registry.leaveBroken('an ordinal is taken for nobody');
  await changePractice(database, practiceId, async (change) => {
    expect(change.takeOrdinals(1)).toBe(0);
    expect(change.head.size).toBe(before.length);
  });
});

test('there is no change of a practice that does not exist', async () => {
  await expect(
    changePractice(registry.services.database, randomUUID(), async () => undefined),
  ).rejects.toThrow();
});

test('who goes on writing when the transaction is over writes nothing, and one that breaks off nothing either', async () => {
  const { database } = registry.services;
  const name = async () =>
    (await database.reader.practice.findFirstOrThrow({ where: { id: practiceId } })).name;
  const before = await name();
  const rename = 'UPDATE "Practice" SET "name" = $1 WHERE "id" = $2';
  const kept = await database.write(async (tx) => {
    await tx.ledgerHead.update({ where: { practiceId }, data: { touched: { increment: 1 } } });
    return database.within(tx);
  });
  await expect(kept.run(rename, 'Too late', practiceId)).rejects.toThrow();
  const broken = database.write(async (tx) => {
    await database.within(tx).run(rename, 'Broken off', practiceId);
    throw new Error('broken off');
  });
  await expect(broken).rejects.toThrow('broken off');
  expect(await name()).toBe(before);
});
