import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

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

/** Of every project these begin first: a long one at the end would leave the other worker with nothing to do. */
const long = [
  'test/journeys/every-page.test.ts',
  'test/house/kill.test.ts',
  'test/notices/killed.test.ts',
  'test/journeys/work-lists.test.ts',
  'test/guard/law.test.ts',
  'test/incidents/law.test.ts',
  'test/demo/open-with-demo.test.ts',
];

class LongOnesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) => long.some((file) => moduleId.endsWith(file));
    const sorted = await super.sort(files);
    const names = [...new Set(sorted.map(({ project }) => project.name))];
    return names.flatMap((name) => {
      const own = sorted.filter(({ project }) => project.name === name);
      return [...own.filter(isLong), ...own.filter((file) => !isLong(file))];
    });
  }
}

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
    maxWorkers: Math.min(4, Math.max(2, availableParallelism())),
    // Each test opens a registry of its own, and no module holds state: files can share what a worker has loaded.
    isolate: false,
    sequence: { sequencer: LongOnesFirst },
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
