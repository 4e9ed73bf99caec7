// The files that everybody gets: rows of the made-up practice's patients, one in twenty with quoted fields, one in five
// hundred with a line break inside; 12 columns and about 160 bytes a row, as CSV and as NDJSON.
import { closeSync, openSync, writeSync } from 'node:fs';
import { madeUpNhsNumber } from '../../dist/demo/made-up-numbers.js';
import { seeded } from '../../dist/demo/random.js';

export const PATIENTS = 9_500;
export const columns = [
  ...['nhs_number', 'event_date', 'kind', 'code', 'term', 'note'],
  ...['site', 'clinician', 'unit', 'value', 'system', 'entered'],
];
const terms = ['Hypertension', 'Asthma', 'Influenza vaccination', 'Blood pressure taken', 'Full blood count'];
const plain = 'seen in clinic and asked to come back in six months';
const quoted = 'seen in clinic, said "much better", asked to come back';
const broken = 'seen in clinic\nasked to come back in six months';

/** Writes about `bytes` bytes of CSV to `file`, the same for the same size. Returns the number of data rows. */
export const makeFile = (file, bytes) =>
  write(file, bytes, `${columns.join(',')}\n`, (cells) => `${cells.map(inCsv).join(',')}\n`);

/** The same rows as objects, one a line. */
export const makeLines = (file, bytes) =>
  write(
    file,
    bytes,
    '',
    (cells) => `${JSON.stringify(Object.fromEntries(columns.map((name, n) => [name, cells[n]])))}\n`,
  );

function write(file, bytes, header, toText) {
  const random = seeded(1);
  const numbers = Array.from({ length: PATIENTS }, (_, n) => madeUpNhsNumber(n));
  const out = openSync(file, 'w');
  let written = writeSync(out, header);
  let rows = 0;
  while (written < bytes) {
    let piece = '';
    while (piece.length < 1 << 20 && written + piece.length < bytes) {
      piece += toText(oneRow(random, numbers));
      rows += 1;
    }
    written += writeSync(out, piece);
  }
  closeSync(out);
  return rows;
}

const inCsv = (cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

function oneRow(random, numbers) {
  const dice = random.next();
  const note = dice < 0.002 ? broken : dice < 0.05 ? quoted : plain;
  const number = numbers[Math.floor(random.next() * PATIENTS)];
  const month = 10 + Math.floor(random.next() * 3);
  const code = 100_000_000 + Math.floor(random.next() * 900_000_000);
  const day = `20${month}-${month}-1${month - 10}`;
  const more = ['Main', `dr-${code % 40}`, 'mmHg', String(code % 200), 'snomed', day];
  return [number, day, 'observation', String(code), terms[code % 5], note, ...more];
}
