import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appendOnlyTables } from '../../src/store/append-only.ts';
import { openRegistry, type Registry } from '../support/registry.ts';
import { anEventfulPractice } from './eventful-practice.ts';

let registry: Registry;
let practiceId: string;

const verify = () => registry.services.ledger.verify(practiceId);

beforeAll(async () => {
  registry = await openRegistry();
  ({ practiceId } = await anEventfulPractice(registry.services.database));
});

afterAll(() => registry.close());

const emptyHere: readonly string[] = [
  ...['AccessLog', 'ReleasePart', 'MonitorLook', 'NoticeTranslation', 'ToldAct'],
  ...['Reconciliation', 'ReconciliationLine', 'PublishedRegister'],
];

describe('what keeps tables append-only', () => {
  test.each(appendOnlyTables)('%s refuses to change, and a dropped trigger is noticed', async (name) => {
    const { database } = registry.services;
    const change = `UPDATE "${name}" SET "practiceId" = "practiceId"`;
    const drop = `DELETE FROM "${name}"`;
    // Of some there is nothing in it: their own tests try it (test/web/api/parts.test.ts is one).
    if (!emptyHere.includes(name)) {
      await expect(database.write((tx) => tx.$executeRawUnsafe(change))).rejects.toThrow(/append-only/);
      await expect(database.write((tx) => tx.$executeRawUnsafe(drop))).rejects.toThrow(/append-only/);
    }
    const triggers = (sqliteOrNot: string, postgresql: string) =>
      database.kind === 'sqlite' ? sqliteOrNot : postgresql;
    const trigger = triggers(`${name}_no_delete`, `${name}_no_change`);
    const [{ sql } = { sql: '' }] = await database.reader.$queryRawUnsafe<{ sql: string }[]>(
      triggers(
        `SELECT sql FROM sqlite_master WHERE name = '${trigger}'`,
        `SELECT pg_get_triggerdef(oid) AS sql FROM pg_trigger WHERE tgname = '${trigger}'`,
      ),
    );
    await database.write((tx) =>
      tx.$executeRawUnsafe(triggers(`DROP TRIGGER "${trigger}"`, `DROP TRIGGER "${trigger}" ON "${name}"`)),
    );
    expect(await verify()).toEqual({ ok: false, index: null, what: `the trigger ${trigger} is missing` });
    await database.write((tx) => tx.$executeRawUnsafe(sql));
    expect(await verify()).toMatchObject({ ok: true });
  });
});
