import { PrismaPg } from '@prisma/adapter-pg';
import { DriverAdapterError, type SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import pg from 'pg';
import { withScripts } from './with-scripts.ts';

/** Waits until no other process migrates; what it gives lets the next go on. */
export async function onlyOne(url: string): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('SELECT pg_advisory_lock(7276431)');
  return () => client.end();
}

/** PostgreSQL takes a script whole, in one transaction of its own; the adapter would split it at each semicolon. */
export function postgresql(url: string): SqlMigrationAwareDriverAdapterFactory {
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
