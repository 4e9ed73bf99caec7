import { readdirSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

// A test that opens a registry runs on both databases; every other test runs once.
const all = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.ts'))
  .map((file) => `test/${file}`)
  .sort();
const files = all.filter((file) => !file.startsWith('test/soak/'));
const inBrowser = files.filter((file) => file.startsWith('test/journeys/'));
const others = files.filter((file) => !inBrowser.includes(file));
const onDatabase = others.filter((file) => readFileSync(file, 'utf8').includes('support/registry'));
const pure = others.filter((file) => !onDatabase.includes(file));

const project = (name: string, include: string[], env: Record<string, string> = {}) => ({
  extends: true as const,
  test: { name, include: include.length > 0 ? include : ['test/none'], env },
});

export default defineConfig({
  test: {
    globalSetup: ['test/support/databases.ts'],
    setupFiles: ['test/support/setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    projects: [
      project('pure', pure),
      project('sqlite', onDatabase, { TEST_DATABASE: 'sqlite' }),
      project('postgresql', onDatabase, { TEST_DATABASE: 'postgresql' }),
      project('browser', inBrowser, { TEST_DATABASE: 'sqlite' }),
      project('soak', all.filter((file) => file.startsWith('test/soak/'))),
    ],
  },
});
