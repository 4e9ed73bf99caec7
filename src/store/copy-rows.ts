import type { Database, Transaction } from './database.ts';
import { Prisma } from './generated/sqlite/client.ts';
import { LONG } from './ledger-store.ts';

type Row = Record<string, unknown>;
/** What every model of the client can do, as far as copying needs it. */
type Table = { createMany(of: { data: Row[] }): Promise<unknown>; deleteMany(): Promise<unknown> };

/** Rows are copied in portions of this many. */
const AT_ONCE = 500;

/** What ends with the process that it belongs to: who is logged in, forms in progress, counts of attempts. */
const passing: readonly string[] = ['Session', 'Draft', 'RateLimiterFlexible'];

/** Every table that a backup holds, practices last: while they are missing, a database counts as empty. */
export const copiedTables: readonly string[] = [
  ...Object.values(Prisma.ModelName).filter((name) => name !== 'Practice' && !passing.includes(name)),
  'Practice',
];

/** The table of a model, on whichever database. */
export function tableOf(tx: Transaction, name: string): Table {
  return (tx as unknown as Record<string, Table>)[name.charAt(0).toLowerCase() + name.slice(1)] as Table;
}

/**
 * Gives `work` the rows of every table as of one moment, in portions, while others go on writing.
 *
 * @param database a connection that nobody else uses meanwhile
 */
export function readAll(
  { kind, reader }: Database,
  work: (name: string, rows: readonly Row[]) => Promise<void>,
): Promise<void> {
  const portions = kind === 'sqlite' ? portionsOfSqlite : portionsOfPostgresql;
  return reader.$transaction(
    async (tx) => {
      for (const name of copiedTables) {
        for await (const rows of portions(tx, name)) await work(name, rows);
      }
    },
    { isolationLevel: 'Serializable', maxWait: 30_000, timeout: LONG },
  );
}

async function* portionsOfSqlite(tx: Transaction, name: string): AsyncGenerator<Row[]> {
  for (let last = 0; ; ) {
    const read = await tx.$queryRawUnsafe<(Row & { _row: bigint | number })[]>(
      `SELECT rowid AS "_row", * FROM "${name}" WHERE rowid > ? ORDER BY rowid LIMIT ${AT_ONCE}`,
      last,
    );
    if (read.length === 0) return;
    last = Number(read.at(-1)?._row);
    yield read.map(({ _row, ...row }) => row);
  }
}

async function* portionsOfPostgresql(tx: Transaction, name: string): AsyncGenerator<Row[]> {
  await tx.$executeRawUnsafe(`DECLARE copied NO SCROLL CURSOR FOR SELECT * FROM "${name}"`);
  for (;;) {
    const rows = await tx.$queryRawUnsafe<Row[]>(`FETCH ${AT_ONCE} FROM copied`);
    if (rows.length === 0) break;
    yield rows;
  }
  await tx.$executeRawUnsafe('CLOSE copied');
}
