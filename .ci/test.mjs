// `npm test`: types, lint and format, then every test on SQLite and PostgreSQL and in a real browser.
// The last line is `N passed, N failed`; the exit code is 0 only when nothing failed.
// Usage: node .ci/test.mjs [words for vitest, such as a file's name]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findChromium } from './chromium.mjs';

process.chdir(dirname(dirname(fileURLToPath(import.meta.url))));
const projects = ['pure', 'sqlite', 'postgresql', 'browser'];
const node = (script, ...args) =>
  spawnSync(process.execPath, [script, ...args], { stdio: ['ignore', 1, 2], env: process.env }).status === 0;
const say = (text) => process.stdout.write(`${text}\n`);

let passed = 0;
let failed = 0;
function step(name, ok) {
  if (ok) passed += 1;
  else failed += 1;
  say(`${ok ? 'passed' : 'FAILED'}: ${name}`);
}

step('types', node('node_modules/typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.json'));
step(
  'lint and format',
  node('node_modules/@biomejs/biome/bin/biome', 'ci', ...(process.stdout.isTTY ? [] : ['--colors=off']), '.'),
);

const chromium = await findChromium();
if (chromium) process.env.CHROMIUM_PATH = chromium;
else step('a browser for the journeys', false);

const folder = mkdtempSync(join(tmpdir(), 'registry-results-'));
const report = join(folder, 'tests.json');
const ok = node(
  'node_modules/vitest/vitest.mjs',
  'run',
  ...projects.flatMap((project) => ['--project', project]),
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
  ...process.argv.slice(2),
);
const counts = readReport(report);
rmSync(folder, { recursive: true, force: true });
passed += counts.passed;
failed += counts.failed;
if (!ok && counts.failed === 0) step('the test run as a whole', false);

say(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** A file that could not be loaded has no test that failed; it counts as one. A skipped test is a failed one. */
function readReport(file) {
  try {
    const { testResults } = JSON.parse(readFileSync(file, 'utf8'));
    const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
    const good = tests.filter(({ status }) => status === 'passed').length;
    const broken = testResults.filter(
      ({ status, assertionResults }) =>
        status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
    );
    return { passed: good, failed: tests.length - good + broken.length };
  } catch {
    return { passed: 0, failed: 1 };
  }
}
