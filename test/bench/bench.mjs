// `npm run bench [-- --mb 200 | --gb 1] [--runs 5] [--patients 500000] [--quick] [--keep FOLDER]`: the guard beside what others
// would use, on the same made-up files about the patients of one practice, in the same run. `--quick`: 50 MB, 10,000 patients,
// one run, to see that all of it works. `--keep FOLDER`: the practice stays there for the next time. With `--five`, one release
// of 5 GB (or as said) and its memory; with `--ledger`, how long ledgers take to verify; with `--practices` what the guard's
// index takes; with `--growth` what takes longer with more patients; and nothing else. Prints a table in Markdown and writes
// test/bench/results.md. Figures differ from machine to machine; only the ratios are worth quoting.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { awkwardTable } from './awkward-rows.mjs';
import { goalRows } from './goals.mjs';
import { growthTable } from './growth.mjs';
import { law } from './law.mjs';
import { makeFhir, makeFile, makeLines } from './make-file.mjs';
import { practicesTable } from './many-practices.mjs';
import {
  forgetPeak,
  homePage,
  memoryOf,
  post,
  release,
  sendFile,
  startRegistry,
  withheldNumbers,
} from './our-own.mjs';
import { copy, duckdbFhir, duckdbLines, duckdbSome, missing, peers, versions } from './peers.mjs';
import { objected } from './people.mjs';
import { checks, rate } from './rates.mjs';
import { markdown, median } from './table.mjs';
import { verifyTable } from './verify-ledger.mjs';

const { values } = parseArgs({
  options: {
    ...{ mb: { type: 'string' }, gb: { type: 'string' }, runs: { type: 'string' } },
    ...{ patients: { type: 'string' }, quick: { type: 'boolean' }, keep: { type: 'string' } },
    ...{ ledger: { type: 'boolean' }, practices: { type: 'boolean' }, growth: { type: 'boolean' } },
    five: { type: 'boolean' },
  },
});
const usual = values.quick ? { mb: 50, runs: 1, patients: 10_000 } : { mb: 1000, runs: 5, patients: 500_000 };
const megabytes = values.gb ? Number(values.gb) * 1000 : Number(values.mb ?? (values.five ? 5000 : usual.mb));
const bytes = megabytes * 1e6;
const runs = Number(values.runs ?? usual.runs);
const patients = Number(values.patients ?? usual.patients);
if (!(bytes > 0) || !(runs > 0) || !(patients >= 1000)) {
  console.error('Usage: npm run bench -- [--mb 200 | --gb 1] [--runs 5] [--patients 500000] [--quick]');
  process.exit(2);
}

if (values.ledger) {
  console.log(await verifyTable(values.keep));
  process.exit(0);
}

if (values.practices || values.growth) {
  if (values.practices) console.log(practicesTable());
  if (values.growth) console.log(await growthTable());
  process.exit(0);
}

/** What is slow with a file is measured on a tenth of it. */
const TENTH = ' (on a tenth of the file, times ten)';
/** Milliseconds between two pages. */
const BETWEEN_PAGES = 40;
/** Of a small practice, with as long a file. */
const FEW_PATIENTS = 10_000;
const FEW = `scanner, all fields, a practice of ${FEW_PATIENTS}`;
const IN_MEMORY = '/dev/shm';
// The app and the server beside it keep theirs on the disk, where the app's are in a practice; files that are read and written
// are in memory where there is room, so that no more of the disk is measured than that.
const folder = mkdtempSync(join(tmpdir(), 'registry-bench-'));
const files = hasRoom(IN_MEMORY, 13 * bytes) ? mkdtempSync(join(IN_MEMORY, 'registry-bench-')) : folder;
const path = (name) => join(files, name);
const registry = await startRegistry(values.keep ?? folder, patients);
const { numbers } = registry;
let plain;
try {
  const withheld = await withheldNumbers(registry);
  const text = await (values.five ? memoryTable() : compare(withheld));
  console.log(text);
  if (!values.five && !values.quick) writeFileSync('test/bench/results.md', text);
} finally {
  plain?.kill();
  await registry.stop();
  for (const made of [folder, files]) rmSync(made, { recursive: true, force: true });
}

