// `npm run bench [-- --mb 200 | --gb 1] [--runs 3]`: a release through HTTP beside what others would use, on the same
// made-up file, in the same run; with `--ledger`, how long a ledger of ten years takes to verify, and nothing else.
// Figures differ from machine to machine; only the ratios are worth quoting.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { awkwardTable } from './awkward-rows.mjs';
import { makeFile } from './make-file.mjs';
import { checksPerSecond, peakMemory, release, startRegistry, withheldNumbers } from './our-own.mjs';
import { peers, versions } from './peers.mjs';
import { median, table } from './table.mjs';
import { verifyTable } from './verify-ledger.mjs';

const { values } = parseArgs({
  options: {
    ...{ mb: { type: 'string' }, gb: { type: 'string' }, runs: { type: 'string', default: '3' } },
    ledger: { type: 'boolean' },
  },
});
const bytes = values.gb ? Number(values.gb) * 1e9 : Number(values.mb ?? 200) * 1e6;
const runs = Number(values.runs);
if (!(bytes > 0) || !(runs > 0)) {
  console.error('Usage: npm run bench -- [--mb 200 | --gb 1] [--runs 3]');
  process.exit(2);
}

if (values.ledger) {
  console.log(await verifyTable());
  process.exit(0);
}

const folder = mkdtempSync(join(tmpdir(), 'registry-bench-'));
const registry = await startRegistry(folder);
try {
  const { model } = cpus()[0];
  console.log(`${cpus().length} x ${model}, ${Math.round(totalmem() / 2 ** 30)} GiB, files in ${folder}`);
  console.log(`Node ${process.version}; ${(await versions()).join('; ')}\n`);

  const file = join(folder, 'events.csv');
  const rows = makeFile(file, bytes);
  const withheld = await withheldNumbers(registry);
  const size = statSync(file).size;
  console.log(`${rows} rows, ${size} bytes, ${withheld.length} of 9500 patients withheld\n`);

  const contenders = [
    { name: 'a release through HTTP, all columns kept', run: release(registry, 'research-events') },
    { name: 'a release through HTTP, pseudonym and month', run: release(registry, 'planning-minimum') },
    ...peers(withheld, folder),
  ];
  const results = [];
  for (const { name, run, once, note } of contenders) {
    const times = [];
    for (let i = 0; i < (once ? 1 : runs); i++) times.push(await run(file, join(folder, 'out.csv')));
    const seconds = median(times);
    results.push({ name, seconds, note: note ?? '' });
    console.error(`  ${name}: ${seconds.toFixed(2)} s`);
  }
  const ours = results[0].seconds;
  console.log(
    table(
      ['', 'MB/s', 'rows/s', 'ours is', ''],
      results.map(({ name, seconds, note }) => [
        name,
        (size / 1e6 / seconds).toFixed(0),
        Math.round(rows / seconds),
        `${(seconds / ours).toFixed(2)} x`,
        note,
      ]),
    ),
  );
  console.log(`peak memory of the app: ${peakMemory(registry)}\n`);

  console.log(table(['checks', 'per second'], await checksPerSecond(registry)));
  console.log('What the usual ways get wrong, on awkward but ordinary rows:\n');
  console.log(await awkwardTable(registry, withheld, folder));
} finally {
  await registry.stop();
  rmSync(folder, { recursive: true, force: true });
}
