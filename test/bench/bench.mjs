// `npm run bench [-- --mb 200 | --gb 1] [--runs 3]`: the guard beside what others would use, on the same made-up files, in
// the same run; with `--ledger [--keep FOLDER]`, how long ledgers take to verify, with `--practices` what the guard's index
// takes, with `--growth` what takes longer with more patients, and nothing else. Prints a table in
// Markdown and writes test/bench/results.md. Figures differ from machine to machine; only the ratios are worth quoting.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { awkwardTable } from './awkward-rows.mjs';
import { growthTable } from './growth.mjs';
import { makeFhir, makeFile, makeLines, PATIENTS } from './make-file.mjs';
import { practicesTable } from './many-practices.mjs';
import { peakMemory, post, release, sendFile, startRegistry, withheldNumbers } from './our-own.mjs';
import { copy, duckdbFhir, duckdbLines, duckdbSome, missing, peers, versions } from './peers.mjs';
import { checks, rate } from './rates.mjs';
import { markdown, median } from './table.mjs';
import { verifyTable } from './verify-ledger.mjs';

const { values } = parseArgs({
  options: {
    ...{ mb: { type: 'string' }, gb: { type: 'string' }, runs: { type: 'string', default: '3' } },
    ...{ ledger: { type: 'boolean' }, keep: { type: 'string' } },
    ...{ practices: { type: 'boolean' }, growth: { type: 'boolean' } },
  },
});
const bytes = values.gb ? Number(values.gb) * 1e9 : Number(values.mb ?? 200) * 1e6;
const runs = Number(values.runs);
if (!(bytes > 0) || !(runs > 0)) {
  console.error('Usage: npm run bench -- [--mb 200 | --gb 1] [--runs 3]');
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

const folder = mkdtempSync(join(tmpdir(), 'registry-bench-'));
const path = (name) => join(folder, name);
const registry = await startRegistry(folder);
let plain;
try {
  const csv = path('events.csv');
  const lines = path('events.ndjson');
  const rows = makeFile(csv, bytes);
  makeLines(lines, bytes);
  const resources = path('resources.ndjson');
  makeFhir(resources, bytes);
  const withheld = await withheldNumbers(registry);
  const others = peers(withheld, folder);
  plain = spawn(process.execPath, ['test/bench/plain-servers.mjs', folder, path('withheld.txt')]);
  const plainPort = Number(String((await once(plain.stdout, 'data'))[0]));

  const seconds = {};
  const measure = async (name, run, file, { times = runs, warm = true } = {}) => {
    const all = [];
    for (let i = warm ? -1 : 0; i < times; i++) {
      const took = await run(file, path('out'));
      if (i >= 0) all.push(took);
    }
    seconds[name] = median(all);
    console.error(`  ${name}: ${seconds[name].toFixed(2)} s`);
  };
  await measure('copy', copy, csv);
  await measure('scanner, all fields', scanner('text/csv', 'all'), csv);
  await measure('scanner, 4 fields', scanner('text/csv', 'some'), csv);
  await measure('scanner, NDJSON', scanner('application/x-ndjson', 'all'), lines);
  await measure('DuckDB, 4 fields', duckdbSome(withheld, folder), csv);
  await measure('DuckDB, JSON', duckdbLines(withheld, folder), lines);
  await measure('release, all fields', release(registry, 'bench-all'), csv);
  const memory = peakMemory(registry);
  await measure('release, 4 fields', release(registry, 'bench-some'), csv);
  await measure('release, NDJSON', release(registry, 'bench-all', 'application/x-ndjson'), lines);
  await measure('scanner, FHIR NDJSON', scanner('application/fhir+ndjson', 'all'), resources);
  await measure('DuckDB, FHIR JSON', duckdbFhir(withheld, folder), resources);
  await measure(
    'release, FHIR NDJSON',
    release(registry, 'bench-fhir', 'application/fhir+ndjson'),
    resources,
  );
  await measure('upload and back', sendFile(`http://127.0.0.1:${plainPort}/back`, {}), csv);
  for (const { name, run, once: isSlow } of others)
    await measure(name, run, csv, isSlow ? { times: 1, warm: false } : {});

  const home = { url: `${registry.address}/log-in`, method: 'GET' };
  const idle = await rate(1, 2, () => post(home));
  const four = performance.now();
  const atOnce = Promise.all([1, 2, 3, 4].map((n) => release(registry, 'bench-all')(csv, path(`out-${n}`))));
  let busy = true;
  atOnce.finally(() => (busy = false)).catch(() => undefined);
  const loaded = await rate(1, 1, () => post(home));
  const each = await atOnce;
  const fourSeconds = (performance.now() - four) / 1000;
  const small = await checks(registry, plainPort);

  const duckdb = seconds['DuckDB, anti-join'];
  const fastest = Math.min(
    ...others.filter(({ name }) => !name.startsWith('DuckDB')).map(({ name }) => seconds[name]),
  );
  const x = (ratio) => `${ratio.toFixed(2)}`;
  const goals = [
    [
      'scanner, CSV, all fields, against DuckDB’s anti-join',
      '≥ 6',
      x(duckdb / seconds['scanner, all fields']),
    ],
    [
      'scanner, CSV, 4 of 12 fields, against DuckDB’s',
      '≥ 4.5',
      x(seconds['DuckDB, 4 fields'] / seconds['scanner, 4 fields']),
    ],
    [
      'scanner, all fields: its time against copying',
      '≤ 1.5',
      x(seconds['scanner, all fields'] / seconds.copy),
    ],
    ['release over HTTP against DuckDB’s anti-join', '≥ 1.5', x(duckdb / seconds['release, all fields'])],
    [
      'release over HTTP, 4 of 12 fields, against DuckDB’s',
      '',
      x(seconds['DuckDB, 4 fields'] / seconds['release, 4 fields']),
    ],
    [
      'release over HTTP against upload and back',
      '≥ 0.5',
      x(seconds['upload and back'] / seconds['release, all fields']),
    ],
    [
      'release over HTTP against the fastest of the others',
      '≥ 1.3',
      x(fastest / seconds['release, all fields']),
    ],
    ['scanner, NDJSON, against DuckDB’s', '≥ 3', x(seconds['DuckDB, JSON'] / seconds['scanner, NDJSON'])],
    [
      'release over HTTP, NDJSON, against the same',
      '≥ 1.5',
      x(seconds['DuckDB, JSON'] / seconds['release, NDJSON']),
    ],
    [
      'release over HTTP, FHIR NDJSON, against DuckDB’s on the subject',
      '≥ 1.5',
      x(seconds['DuckDB, FHIR JSON'] / seconds['release, FHIR NDJSON']),
    ],
    ['peak memory of the app', '< 200 MB', memory],
    [
      'checks of one number: 64 clients against one, which has a transaction for each',
      '≥ 5',
      x(small.together.perSecond / small.alone.perSecond),
    ],
    ['checks of one number, 64 clients: p99 against p50', '< 10', x(small.together.p99 / small.together.p50)],
    [
      'check of 10,000 numbers, 8 clients, against JSON.parse and a Set',
      '≥ 4',
      x(small.many.perSecond / small.manyPlain.perSecond),
    ],
    [
      'four releases at once: throughput against one',
      '≥ 1',
      x((4 * seconds['release, all fields']) / fourSeconds),
    ],
    ['four releases at once: the slowest against the quickest', '', x(Math.max(...each) / Math.min(...each))],
    [
      `four releases at once: p99 of the log-in page against idle${busy ? '' : ' (they were over first)'}`,
      '< 5',
      x(loaded.p99 / idle.p99),
    ],
    ['saving an objection until it is withheld on another process', 'next answer', '`--growth`'],
    ['index of a practice of 10,000, of one of 500,000', '< 400 kB, < 10 MB', '`--practices`'],
    ['recording, opening, report with 10,000 and 1,000,000 patients', 'how each grows', '`--growth`'],
  ];
  const size = statSync(csv).size;
  const text = [
    '# Measured by `npm run bench`\n',
    `${new Date().toISOString().slice(0, 10)}; ${cpus().length} × ${cpus()[0].model}, ${Math.round(totalmem() / 2 ** 30)} GiB;`,
    `Node ${process.version}; ${(await versions()).join('; ')}; missing: ${missing().join(', ') || 'nothing'}.`,
    `${rows} rows of 12 columns, ${size} bytes (NDJSON ${statSync(lines).size}), ${withheld.length} of ${PATIENTS} patients withheld; median of ${runs}, warm.\n`,
    markdown(['', 'goal', 'measured'], goals),
    markdown(
      ['', 'seconds', 'MB/s'],
      Object.entries(seconds).map(([name, took]) => [
        name,
        took.toFixed(2),
        (statSync(/FHIR/.test(name) ? resources : /JSON/.test(name) ? lines : csv).size / 1e6 / took).toFixed(
          0,
        ),
      ]),
    ),
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
    await awkwardTable(registry, withheld, folder),
  ].join('\n');
  console.log(text);
  writeFileSync('test/bench/results.md', text);
} finally {
  plain?.kill();
  await registry.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** The guard's scanner alone, in a process of its own. */
function scanner(format, which) {
  return async (file, out) => {
    const program = ['test/bench/scan-file.mjs', format, which, path('withheld.txt'), file, out];
    const child = spawn(process.execPath, program, { stdio: ['ignore', 'pipe', 'inherit'] });
    const said = [];
    child.stdout.on('data', (piece) => said.push(piece));
    const [code] = await once(child, 'exit');
    if (code !== 0) throw new Error('the scanner failed');
    return Number(said.join(''));
  };
}
