import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../../src/store/database.ts';
import { changePractice } from '../../src/store/practice-change.ts';
import type { Statements } from '../../src/store/statements.ts';
import { addTestPractice } from '../support/practice.ts';
import { openRegistry, type Registry } from '../support/registry.ts';

let registry: Registry;
let practiceId: string;
beforeEach(async () => {
  registry = await openRegistry();
  practiceId = await addTestPractice(registry);
});
afterEach(() => registry.close());

const TOUCH = 'UPDATE "LedgerHead" SET "touched" = "touched" + 1 WHERE "practiceId" = $1';
const LOOK = 'SELECT "touched" FROM "LedgerHead" WHERE "practiceId" = $1';
const touched = async () => {
  const [row] = await registry.services.database.statements.rows(LOOK, practiceId);
  return Number(row?.touched);
};
const actor = { kind: 'system', id: 'test' } as const;

test('statements of a transaction that has ended, or was given up, change nothing and say so', async () => {
  const { database } = registry.services;
  const before = await touched();
  const kept: Statements[] = [];
  await database.write(async (tx) => {
    kept.push(database.within(tx));
    await kept[0]?.run(TOUCH, practiceId);
  });
  const failing = database.write(async (tx) => {
    kept.push(database.within(tx));
    await kept[1]?.run(TOUCH, practiceId);
    throw new Error('given up');
  });
  await expect(failing).rejects.toThrow('given up');
  for (const statements of kept) {
    await expect(statements.run(TOUCH, practiceId)).rejects.toThrow();
    await expect(statements.rows(LOOK, practiceId)).rejects.toThrow();
  }
  expect(await touched()).toBe(before + 1);
});

test('one that fails leaves its transaction as it was, and itself to be used again', async () => {
  const { database } = registry.services;
  const insert = 'INSERT INTO "IncidentWatch" ("practiceId", "nextIndex") VALUES ($1, $2)';
  const count = () => database.reader.incidentWatch.count({ where: { practiceId: { in: ['a', 'b'] } } });
  const failing = database.write(async (tx) => {
    const statements = database.within(tx);
    await statements.run(insert, 'a', 1);
    await statements.run(insert, 'a', 2);
  });
  await expect(failing).rejects.toThrow();
  expect(await count()).toBe(0);
  await database.write(async (tx) => {
    const statements = database.within(tx);
    for (const one of ['a', 'b']) await statements.run(insert, one, 1);
  });
  expect(await count()).toBe(2);
  registry.leaveBroken('Watches of no practice');
});

test('more statements than are kept, and one whose table has changed since, say what they should', async () => {
  const { database } = registry.services;
  for (let n = 0; n < 120; n++)
    expect(await database.statements.rows(`SELECT ${n} AS n, $1 AS "text"`, `${n}`)).toEqual([
      { n, text: `${n}` },
    ]);
  const all = 'SELECT * FROM "IncidentWatch" WHERE "practiceId" = $1';
  await database.write((tx) =>
    tx.incidentWatch.upsert({
      where: { practiceId },
      create: { practiceId, nextIndex: 7 },
      update: { nextIndex: 7 },
    }),
  );
  const [before] = await database.statements.rows(all, practiceId);
  await database.write((tx) => tx.$executeRawUnsafe('ALTER TABLE "IncidentWatch" ADD COLUMN "more" TEXT'));
  await expect(database.statements.rows(all, practiceId)).resolves.toEqual([{ ...before, more: null }]);
  registry.leaveBroken('A table has a column more');
});

test('a change waits while another process writes, and is made once', async () => {
  const { database } = registry.services;
  const other = await openDatabase(registry.config.databaseUrl);
  let letGo = () => {};
  const until = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let hold = () => {};
  const holds = new Promise<void>((resolve) => {
    hold = resolve;
  });
  const before = await touched();
  const held = other.write(async (tx) => {
    await tx.ledgerHead.updateMany({ where: { practiceId }, data: { touched: { increment: 1 } } });
    hold();
    await until;
  });
  await holds;
  let tries = 0;
  const changed = changePractice(database, practiceId, async (change) => {
    tries++;
    return change.append('access-digest', actor, {}, new Date());
  });
  // On SQLite the driver has given up by then, and comes again.
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(tries).toBe(0);
  letGo();
  await held;
  const index = await changed;
  expect([tries, await touched()]).toEqual([1, before + 2]);
  expect(await database.reader.ledgerLeaf.count({ where: { practiceId, index } })).toBe(1);
  await other.close();
});
