import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { services } from '../../src/services.ts';
import { appendOnlyTables, missingTriggers } from '../../src/store/append-only.ts';
import { addTestPractice } from '../support/practice.ts';
import { openRegistry, type Registry } from '../support/registry.ts';

let registry: Registry;

beforeEach(async () => {
  registry = await openRegistry();
  await addTestPractice(registry);
});

afterEach(() => registry.close());

const run = (sql: string) => registry.services.database.write((tx) => tx.$executeRawUnsafe(sql));
const onSqlite = () => registry.services.database.kind === 'sqlite';

describe('the database itself refuses to change or remove', () => {
  test.each(['LedgerLeaf', 'LedgerText'])('rows of %s', async (table) => {
    await expect(run(`UPDATE "${table}" SET "index" = "index" + 1000`)).rejects.toThrow(/append-only/);
    await expect(run(`DELETE FROM "${table}"`)).rejects.toThrow(/append-only/);
    const whole = onSqlite()
      ? `INSERT OR REPLACE INTO "${table}" SELECT * FROM "${table}" LIMIT 1`
      : `TRUNCATE "${table}"`;
    await expect(run(whole)).rejects.toThrow(/append-only/);
  });
});

test('every table that only grows has its triggers, and each missing one is named', async () => {
  registry.leaveBroken('triggers are dropped');
  const { database } = registry.services;
  expect(await missingTriggers(database)).toEqual([]);
  for (const table of appendOnlyTables) {
    const name = onSqlite() ? `${table}_no_delete` : `${table}_no_truncate`;
    await run(onSqlite() ? `DROP TRIGGER "${name}"` : `ALTER TABLE "${table}" DISABLE TRIGGER "${name}"`);
    expect(await missingTriggers(database)).toContain(name);
  }
});

test('a trigger that was replaced by one that does nothing counts as missing', async () => {
  registry.leaveBroken('triggers are dropped');
  const { database } = registry.services;
  if (onSqlite()) {
    await run('DROP TRIGGER "LedgerLeaf_no_delete"');
    await run('CREATE TRIGGER "LedgerLeaf_no_delete" BEFORE DELETE ON "LedgerLeaf" BEGIN SELECT 1; END');
    expect(await missingTriggers(database)).toEqual(['LedgerLeaf_no_delete']);
  } else {
    await run(
      `CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$`,
    );
    expect((await missingTriggers(database)).length).toBe(appendOnlyTables.length * 2);
  }
});

test('the app does not start on a database that has lost one', async () => {
  registry.leaveBroken('triggers are dropped');
  await run(
    onSqlite()
      ? 'DROP TRIGGER "LedgerLeaf_no_update"'
      : 'DROP TRIGGER "LedgerLeaf_no_change" ON "LedgerLeaf"',
  );
  await expect(services(registry.config)).rejects.toThrow(/append-only.*LedgerLeaf_no/);
});
