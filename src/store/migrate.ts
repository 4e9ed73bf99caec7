import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import {
  bindMigrationAwareSqlAdapterFactory,
  DriverAdapterError,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import type { MigrationList, SchemaEngine } from '@prisma/schema-engine-wasm';
import { withScripts } from './with-scripts.ts';

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
  return kindOf(url) === 'sqlite' ? async () => undefined : (await postgresqls()).onlyOne(url);
}

/** Who has SQLite, as most do, does without the driver of the other. */
const postgresqls = () => import('./migrate-postgresql.ts');

/** What Prisma's own table says was applied; nothing when there is no such table yet. */
async function readHistory(url: string): Promise<{ name: string; finished: boolean }[]> {
  const connection = await (await adapterFor(url)).connect();
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
  const factory = remembering(await adapterFor(url), connections);
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

async function adapterFor(url: string): Promise<SqlMigrationAwareDriverAdapterFactory> {
  return kindOf(url) === 'sqlite' ? sqlite(url) : (await postgresqls()).postgresql(url);
}

/** A script runs in one transaction, so that a crash leaves nothing half-made. */
function sqlite(url: string): SqlMigrationAwareDriverAdapterFactory {
  const factory = new PrismaBetterSqlite3({ url, timeout: 30_000 });
  return withScripts(factory, (connection, script) =>
    connection.executeScript(`BEGIN IMMEDIATE;\n${script}\nCOMMIT;`),
  );
}
