import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { migrate } from '../../src/store/migrate.ts';
import { makeFastFolder } from './fast-folder.ts';
import { findLeaks, readSeen } from './find-leaks.ts';
import { startPostgresql } from './postgresql.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A migrated, empty SQLite file to copy, and a folder for copies. */
    sqliteBase: string;
    folder: string;
    /** A server, and the name of a migrated, empty database on it to copy. Empty when no PostgreSQL test runs. */
    postgresqlUrl: string;
    postgresqlBase: string;
  }
}

type Databases = { folder: string; sqliteBase: string; postgresqlUrl: string; postgresqlBase: string };

/** Vitest calls a global setup once for each project; they share what is made here. */
const shared = globalThis as {
  registryDatabases?: Promise<Databases & { remove(): Promise<void> }>;
  users?: number;
};

/** One migrated, empty database of each kind for the whole run. Each test copies it, so that none sees another. */
export default async function databases(project: TestProject): Promise<() => Promise<void>> {
  shared.registryDatabases ??= makeDatabases(project.vitest.projects.map(({ name }) => name));
  shared.users = (shared.users ?? 0) + 1;
  const { remove, ...made } = await shared.registryDatabases;
  for (const [name, value] of Object.entries(made)) project.provide(name as keyof Databases, value);
  return async () => {
    shared.users = (shared.users ?? 0) - 1;
    if (shared.users === 0) await remove();
  };
}

async function makeDatabases(projects: string[]) {
  const folder = await makeFastFolder('registry-test-');
  const sqliteBase = join(folder, 'base.db');
  await migrate(`file:${sqliteBase}`);
  const needed = projects.some((name) => ['postgresql', 'soak'].includes(name));
  const postgresql = needed ? await startPostgresql() : { url: '', stop: async () => undefined };
  const postgresqlBase = `base_${process.pid}_`;
  if (needed) {
    await onServer(postgresql.url, `CREATE DATABASE ${postgresqlBase}`);
    await migrate(databaseUrl(postgresql.url, postgresqlBase));
  }
  return {
    folder,
    sqliteBase,
    postgresqlUrl: postgresql.url,
    postgresqlBase,
    async remove() {
      const leaks = findLeaks(readSeen(folder));
      if (needed) await dropAll(postgresql.url, postgresqlBase);
      await postgresql.stop();
      await rm(folder, { recursive: true, force: true });
      if (leaks.length === 0) return;
      // Vitest prints what a teardown throws, and would exit with 0 all the same.
      process.exitCode = 1;
      throw new Error(`Patients showed where none may:
${leaks.slice(0, 20).join('\n')}`);
    },
  };
}

/**
 * Takes every row out of a PostgreSQL database, of append-only tables too, and counts from 1 again: what is left is the
 * base as it was migrated. Whoever is still connected is thrown out first.
 */
export async function emptyDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid();
      SET session_replication_role = replica;
      DO $$
      DECLARE one name; has_rows boolean; used text[] := '{}';
      BEGIN
        FOR one IN SELECT tablename FROM pg_tables
          WHERE schemaname = 'public' AND tablename <> '_prisma_migrations' LOOP
          EXECUTE format('SELECT EXISTS (SELECT FROM %I)', one) INTO has_rows;
          IF has_rows THEN used := used || format('%I', one); END IF;
        END LOOP;
        IF used <> '{}' THEN EXECUTE 'TRUNCATE ' || array_to_string(used, ', ') || ' RESTART IDENTITY'; END IF;
      END $$;`);
  } finally {
    await client.end();
  }
}

/** The address of another database on the same server. */
export function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.toString();
}

/** The base, and the copies that were kept to be used again. */
async function dropAll(serverUrl: string, base: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  const { rows } = await client.query<{ datname: string }>(
    'SELECT datname FROM pg_database WHERE starts_with(datname, $1)',
    [base],
  );
  for (const { datname } of rows) await client.query(`DROP DATABASE ${datname} WITH (FORCE)`);
  await client.end();
}

export async function onServer(serverUrl: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