/** One release of a fifth of a large file and one of all of it: how long, and how much memory. */
async function memoryTable() {
  const before = memoryOf(registry);
  forgetPeak(registry);
  const lines = [];
  for (const size of [bytes / 5, bytes]) {
    const file = path('large.csv');
    makeFile(file, size, numbers);
    const took = await release(registry, 'bench-all')(file, '/dev/null');
    lines.push([size / 1e9, took.toFixed(1), (size / 1e6 / took).toFixed(0), memoryOf(registry).peak]);
  }
  const table = markdown(['release of so many GB', 'seconds', 'MB/s', 'peak memory so far'], lines);
  return `${table}\nBefore the first, with the index of ${patients} patients: ${before.now}; at most ${before.peak} while that was read.`;
}

async function compare(withheld) {
  const [csv, lines, resources, tenth] = ['all.csv', 'all.ndjson', 'resources.ndjson', 'tenth.csv'].map(path);
  const fewPatients = path('few.csv');
  const rows = makeFile(csv, bytes, numbers);
  const objectors = numbers.filter((_, ordinal) => objected(ordinal));
  makeLines(lines, bytes, numbers);
  const linesSize = statSync(lines).size;
  makeFhir(resources, bytes, numbers);
  makeFile(tenth, bytes / 10, numbers);
  const few = Math.min(FEW_PATIENTS, patients);
  makeFile(fewPatients, bytes, numbers.slice(0, few));
  const others = peers(withheld, files);
  plain = spawn(process.execPath, ['test/bench/plain-servers.mjs', folder, path('withheld.txt')]);
  const plainPort = Number(String((await once(plain.stdout, 'data'))[0]));

  const seconds = {};
  const measured = [];
  const note = (name, took, file, label = name) => {
    seconds[name] = took;
    measured.push([label, took.toFixed(2), (statSync(file).size / 1e6 / took).toFixed(0)]);
    console.error(`  ${label}: ${took.toFixed(2)} s`);
  };
  const measure = async (name, run, file, label = name) => {
    const all = [];
    for (let i = -1; i < runs; i++) {
      const took = await run(file, path('out'));
      if (i >= 0) all.push(took);
    }
    note(name, median(all), file, label);
  };
  await measure('copy', copy, csv);
  await measure('scanner, all fields', scanner('text/csv', 'all'), csv);
  await measure('scanner, few patients', scanner('text/csv', 'all', few), fewPatients, FEW);
  await measure('scanner, 4 fields', scanner('text/csv', 'some'), csv);
  await measure('scanner, NDJSON', scanner('application/x-ndjson', 'all'), lines);
  await measure('DuckDB, 4 fields', duckdbSome(withheld, files), csv);
  await measure('DuckDB, JSON', duckdbLines(withheld, files), lines);
  const before = memoryOf(registry);
  forgetPeak(registry);
  await measure('release, all fields', release(registry, 'bench-all'), csv);
  const held = await law(csv, path('out'), objectors);
  const memory = memoryOf(registry).peak;
  await measure('release, 4 fields', release(registry, 'bench-some'), csv);
  await measure('release, NDJSON', release(registry, 'bench-all', 'application/x-ndjson'), lines);
  await measure('scanner, FHIR NDJSON', scanner('application/fhir+ndjson', 'all'), resources);
  await measure('DuckDB, FHIR JSON', duckdbFhir(withheld, files), resources);
  await measure(
    'release, FHIR NDJSON',
    release(registry, 'bench-fhir', 'application/fhir+ndjson'),
    resources,
  );
  await measure('upload and back', sendFile(`http://127.0.0.1:${plainPort}/back`, {}), csv);
  for (const { name, run, isSlow } of others)
    if (isSlow) note(name, (await run(tenth, path('out'))) * ratioOf(csv, tenth), csv, name + TENTH);
    else await measure(name, run, csv);

  const logIn = { url: `${registry.address}/log-in`, method: 'GET' };
  const askFor = { home: await homePage(registry), logIn: () => post(logIn) };
  // As somebody at the desk who is in a hurry; what a page takes is not there for releases.
  const opened = async (seconds) => ({
    home: await rate(1, seconds, askFor.home, BETWEEN_PAGES),
    logIn: await rate(1, seconds, askFor.logIn, BETWEEN_PAGES),
  });
  const idle = await opened(4);
  // What is in memory is not there for what the spools have not written to the disk yet.
  for (const done of [fewPatients, lines, resources, path('out')]) rmSync(done);
  const fourAtOnce = () =>
    Promise.all([1, 2, 3, 4].map((n) => release(registry, 'bench-all')(csv, path(`out-${n}`))));
  // What they keep on the disk is in memory first: a machine that has not had so much in use for a while takes long to find it.
  const rounds = [];
  for (let i = -1; i < runs; i++) {
    const start = performance.now();
    const each = await fourAtOnce();
    const seconds = (performance.now() - start) / 1000;
    if (i >= 0) rounds.push({ each, seconds });
    console.error(`  four releases at once: ${seconds.toFixed(2)} s`);
  }
  const four = rounds.sort((one, other) => one.seconds - other.seconds)[rounds.length >> 1];
  // Once more, with somebody at the desk.
  let busy = true;
  const again = fourAtOnce().finally(() => (busy = false));
  again.catch(() => undefined);
  const loaded = await opened(4);
  const pages = { idle, loaded, wasBusy: busy };
  await again;
  const small = await checks(registry, plainPort);

  const size = statSync(csv).size;
  return [
    '# Measured by `npm run bench`\n',
    `${new Date().toISOString().slice(0, 10)}; ${cpus().length} × ${cpus()[0].model}, ${Math.round(totalmem() / 2 ** 30)} GiB;`,
    `Node ${process.version}; ${(await versions()).join('; ')}; missing: ${missing().join(', ') || 'nothing'}.`,
    `${rows} rows of 12 columns, ${size} bytes (NDJSON ${linesSize}), ${withheld.length} of ${patients} patients withheld; median of ${runs}, warm; files ${files === folder ? 'on the disk' : 'in memory, the app’s own on the disk'};`,
    `the app held ${before.now} before the first release, with the index of all its patients, and at most ${before.peak} while that was read.`,
    `${held}\n`,
    markdown(['', 'goal', 'measured'], goalRows({ seconds, others, memory, small, four, pages })),
    markdown(['', 'seconds', 'MB/s'], measured),
    markdown(
      ['checks', 'per second', 'p50 ms', 'p99 ms'],
      Object.entries({
        'one number, one client': small.alone,
        'one number, 64 clients': small.together,
        '10,000 numbers, 8 clients': small.many,
        '10,000 numbers, 8 clients, JSON.parse and a Set': small.manyPlain,
      }).map(([name, { perSecond, p50, p99 }]) => [
        name,
        perSecond.toFixed(0),
        p50.toFixed(1),
        p99.toFixed(1),
      ]),
    ),
    'What the usual ways get wrong, on awkward but ordinary rows:\n',
    await awkwardTable(registry, withheld, files),
  ].join('\n');
}

function hasRoom(where, size) {
  try {
    const { bavail, bsize } = statfsSync(where);
    return bavail * bsize > size;
  } catch {
    return false;
  }
}

function ratioOf(file, other) {
  return statSync(file).size / statSync(other).size;
}

/** The guard's scanner alone, in a process of its own. */
function scanner(format, which, size = patients) {
  return async (file, out) => {
    const list = path('withheld.txt');
    const program = ['test/bench/scan-file.mjs', format, which, String(size), list, file, out];
    const child = spawn(process.execPath, program, { stdio: ['ignore', 'pipe', 'inherit'] });
    const said = [];
    child.stdout.on('data', (piece) => said.push(piece));
    const [code] = await once(child, 'exit');
    if (code !== 0) throw new Error('the scanner failed');
    return Number(said.join(''));
  };
}
