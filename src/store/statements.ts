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
    inTransaction: sqliteStatements(opened, isInTransaction),
  };
}

function sqliteStatements(
  opened: () => SqlDriverAdapter,
  isAllowed: (connection: SqlDriverAdapter) => boolean,
): Statements {
  const connection = () => {
    const kept = opened();
    if (!isAllowed(kept)) throw new Error('The transaction is over already');
    return kept;
  };
  return {
    run: async (sql, ...values) => void (await connection().executeRaw(query(sql, values))),
    async rows(sql, ...values) {
      const { columnNames, rows } = await connection().queryRaw(query(sql, values));
      return rows.map((row) => Object.fromEntries(columnNames.map((name, place) => [name, row[place]])));
    },
  };
}

/** Of better-sqlite3, which the adapter of Prisma wraps. */
function isInTransaction(connection: SqlDriverAdapter): boolean {
  return (connection as unknown as { client: { inTransaction: boolean } }).client.inTransaction;
}

const query = (sql: string, values: readonly Value[]) => ({
  sql: sql.replace(/\$\d+/g, '?'),
  args: [...values],
  argTypes: values.map(typeOf),
});

function typeOf(value: Value) {
  const scalarType =
    typeof value === 'string' ? 'string' : typeof value === 'number' ? 'int' : ('bytes' as const);
  return { scalarType, arity: 'scalar' } as const;
}
