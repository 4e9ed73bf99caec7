// What the guard's index of a practice takes, and how fast it is there: `npm run bench -- --practices`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NumberDecider } from '../../dist/guard/decide-number.js';
import { LiveIndex } from '../../dist/guard/live-index.js';
import { patientIndexSource } from '../../dist/store/patient-index-store.js';
import { openRegistry } from './many-patients.mjs';
import { flags } from './our-own.mjs';
import { numbersOf } from './people.mjs';
import { markdown, median } from './table.mjs';

/** So many of the small practices are measured of the thousands that a federation has; each by itself, none is like another. */
const SMALL = 20;
const sizes = { small: 10_000, large: 500_000 };
const rule = { withholdsNobody: false, type1: true, type2: true, includeLeft: false };

/** The table: size in memory, time of the first use, decisions a second. */
export function practicesTable() {
  const folder = mkdtempSync(join(tmpdir(), 'registry-practices-'));
  try {
    // In a process of its own, with a collector that can be asked.
    const once = spawnSync(
      process.execPath,
      ['--expose-gc', ...flags, fileURLToPath(import.meta.url), folder],
      {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    const measured = JSON.parse(once.stdout);
    const rows = measured.map(({ practices, patients, kilobytes, milliseconds, decisions }) => [
      `${practices} of ${patients} patients`,
      `${kilobytes.toFixed(0)} kB`,
      `${milliseconds.toFixed(0)} ms`,
      `${(decisions / 1e6).toFixed(1)} million`,
    ]);
    return markdown(['index of a practice', 'memory', 'first use', 'decisions a second'], rows);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(folder) {
  const registry = await openRegistry(folder);
  const measured = [
    await measureOnes(registry, folder, SMALL, sizes.small),
    await measureOnes(registry, folder, 1, sizes.large),
  ];
  await registry.close();
  return measured;
}

async function measureOnes(registry, folder, practices, patients) {
  const opened = [];
  for (let n = 0; n < practices; n++) {
    const practiceId = await registry.addPractice(`A${10_000 + patients / 100 + n}`, patients);
    opened.push(new LiveIndex(patientIndexSource(registry.database, practiceId), join(folder, 'spool')));
  }
  const before = await held();
  const [indexes, times] = [[], []];
  for (const live of opened) {
    const start = performance.now();
    indexes.push(await live.refresh());
    times.push(performance.now() - start);
    await held();
  }
  // All of them together: of one alone the collector leaves more or less behind than it takes.
  const kilobytes = ((await held()) - before) / practices / 1000;
  const rates = indexes.map((index) => decisionsASecond(index, patients));
  return { practices, patients, kilobytes, milliseconds: median(times), decisions: median(rates) };
}

/** What is in use when all that is not was collected. */
async function held() {
  for (let n = 0; n < 3; n++) {
    globalThis.gc();
    await new Promise((resolve) => setImmediate(resolve));
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function decisionsASecond(index, patients) {
  const keys = Int32Array.from(numbersOf(patients), (number) => Number(number.slice(0, 9)));
  // As a file has them: in no order.
  for (let n = keys.length - 1; n > 0; n--) {
    const other = Math.floor(Math.random() * (n + 1));
    [keys[n], keys[other]] = [keys[other], keys[n]];
  }
  const some = keys.subarray(0, sizes.small);
  const once = () => new NumberDecider(rule, index).decideAll(some);
  for (let n = 0; n < 20; n++) once();
  const start = performance.now();
  for (let n = 0; n < 100; n++) once();
  return (100 * some.length * 1000) / (performance.now() - start);
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  console.log(JSON.stringify(await measure(process.argv[2])));
