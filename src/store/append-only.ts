import type { Database } from './database.ts';
import {
  postgresqlPublishedNotices,
  publishedNoticesFunction,
  sqlitePublishedNotices,
} from './published-notices.ts';
import { postgresqlTwoPeople, sqliteTwoPeople, type Trigger, twoPeopleFunction } from './two-people.ts';
import { postgresqlVersionPeople, sqliteVersionPeople, versionPeopleFunction } from './version-people.ts';

/** The tables that only ever grow. What else the database itself refuses stands beside them here. */
export const appendOnlyTables = [
  'LedgerLeaf',
  'LedgerText',
  'ObjectionAct',
  'ReleaseAccount',
  'ReleasePart',
  'AccessLog',
  'MonitorLook',
  'ConsentAct',
  'NoticeTranslation',
  'ToldAct',
  'Reconciliation',
  'ReconciliationLine',
  'SigningKey',
  'PublishedCheckpoint',
  'PublishedRegister',
] as const;

/** SQLite: REPLACE deletes the old row, which fires the DELETE trigger because recursive_triggers is on. */
const sqliteTriggers: readonly Trigger[] = [
  ...sqliteVersionPeople,
  ...sqliteTwoPeople,
  ...sqlitePublishedNotices,
  ...appendOnlyTables.flatMap((table) =>
    (['UPDATE', 'DELETE'] as const).map((event) => {
      const name = `${table}_no_${event.toLowerCase()}`;
      return {
        name,
        table,
        sql: `CREATE TRIGGER "${name}" BEFORE ${event} ON "${table}" BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;`,
      };
    }),
  ),
];

const postgresqlTriggers: readonly Trigger[] = [
  postgresqlVersionPeople,
  ...postgresqlTwoPeople,
  ...postgresqlPublishedNotices,
  ...appendOnlyTables.flatMap((table) => [
    {
      name: `${table}_no_change`,
      table,
      sql: `CREATE TRIGGER "${table}_no_change" BEFORE UPDATE OR DELETE ON "${table}" FOR EACH ROW EXECUTE FUNCTION refuse_change();`,
    },
    {
      name: `${table}_no_truncate`,
      table,
      sql: `CREATE TRIGGER "${table}_no_truncate" BEFORE TRUNCATE ON "${table}" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();`,
    },
  ]),
];

const refuseBody = `
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END `;
const refuseChange = `CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$${refuseBody}$$;`;

/**
 * The SQL that every migration ends with: a migration that redefines a SQLite table silently drops its triggers,
 * so each makes all of them again.
 */
export function appendOnlySql(kind: Database['kind']): string {
  if (kind === 'sqlite') {
    return sqliteTriggers.map(({ name, sql }) => `DROP TRIGGER IF EXISTS "${name}";\n${sql}`).join('\n');
  }
  const triggers = postgresqlTriggers.map(
    ({ name, table, sql }) => `DROP TRIGGER IF EXISTS "${name}" ON "${table}";\n${sql}`,
  );
  return [refuseChange, versionPeopleFunction, twoPeopleFunction, publishedNoticesFunction, ...triggers].join(
    '\n',
  );
}

/** Takes the triggers off while rows are put back, and makes them again: both in the order of the database's statements. */
export function triggerStatements(kind: Database['kind']): { readonly off: string[]; readonly on: string[] } {
  const [triggers, place] =
    kind === 'sqlite'
      ? [sqliteTriggers, () => '']
      : [postgresqlTriggers, (table: string) => ` ON "${table}"`];
  return {
    off: triggers.map(({ name, table }) => `DROP TRIGGER IF EXISTS "${name}"${place(table)}`),
    on: triggers.map(({ sql }) => sql),
  };
}

/** Names the triggers that are missing, changed or switched off. Start, readiness and `ledger verify` fail on any. */
export async function missingTriggers(database: Database): Promise<string[]> {
  const [wanted, intact] =
    database.kind === 'sqlite'
      ? [sqliteTriggers, await intactOnSqlite(database)]
      : [postgresqlTriggers, await intactOnPostgresql(database)];
  return wanted.filter((trigger) => !intact(trigger)).map(({ name }) => name);
}

async function intactOnSqlite({ reader }: Database): Promise<(trigger: Trigger) => boolean> {
  const found = await reader.$queryRawUnsafe<{ name: string; sql: string }[]>(
    `SELECT name, sql FROM sqlite_master WHERE type = 'trigger'`,
  );
  const present = new Map(found.map(({ name, sql }) => [name, sql]));
  return ({ name, sql }) => present.get(name) === sql.replace(/;$/, '');
}

async function intactOnPostgresql({ reader }: Database): Promise<(trigger: Trigger) => boolean> {
  // A trigger counts when it is switched on, stands on its table, and its function does what ours does.
  const found = await reader.$queryRawUnsafe<{ name: string; table: string; body: string }[]>(
    `SELECT t.tgname::text AS name, c.relname::text AS table, p.prosrc AS body
     FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
     WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') AND c.relnamespace = current_schema()::regnamespace`,
  );
  const present = new Map(found.map(({ name, table, body }) => [name, { table, body }]));
  return ({ name, table, body = refuseBody }) => {
    const trigger = present.get(name);
    return trigger?.table === table && trigger.body === body;
  };
}
