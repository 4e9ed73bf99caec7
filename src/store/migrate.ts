import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  bindMigrationAwareSqlAdapterFactory,
  DriverAdapterError,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import type { MigrationList, SchemaEngine } from '@prisma/schema-engine-wasm';
import pg from 'pg';

const packageRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Nothing in the database is managed from outside of the schema. */
export const everything = { externalTables: [], externalEnums: [] };

/**
 * Brings the database to this version's shape, without any download. Safe to call by several processes at once and
 * after a crash: an unfinished migration is marked as rolled back and applied again.
 * Throws when the database is newer than this version of the app: back means restore.
 *
 * @param migrationsList the history to bring it to, this version's own unless a test says another
 */
export async function migrate(url: string, migrationsList = readMigrations(kindOf(url))): Promise<void> {
  const known = migrationsList.migrationDirectories.map(({ path }) => path);
  const release = await onlyOne(url);
  try {
    const history = await readHistory(url);
    if (history.some(({ name }) => !known.includes(name))) {
      throw new Error(
        'The database was made by a newer version of the app. Install that version, or restore a backup.',
      );
    }
    const finished = history.filter((one) => one.finished).map(({ name }) => name);
    // Nearly every start: then the engine and its memory are not needed.
    if (known.every((name) => finished.includes(name))) return;
    const engine = await openEngine(url);
    try {
      for (const { name, finished } of history) {
        if (!finished) await engine.markMigrationRolledBack({ migrationName: name });
      }
      await engine.applyMigrations({ migrationsList, filters: everything });
    } finally {
      await engine.close();
    }
  } finally {
    await release();
  }
}

/** On PostgreSQL, waits until no other process migrates; on SQLite the file itself is locked by the script. */
async function onlyOne(url: string): Promise<() => Promise<void>> {
  if (kindOf(url) === 'sqlite') return async () => undefined;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('SELECT pg_advisory_lock(7276431)');
  return () => client.end();
}

/** What Prisma's own table says was applied; nothing when there is no such table yet. */
async function readHistory(url: string): Promise<{ name: string; finished: boolean }[]> {
  const connection = await adapterFor(url).connect();
  const sql = 'SELECT migration_name, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL';
  try {
    const { rows } = await connection.queryRaw({ sql, args: [], argTypes: [] });
    return rows.map(([name, finishedAt]) => ({ name: String(name), finished: finishedAt !== null }));
  } catch (error) {
    if (error instanceof DriverAdapterError && error.cause.kind === 'TableDoesNotExist') return [];
    throw error;
  } finally {
    await connection.dispose();
  }
}

export const kindOf = (url: string): 'sqlite' | 'postgresql' =>
  url.startsWith('file:') ? 'sqlite' : 'postgresql';

/** The migrations of one kind of database, in order. */
export function readMigrations(kind: 'sqlite' | 'postgresql'): MigrationList {
  const baseDir = join(packageRoot, 'prisma', 'migrations', kind);
  const names = readdirSync(baseDir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
  return {
    baseDir,
    lockfile: { path: 'migration_lock.toml', content: `provider = "${kind}"\n` },
    shadowDbInitScript: '',
    migrationDirectories: names.map((path) => ({
      path,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok', value: readFileSync(join(baseDir, path, 'migration.sql'), 'utf8') },
      },
    })),
  };
}

/** Prisma's own schema engine, as WebAssembly, on the driver that the app uses. `close` frees its connection. */
export async function openEngine(
  url: string,
  // Applying migrations needs no model, only the word which kind of database it is.
  datamodels: [string, string][] = [['schema.prisma', `datasource db {\n  provider = "${kindOf(url)}"\n}`]],
): Promise<SchemaEngine & { close(): Promise<void> }> {
  kept.optOutRegistryEngine ??= loadEngine();
  const { SchemaEngine: Engine } = await kept.optOutRegistryEngine;
  const connections: SqlDriverAdapter[] = [];
  const factory = remembering(adapterFor(url), connections);
  const quiet = () => undefined;
  const engine = await Engine.new({ datamodels }, quiet, bindMigrationAwareSqlAdapterFactory(factory));
  return Object.assign(engine, {
    async close() {
      engine.free();
      for (const connection of connections) await connection.dispose();
    },
  });
}

/** The bindings keep their instance in a variable of their own: a second one in a process would break the first. */
const kept = globalThis as { optOutRegistryEngine?: ReturnType<typeof loadEngine> };

async function loadEngine() {
  // Where the engine leaves its last words when it gives up.
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: {
      set_message(words: string) {
        throw new Error(`The schema engine gave up: ${words}`);
      },
    },
  });
  const bindings = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const beside = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const wasm = readFileSync(join(dirname(beside), 'schema_engine_bg.wasm'));
  const imports = { './schema_engine_bg.js': bindings as unknown as WebAssembly.ModuleImports };
  const { instance } = await WebAssembly.instantiate(wasm, imports);
  bindings.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  return bindings;
}

/** Keeps what the engine opens, because the engine itself never closes it and SQLite would stay locked. */
function remembering(
  factory: SqlMigrationAwareDriverAdapterFactory,
  connections: SqlDriverAdapter[],
): SqlMigrationAwareDriverAdapterFactory {
  const keep = async (opened: Promise<SqlDriverAdapter>) => {
    const connection = await opened;
    connections.push(connection);
    return connection;
  };
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: () => keep(factory.connect()),
    connectToShadowDb: () => keep(factory.connectToShadowDb()),
  };
}

const adapterFor = (url: string): SqlMigrationAwareDriverAdapterFactory =>
  kindOf(url) === 'sqlite' ? sqlite(url) : postgresql(url);

/** A script runs in one transaction, so that a crash leaves nothing half-made. */
function sqlite(url: string): SqlMigrationAwareDriverAdapterFactory {
  const factory = new PrismaBetterSqlite3({ url, timeout: 30_000 });
  return withScripts(factory, (connection, script) =>
    connection.executeScript(`BEGIN IMMEDIATE;\n${script}\nCOMMIT;`),
  );
}

/** PostgreSQL takes a script whole, in one transaction of its own; the adapter would split it at each semicolon. */
function postgresql(url: string): SqlMigrationAwareDriverAdapterFactory {
  const factory = new PrismaPg({ connectionString: url, max: 2 });
  return withScripts(factory, async (connection, script) => {
    const { client } = connection as unknown as { client: { query(sql: string): Promise<unknown> } };
    await client.query(script).catch((error: unknown) => {
      throw error instanceof pg.DatabaseError ? inEnginesWords(error) : error;
    });
  });
}

/** The engine passes on what the database said only in this shape. */
function inEnginesWords({ code, severity, message, detail, column, hint }: pg.DatabaseError) {
  return new DriverAdapterError({
    kind: 'postgres',
    code: code ?? '',
    severity: severity ?? '',
    message,
    detail,
    column,
    hint,
  });
}

function withScripts(
  factory: SqlMigrationAwareDriverAdapterFactory,
  run: (connection: SqlDriverAdapter, script: string) => Promise<void>,
): SqlMigrationAwareDriverAdapterFactory {
  const wrap = async (opened: Promise<SqlDriverAdapter>) => {
    const connection = await opened;
    const original = connection.executeScript.bind(connection);
    const plain = Object.assign(Object.create(connection) as SqlDriverAdapter, { executeScript: original });
    connection.executeScript = (script) => run(plain, script);
    return connection;
  };
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: () => wrap(factory.connect()),
    connectToShadowDb: () => wrap(factory.connectToShadowDb()),
  };
}
