import { setTimeout as pause } from 'node:timers/promises';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { PrismaClient } from './generated/sqlite/client.ts';
import { KnownPractices } from './known-practices.ts';
import { queue } from './queue.ts';
import { noSigning, type Signing } from './signing.ts';
import { keptConnection, type Statements, statementsOf } from './statements.ts';
import { isBusy } from './unavailable.ts';

/** What runs inside a transaction. Both databases have one shape; only this folder knows which is which. */
export type Transaction = Omit<
  PrismaClient,
  '$connect' | '$disconnect' | '$on' | '$use' | '$extends' | '$transaction'
>;

export type Database = {
  readonly kind: 'sqlite' | 'postgresql';
  /** For reading only: on SQLite a write here would join whatever transaction is open on its connection. */
  readonly reader: PrismaClient;
  /** What was read of practices already, as long as it is so. */
  readonly known: KnownPractices;
  /** Single statements, for reading. */
  readonly statements: Statements;
  /** Single statements in a transaction that `write` has begun, for as long as it lasts. */
  within(tx: Transaction): Statements;
  /** Signs what the ledgers have come to. */
  readonly signing: Signing;
  /**
   * Runs `work` in one transaction. Its first statement has to be a write: on SQLite a transaction that reads first
   * and writes later fails when another process wrote in between. Transactions with the same `lane` wait for each
   * other here, in order, instead of holding a connection while they wait for a lock.
   */
  write<T>(work: (tx: Transaction) => Promise<T>, lane?: string): Promise<T>;
  /**
   * Lets the database look how many rows its tables have now, by which it chooses the index to look in. Quick, and does
   * nothing where little changed. PostgreSQL does so by itself.
   */
  refreshStatistics(): Promise<void>;
  close(): Promise<void>;
};

/** How long a writer keeps trying when another process holds the database, in milliseconds. */
const PATIENCE = 30_000;
const options = { maxWait: PATIENCE, timeout: 120_000 };

/**
 * Opens the database that `url` names: `file:…` for SQLite, `postgresql://…` for PostgreSQL. Without `signing` it can
 * be read only.
 */
export async function openDatabase(url: string, signing = noSigning): Promise<Database> {
  const opened = await (url.startsWith('file:') ? openSqlite(url) : openPostgresql(url));
  return { ...opened, signing, known: new KnownPractices(opened.statements) };
}

type Opened = Omit<Database, 'signing' | 'known'>;

/**
 * What SQLite keeps of the database in the memory of the app, for each connection: as much as it does by itself, where the
 * driver has it keep 16 MB. What is not there the system has.
 */
const CACHE_KB = 2_000;

/** SQLite's own settings for every connection of ours; the app, migrations and tests use the same. */
export async function setPragmas(client: Pick<PrismaClient, '$queryRawUnsafe'>): Promise<void> {
  await client.$queryRawUnsafe('PRAGMA journal_mode = WAL');
  await client.$queryRawUnsafe('PRAGMA synchronous = FULL');
  await client.$queryRawUnsafe('PRAGMA foreign_keys = ON');
  await client.$queryRawUnsafe('PRAGMA recursive_triggers = ON');
  await client.$queryRawUnsafe(`PRAGMA cache_size = ${-CACHE_KB}`);
}

async function openSqlite(url: string): Promise<Opened> {
  // The driver is synchronous: a long time-out here would freeze the app, so waiting is done in JavaScript.
  const connection = () => keptConnection(new PrismaBetterSqlite3({ url, timeout: 100 }));
  const [reading, writing] = [connection(), connection()];
  const reader = new PrismaClient({ adapter: reading.factory });
  const writer = new PrismaClient({ adapter: writing.factory });
  await untilFree(() => setPragmas(writer));
  await untilFree(() => setPragmas(reader));
  const inTurn = queue();
  return {
    kind: 'sqlite',
    reader,
    statements: reading.statements,
    within: () => writing.inTransaction,
    write: (work) => inTurn('', () => untilFree(() => writer.$transaction(work, options))),
    refreshStatistics: () =>
      inTurn('', async () => {
        // All tables (the bit 0x10000), the large ones by a sample: a smaller one, such as SQLite takes by itself, makes it
        // look for 500 patients among a million.
        await writer.$queryRawUnsafe('PRAGMA analysis_limit = 20000');
        await untilFree(() => writer.$queryRawUnsafe('PRAGMA optimize = 0x10002'));
        // A connection reads what was found when it opens, or when it is told.
        await untilFree(() => reader.$executeRawUnsafe('ANALYZE sqlite_schema'));
      }),
    close: async () => {
      await Promise.all([reader.$disconnect(), writer.$disconnect()]);
    },
  };
}

async function openPostgresql(url: string): Promise<Opened> {
  // Who has SQLite, as most do, does without driver and client of the other.
  const [{ PrismaPg }, { PrismaClient: PostgresqlClient }] = await Promise.all([
    import('@prisma/adapter-pg'),
    import('./generated/postgresql/client.ts'),
  ]);
  const open = (max: number) =>
    new PostgresqlClient({
      adapter: new PrismaPg({ connectionString: url, max, connectionTimeoutMillis: 10_000 }),
    }) as unknown as PrismaClient;
  const [reader, writer] = [open(8), open(8)];
  const inTurn = queue();
  return {
    kind: 'postgresql',
    reader,
    statements: statementsOf(reader),
    within: statementsOf,
    write: (work, lane) => {
      const run = () => untilFree(() => writer.$transaction(work, options));
      return lane === undefined ? run() : inTurn(lane, run);
    },
    refreshStatistics: async () => undefined,
    close: async () => {
      await Promise.all([reader.$disconnect(), writer.$disconnect()]);
    },
  };
}

/** Runs again what failed only because another writer was in the way; its transaction was rolled back whole. */
async function untilFree<T>(run: () => Promise<T>): Promise<T> {
  const end = performance.now() + PATIENCE;
  for (let wait = 5; ; wait = Math.min(wait * 2, 200)) {
    try {
      return await run();
    } catch (error) {
      if (!isBusy(error) || performance.now() > end) throw error;
      await pause(wait * (0.5 + Math.random()));
    }
  }
}
