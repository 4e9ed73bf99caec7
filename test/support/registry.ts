import { copyFile, mkdir, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { inject } from 'vitest';
import { createApp } from '../../src/app.ts';
import { type Config, readConfig } from '../../src/config.ts';
import { openLog } from '../../src/log.ts';
import { type Outside, type Services, services } from '../../src/services.ts';
import { missingTriggers } from '../../src/store/append-only.ts';
import { httpServer } from '../../src/web/http-server.ts';
import { databaseUrl, emptyDatabase, onServer } from './databases.ts';
import { noteLogLine } from './seen.ts';
import { expectLedgerVerifies } from './verify-after.ts';
import { watchServer, watchSessions } from './watch.ts';

/** A whole registry of its own, on a fresh copy of the empty database: the app that users get, nothing switched off. */
export type Registry = {
  readonly services: Services;
  readonly config: Config;
  /** The environment with which another process (command line, second app) works on the same registry. */
  readonly env: Record<string, string>;
  /** Starts the app on a free port and gives its address, http://127.0.0.1:… */
  listen(): Promise<string>;
  /** For a test that breaks its ledger on purpose: `close` does not verify it then. `why` is for the reader. */
  leaveBroken(why: string): void;
  /** Verifies the ledger of every practice in it, and leaves nothing behind. */
  close(): Promise<void>;
};

let made = 0;

/** Opens one; which database it is, the vitest project says. `settings` are environment variables. */
export async function openRegistry(
  settings: Record<string, string> = {},
  outside: Outside = {},
): Promise<Registry> {
  made += 1;
  const name = `test_${process.pid}_${made}_${Math.random().toString(36).slice(2, 8)}`;
  const dataDir = join(inject('folder'), name);
  await mkdir(dataDir, { recursive: true });
  const { url, drop } =
    process.env.TEST_DATABASE === 'postgresql' ? await onPostgresql(name) : await onSqlite(dataDir);
  const env = {
    NODE_ENV: 'test',
    HOST: '127.0.0.1',
    PORT: '0',
    DATA_DIR: dataDir,
    DATABASE_URL: url,
    DEMO: 'false',
    LOG_LEVEL: 'info',
    ...settings,
  };
  const read = readConfig(env);
  if (!read.ok) throw new Error(read.faults.join('\n'));
  const log = openLog('info', { write: noteLogLine });
  const opened = await services(read.config, { log, ...outside });
  const servers: Server[] = [];
  let broken = false;
  return {
    services: opened,
    config: read.config,
    env,
    async listen() {
      const server = watchServer(
        httpServer(createApp({ ...opened, sessions: watchSessions(opened.sessions) })),
      );
      servers.push(server);
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
    leaveBroken() {
      broken = true;
    },
    async close() {
      for (const server of servers) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
      try {
        if (!broken) await expectLedgerVerifies(opened);
      } finally {
        const missing = await missingTriggers(opened.database).catch(() => ['all']);
        await opened.close();
        await drop(broken || missing.length > 0);
        await rm(dataDir, { recursive: true, force: true });
      }
    },
  };
}

async function onSqlite(dataDir: string) {
  const file = join(dataDir, 'registry.db');
  await copyFile(inject('sqliteBase'), file);
  return { url: `file:${file}`, drop: async (_isBroken: boolean) => undefined };
}

/** Databases that were emptied after use: to make one takes several times as long. */
const emptied: string[] = [];

async function onPostgresql(name: string) {
  const server = inject('postgresqlUrl');
  const base = inject('postgresqlBase');
  const database = emptied.pop() ?? `${base}${name}`;
  const url = databaseUrl(server, database);
  if (database.endsWith(name)) await onServer(server, `CREATE DATABASE ${database} TEMPLATE ${base}`);
  return {
    url,
    async drop(isBroken: boolean) {
      if (isBroken) return onServer(server, `DROP DATABASE ${database} WITH (FORCE)`);
      await emptyDatabase(url);
      emptied.push(database);
    },
  };
}
