// What people use to drop some patients' rows from a CSV file: each takes (file, out) and gives seconds.
import { spawnSync } from 'node:child_process';
import { createReadStream, createWriteStream, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DuckDBInstance, version as duckdbVersion } from '@duckdb/node-api';
import { parse } from 'csv-parse';
import { stringify } from 'csv-stringify';
import Papa from 'papaparse';

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

/** The contenders; `numbers` are those whose rows have to go. `note` says what is wrong with one. */
export function peers(numbers, folder) {
  const list = join(folder, 'withheld.txt');
  writeFileSync(list, `${numbers.join('\n')}\n`);
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
    { name: 'Papa Parse', once: true, run: timed((file, out) => papa(gone, file, out)) },
    { name: 'csv-parse and csv-stringify', once: true, run: timed((file, out) => csvParse(gone, file, out)) },
  ];
}

/** For the table of awkward rows: also what needs no measuring. */
export function usualWays(numbers, folder) {
  const list = join(folder, 'withheld.txt');
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

async function duckdb(list, file, out) {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  const read = (path, header) => `read_csv('${path}', header = ${header}, all_varchar = true`;
  await connection.run(
    `COPY (SELECT rows.* FROM ${read(file, true)}) AS rows
       ANTI JOIN ${read(list, false)}, columns = {'number': 'VARCHAR'}) AS gone ON rows.nhs_number = gone.number)
     TO '${out}' (FORMAT csv)`,
  );
  connection.closeSync();
  instance.closeSync();
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
