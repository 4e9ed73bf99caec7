import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import type { Transaction } from './database.ts';

/**
 * Statements as the driver takes them, in which $1, $2 … stand in their order, each once. Prisma's own work on a statement takes ten
 * times as long as SQLite's: this is for what is read and written with every check. Names of tables and columns are ours.
 */
export type Statements = {
  run(sql: string, ...values: readonly Value[]): Promise<void>;
  rows(sql: string, ...values: readonly Value[]): Promise<Readonly<Record<string, unknown>>[]>;
};

export type Value = string | number | Uint8Array | null;

/** Statements on a connection or in a transaction of Prisma. */
export function statementsOf(tx: Pick<Transaction, '$executeRawUnsafe' | '$queryRawUnsafe'>): Statements {
  return {
    run: async (sql, ...values) => void (await tx.$executeRawUnsafe(sql, ...values)),
    rows: (sql, ...values) => tx.$queryRawUnsafe(sql, ...values),
  };
}

/** What Prisma opens as its connection to SQLite, kept for those who have statements of their own. */
export function keptConnection(factory: SqlMigrationAwareDriverAdapterFactory) {
  let kept: SqlDriverAdapter | undefined;
  const opened = (): SqlDriverAdapter => {
    if (kept === undefined) throw new Error('The database is not open yet');
    return kept;
  };
  return {
    factory: {
      ...{ provider: factory.provider, adapterName: factory.adapterName },
      connect: async () => {
        kept = await factory.connect();
        return kept;
      },
      connectToShadowDb: () => factory.connectToShadowDb(),
    } satisfies SqlMigrationAwareDriverAdapterFactory,
    /** Each for itself, outside of any transaction: for reading. */
    statements: sqliteStatements(opened, () => true),
    /** As part of the transaction that is open, and of none that Prisma has given up. */
    inTransaction: sqliteStatements(opened, ({ inTransaction }) => inTransaction),
  };
}

/** As much of better-sqlite3, which the adapter of Prisma wraps, as is used here. */
type Driver = { readonly inTransaction: boolean; prepare(sql: string): Prepared };
type Prepared = {
  safeIntegers(asBigInt: boolean): Prepared;
  run(...values: readonly Value[]): unknown;
  all(...values: readonly Value[]): Readonly<Record<string, unknown>>[];
};

/** So many statements are kept compiled: few more are ever used. */
const MOST_PREPARED = 50;

function sqliteStatements(
  opened: () => SqlDriverAdapter,
  isAllowed: (connection: Driver) => boolean,
): Statements {
  const prepared = new Map<string, Prepared>();
  /** Compiled once: SQLite takes longer for that than for running most of them, and sees itself when a table has changed. */
  const statement = (sql: string): Prepared => {
    const driver = driverOf(opened());
    if (!isAllowed(driver)) throw new Error('The transaction is over already');
    const known = prepared.get(sql);
    if (known !== undefined) return known;
    if (prepared.size === MOST_PREPARED) prepared.clear();
    const made = driver.prepare(sql.replace(/\$\d+/g, '?')).safeIntegers(false);
    prepared.set(sql, made);
    return made;
  };
  return {
    run: async (sql, ...values) => void statement(sql).run(...values),
    rows: async (sql, ...values) => statement(sql).all(...values),
  };
}

const driverOf = (connection: SqlDriverAdapter) => (connection as unknown as { client: Driver }).client;
