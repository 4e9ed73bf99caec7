// What people use to drop some patients' rows from a CSV file: each takes (file, out) and gives seconds.
import { spawnSync } from 'node:child_process';
import { createReadStream, createWriteStream, openSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DuckDBInstance, version as duckdbVersion } from '@duckdb/node-api';
import { parse } from 'csv-parse';
import { stringify } from 'csv-stringify';
import Papa from 'papaparse';
import { referenceTo } from './make-file.mjs';

const has = (command) => spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;
const versionOf = (name) => JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')).version;

/** What was measured, with versions. */
export async function versions() {
  const own = ['csv-parse', 'csv-stringify', 'papaparse'].map((name) => `${name} ${versionOf(name)}`);
  const mawk = has('mawk')
    ? spawnSync('mawk', ['-W', 'version']).stdout.toString().split('\n')[0]
    : 'no mawk';
  return [`DuckDB ${duckdbVersion()}`, mawk, ...own];
}

/** What is not on this machine, by name. */
export const missing = () => ['curl', 'mawk', 'python3', 'mlr'].filter((command) => !has(command));

/** How fast the machine copies at all. */
export const copy = (...given) => timed((file, out) => shell(['cat', file], out))(...given);

/** DuckDB giving 4 of the 12 columns; DuckDB on objects, one a line; and on FHIR resources. */
export const duckdbSome = (numbers, folder) =>
  timed((file, out) =>
    duckdb(listOf(numbers, folder), file, out, 'nhs_number, substr(event_date, 1, 7), code, value'),
  );
export const duckdbLines = (numbers, folder) =>
  timed((file, out) => duckdbJson(listOf(numbers, folder), file, out));

export const duckdbFhir = (numbers, folder) =>
  timed((file, out) => duckdbResources(listOf(numbers, folder), file, out));

function listOf(numbers, folder) {
  const list = join(folder, 'withheld.txt');
  writeFileSync(list, `${numbers.join('\n')}\n`);
  return list;
}

/** The contenders; `numbers` are those whose rows have to go. `note` says what is wrong with one; one that
 * is slow takes most of a minute or more for 1 GB. */
export function peers(numbers, folder) {
  const list = listOf(numbers, folder);
  const gone = new Set(numbers);
  const notSafe = 'cuts rows at line breaks inside quotes';
  return [
    {
      name: 'DuckDB, anti-join',
      note: 'does not keep the order',
      run: timed((file, out) => duckdb(list, file, out)),
    },
    ...(has('mawk')
      ? [{ name: 'mawk, first column', note: notSafe, run: timed((file, out) => mawk(list, file, out)) }]
      : []),
    ...(has('python3')
      ? [{ name: 'Python csv', isSlow: true, run: timed((file, out) => pythonCsv(list, file, out)) }]
      : []),
    ...(has('mlr')
      ? [{ name: 'Miller, join', isSlow: true, run: timed((file, out) => miller(list, file, out)) }]
      : []),
    { name: 'Papa Parse', isSlow: true, run: timed((file, out) => papa(gone, file, out)) },
    {
      name: 'csv-parse and csv-stringify',
      isSlow: true,
      run: timed((file, out) => csvParse(gone, file, out)),
    },
  ];
}

/** For the table of awkward rows: also what needs no measuring. */
export function usualWays(numbers, folder) {
  const list = listOf(numbers, folder);
  const grep = { name: 'grep -vFf', run: async (file, out) => shell(['grep', '-vFf', list, file], out) };
  return [grep, ...peers(numbers, folder)];
}

function timed(run) {
  return async (file, out) => {
    const start = performance.now();
    await run(file, out);
    return (performance.now() - start) / 1000;
  };
}

function shell([command, ...args], out) {
  const { status } = spawnSync(command, args, { stdio: ['ignore', openSync(out, 'w'), 'inherit'] });
  if (status !== 0) throw new Error(`${command} failed`);
}

async function mawk(list, file, out) {
  shell(['mawk', '-F,', 'NR == FNR { gone[$1]; next } !($1 in gone)', list, file], out);
}

async function pythonCsv(list, file, out) {
  const program = `import csv, sys
gone = set(open(sys.argv[1]).read().split())
with open(sys.argv[2], newline='') as source, open(sys.argv[3], 'w', newline='') as target:
    csv.writer(target, lineterminator='\\n').writerows(row for row in csv.reader(source) if row and row[0] not in gone)`;
  const { status } = spawnSync('python3', ['-c', program, list, file, out], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) throw new Error('Python failed');
}

async function miller(list, file, out) {
  const headed = `${list}.csv`;
  writeFileSync(headed, `nhs_number\n${readFileSync(list, 'utf8')}`);
  shell(['mlr', '--csv', 'join', '--np', '--ur', '-j', 'nhs_number', '-f', headed, file], out);
}

async function duckdbJson(list, file, out) {
  await inDuckdb(
    `COPY (SELECT rows.* FROM read_json('${file}', format = 'newline_delimited') AS rows
       ANTI JOIN read_csv('${list}', header = false, all_varchar = true, columns = {'number': 'VARCHAR'}) AS gone
       ON rows.nhs_number = gone.number) TO '${out}' (FORMAT json)`,
  );
}

/** Patients by their id, all else by its subject. */
async function duckdbResources(list, file, out) {
  const about = "coalesce(rows.subject.reference, 'Patient/' || rows.id)";
  await inDuckdb(
    `COPY (SELECT rows.* FROM read_json('${file}', format = 'newline_delimited') AS rows
       ANTI JOIN read_csv('${list}', header = false, all_varchar = true, columns = {'number': 'VARCHAR'}) AS gone
       ON ${about} = '${referenceTo('')}' || gone.number) TO '${out}' (FORMAT json)`,
  );
}

async function inDuckdb(statement) {
  const instance = await DuckDBInstance.create(':memory:', { threads: String(cpus().length) });
  const connection = await instance.connect();
  await connection.run(statement);
  connection.closeSync();
  instance.closeSync();
}

async function duckdb(list, file, out, which = 'rows.*') {
  const read = (path, header) => `read_csv('${path}', header = ${header}, all_varchar = true`;
  await inDuckdb(
    `COPY (SELECT ${which} FROM ${read(file, true)}) AS rows
       ANTI JOIN ${read(list, false)}, columns = {'number': 'VARCHAR'}) AS gone ON rows.nhs_number = gone.number)
     TO '${out}' (FORMAT csv)`,
  );
}

async function csvParse(gone, file, out) {
  const drop = new Transform({
    objectMode: true,
    transform: (row, _, done) => (gone.has(row[0]) ? done() : done(null, row)),
  });
  const input = createReadStream(file, { highWaterMark: 1 << 20 });
  await pipeline(input, parse({ bom: true }), drop, stringify(), createWriteStream(out));
}

async function papa(gone, file, out) {
  const output = createWriteStream(out);
  const input = createReadStream(file, { highWaterMark: 1 << 20 });
  const parser = Papa.parse(Papa.NODE_STREAM_INPUT);
  let rows = [];
  const write = new Transform({
    writableObjectMode: true,
    transform(row, _, done) {
      if (!gone.has(row[0])) rows.push(row);
      if (rows.length < 1000) return done();
      const text = `${Papa.unparse(rows, { newline: '\n' })}\n`;
      rows = [];
      done(null, text);
    },
    flush: (done) => done(null, rows.length > 0 ? `${Papa.unparse(rows, { newline: '\n' })}\n` : ''),
  });
  await pipeline(input, parser, write, output);
}
