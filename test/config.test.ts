import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { readConfig } from '../src/config.ts';

const secret = 'x'.repeat(32);
const production = {
  NODE_ENV: 'production',
  MASTER_KEY: secret,
  SESSION_SECRET: secret,
  PUBLIC_URL: 'https://registry.example/',
};

test('with no setting at all there is something to try things out on', () => {
  const read = readConfig({});
  expect(read).toMatchObject({
    ok: true,
    config: {
      production: false,
      port: 3000,
      host: '127.0.0.1',
      demo: true,
      dataDir: resolve('./data'),
      databaseUrl: `file:${resolve('./data')}/registry.db`,
      publicUrl: 'http://localhost:3000',
      clientStallMs: 60_000,
      releasesMax: 32,
    },
  });
});

test('production has no made-up practice, and takes its secrets from the settings', () => {
  expect(readConfig(production)).toMatchObject({
    ok: true,
    config: { production: true, demo: false, masterKey: secret, publicUrl: 'https://registry.example' },
  });
});

test('every fault is named at once, each with its setting', () => {
  const read = readConfig({
    NODE_ENV: 'production',
    PORT: '70000',
    DATABASE_URL: 'mysql://x',
    DEMO: 'true',
    PUBLIC_URL: 'http://x.example',
  });
  expect(read.ok ? [] : read.faults.map((fault) => fault.split(':')[0])).toEqual([
    'PORT',
    'DATABASE_URL',
    'MASTER_KEY',
    'SESSION_SECRET',
    'PUBLIC_URL',
    'DEMO',
  ]);
});

test.each([
  [{ PORT: 'abc' }, 'PORT'],
  [{ DEMO: 'yes' }, 'DEMO'],
  [{ MASTER_KEY: 'short' }, 'MASTER_KEY'],
  [{ SPOOL_MAX: '-1' }, 'SPOOL_MAX'],
  [{ RELEASES_MAX: '0' }, 'RELEASES_MAX'],
  [{ RELEASES_MAX: '1.5' }, 'RELEASES_MAX'],
  [{ PUBLIC_URL: 'ftp://x.example' }, 'PUBLIC_URL'],
  [{ NODE_ENV: 'prod' }, 'NODE_ENV'],
])('%o is refused', (settings, name) => {
  const read = readConfig(settings);
  expect(read.ok ? [] : read.faults).toEqual([expect.stringMatching(`^${name}: `)]);
});

test('an empty setting is one that was not set', () => {
  expect(readConfig({ PORT: '', DEMO: '' })).toMatchObject({ ok: true, config: { port: 3000, demo: true } });
});
