import type { Database } from './database.ts';

/** The tables that only ever grow. What else the database itself refuses stands beside them here. */
export const appendOnlyTables = [
  'LedgerLeaf',
  'LedgerText',
  'ObjectionAct',
  'ReleaseAccount',
  'AccessLog',
] as const;

type Trigger = {
  readonly name: string;
  readonly table: string;
  readonly sql: string;
  /** PostgreSQL: what its function does, where that is not to refuse every change. */
  readonly body?: string;
};

const TWO_PEOPLE = 'who registered, edited or sent a version of an extract cannot approve it';

/**
 * Two different people, held by the database too: whoever worked on a version is never who approved it, nobody is
 * taken out of those who worked on it, and nothing counts as approved that nobody approved.
 */
const breaksTwoPeople = (find: 'instr' | 'strpos'): string =>
  [
    `NEW."approvedBy" = NEW."registeredBy"`,
    `${find}(COALESCE(NEW."workedOnBy", ''), '"' || NEW."approvedBy" || '"') > 0`,
    `(NEW."state" = 'approved' AND NEW."approvedBy" IS NULL)`,
  ].join(' OR ');
const forgetsSomebody = (find: 'instr' | 'strpos'): string =>
  [
    `NEW."registeredBy" <> OLD."registeredBy"`,
    `${find}(COALESCE(NEW."workedOnBy", ''), rtrim(COALESCE(OLD."workedOnBy", ''), ']')) <> 1`,
  ].join(' OR ');

const sqliteTwoPeople: readonly Trigger[] = [
  ['INSERT', breaksTwoPeople('instr')],
  ['UPDATE', `${breaksTwoPeople('instr')} OR ${forgetsSomebody('instr')}`],
].map(([event = '', wrong]) => {
  const name = `ExtractVersion_two_people_${event.toLowerCase()}`;
  const sql = `CREATE TRIGGER "${name}" BEFORE ${event} ON "ExtractVersion" WHEN ${wrong} BEGIN SELECT RAISE(ABORT, '${TWO_PEOPLE}'); END;`;
  return { name, table: 'ExtractVersion', sql };
});

const twoPeopleBody = `
BEGIN
  IF ${breaksTwoPeople('strpos')} THEN RAISE EXCEPTION '${TWO_PEOPLE}'; END IF;
  IF TG_OP = 'UPDATE' THEN
    IF ${forgetsSomebody('strpos')} THEN RAISE EXCEPTION '${TWO_PEOPLE}'; END IF;
  END IF;
  RETURN NEW;
END `;
const twoPeopleFunction = `CREATE OR REPLACE FUNCTION two_people() RETURNS trigger LANGUAGE plpgsql AS $$${twoPeopleBody}$$;`;
const postgresqlTwoPeople: Trigger = {
  name: 'ExtractVersion_two_people',
  table: 'ExtractVersion',
  sql: `CREATE TRIGGER "ExtractVersion_two_people" BEFORE INSERT OR UPDATE ON "ExtractVersion" FOR EACH ROW EXECUTE FUNCTION two_people();`,
  body: twoPeopleBody,
};

/** SQLite: REPLACE deletes the old row, which fires the DELETE trigger because recursive_triggers is on. */
const sqliteAppendOnly: readonly Trigger[] = appendOnlyTables.flatMap((table) =>
  (['UPDATE', 'DELETE'] as const).map((event) => {
    const name = `${table}_no_${event.toLowerCase()}`;
    return {
      name,
      table,
      sql: `CREATE TRIGGER "${name}" BEFORE ${event} ON "${table}" BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;`,
    };
  }),
);
const sqliteTriggers: readonly Trigger[] = [...sqliteAppendOnly, ...sqliteTwoPeople];

const postgresqlAppendOnly: readonly Trigger[] = appendOnlyTables.flatMap((table) => [
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
]);
const postgresqlTriggers: readonly Trigger[] = [...postgresqlAppendOnly, postgresqlTwoPeople];

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
  return [refuseChange, twoPeopleFunction, ...triggers].join('\n');
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
