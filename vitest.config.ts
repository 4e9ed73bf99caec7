import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { defineConfig } from 'vitest/config';

// A test that opens a registry runs on both databases; every other test runs once.
const all = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.ts'))
  .map((file) => `test/${file}`)
  .sort();
const files = all.filter((file) => !file.startsWith('test/soak/'));
const inBrowser = files.filter((file) => file.startsWith('test/journeys/'));
const others = files.filter((file) => !inBrowser.includes(file));
const onDatabase = others.filter((file) => opensRegistry(file));
const pure = others.filter((file) => !onDatabase.includes(file));

const project = (name: string, include: string[], env: Record<string, string> = {}) => ({
  extends: true as const,
  test: { name, include: include.length > 0 ? include : ['test/none'], env },
});

/** Whether a test opens a registry or a database, by itself or through the helpers beside it that it imports. */
function opensRegistry(file: string, seen = new Set<string>()): boolean {
  if (['test/support/registry.ts', 'test/support/databases.ts'].includes(file)) return true;
  if (seen.has(file) || !file.startsWith('test/')) return false;
  seen.add(file);
  const imports = readFileSync(file, 'utf8').matchAll(/from '(\.{1,2}\/[^']+\.ts)'/g);
  return [...imports].some(([, path = '']) => opensRegistry(join(dirname(file), path), seen));
}

export default defineConfig({
  test: {
    globalSetup: ['test/support/databases.ts'],
    setupFiles: ['test/support/setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    // Each test opens a registry of its own, and no module holds state: files can share what a worker has loaded.
    isolate: false,
    projects: [
      project('pure', pure),
      project('sqlite', onDatabase, { TEST_DATABASE: 'sqlite' }),
      project('postgresql', onDatabase, { TEST_DATABASE: 'postgresql' }),
      project('browser', inBrowser, { TEST_DATABASE: 'sqlite' }),
      project(
        'soak',
        all.filter((file) => file.startsWith('test/soak/')),
      ),
    ],
  },
});
