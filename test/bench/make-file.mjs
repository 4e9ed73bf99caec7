// The files that everybody gets: rows of the practice's patients, one in twenty with quoted fields, one in five hundred with
// a line break inside; 12 columns and about 160 bytes a row, as CSV and as NDJSON, and the like as FHIR resources.
import { closeSync, openSync, writeSync } from 'node:fs';
import { seeded } from '../../dist/demo/random.js';

export const columns = [
  ...['nhs_number', 'event_date', 'kind', 'code', 'term', 'note'],
  ...['site', 'clinician', 'unit', 'value', 'system', 'entered'],
];
const terms = ['Hypertension', 'Asthma', 'Influenza vaccination', 'Blood pressure taken', 'Full blood count'];
const plain = 'seen in the clinic today and asked to come back in six months';
const quoted = 'seen in the clinic today, said "much better", to come back soon';
const broken = 'seen in the clinic today\nand asked to come back in six months';

/** Writes about `bytes` bytes of CSV about these people to `file`, always the same. Returns the number of data rows. */
export const makeFile = (file, bytes, numbers) =>
  write(
    { file, bytes, numbers, header: `${columns.join(',')}\n` },
    (cells) => `${cells.map(inCsv).join(',')}\n`,
  );

/** The same rows as objects, one a line. */
export const makeLines = (file, bytes, numbers) =>
  write(
    { file, bytes, numbers, header: '' },
    (cells) => `${JSON.stringify(Object.fromEntries(columns.map((name, n) => [name, cells[n]])))}\n`,
  );

const NHS = 'https://fhir.nhs.uk/Id/nhs-number';
const idOf = (number) => `6a4160eb-a793-4f86-9302-37${number}`;

/** How an Observation refers to the patient with a number. */
export const referenceTo = (number) => `Patient/${idOf(number)}`;

/**
 * As FHIR resources, one a line: patients, and then Observations of the same rows, each about one of them. Of everybody at
 * 1 GB; of fewer in a smaller file, which would else have nothing but patients.
 */
export function makeFhir(file, bytes, numbers) {
  const some = numbers.slice(0, Math.ceil(bytes / 2000));
  const header = some.map((number) => `${JSON.stringify(patient(number))}\n`).join('');
  return write({ file, bytes, numbers: some, header }, (cells) => `${JSON.stringify(observation(cells))}\n`);
}

const patient = (number) => ({
  resourceType: 'Patient',
  id: idOf(number),
  identifier: [{ system: NHS, value: number }],
  gender: 'unknown',
  birthDate: '1970-01-01',
});

const observation = ([number, day, kind, code, term, note, site, clinician, unit, value, , entered]) => ({
  resourceType: 'Observation',
  id: `${code}-${number}`,
  status: 'final',
  category: [{ coding: [{ system: 'https://x.example/category', code: kind }] }],
  code: { coding: [{ system: 'http://snomed.info/sct', code, display: term }], text: term },
  subject: { reference: referenceTo(number) },
  encounter: { reference: `Encounter/${site}-${code}` },
  effectiveDateTime: day,
  issued: `${entered}T09:30:00.000Z`,
  performer: [{ reference: `Practitioner/${clinician}`, display: clinician }],
  valueQuantity: { value: Number(value), unit, system: 'http://unitsofmeasure.org', code: unit },
  note: [{ text: note }],
});

function write({ file, bytes, numbers, header }, toText) {
  const random = seeded(1);
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
  const number = numbers[Math.floor(random.next() * numbers.length)];
  const month = 10 + Math.floor(random.next() * 3);
  const code = 100_000_000 + Math.floor(random.next() * 900_000_000);
  const day = `20${month}-${month}-1${month - 10}`;
  const more = ['Main', `dr-${code % 40}`, 'mmHg', String(code % 200), 'snomed', day];
  return [number, day, 'observation', String(code), terms[code % 5], note, ...more];
}
