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
    { file, bytes, header: `${columns.join(',')}\n` },
    (random) => `${oneRow(random, numbers).map(inCsv).join(',')}\n`,
  );

/** The same rows as objects, one a line. */
export const makeLines = (file, bytes, numbers) =>
  write({ file, bytes, header: '' }, (random) => {
    const cells = oneRow(random, numbers);
    return `${JSON.stringify(Object.fromEntries(columns.map((name, n) => [name, cells[n]])))}\n`;
  });

const NHS = 'https://fhir.nhs.uk/Id/nhs-number';
const idOf = (number) => `6a4160eb-a793-4f86-9302-37${number}`;

/** How an Observation refers to the patient with a number. */
export const referenceTo = (number) => `Patient/${idOf(number)}`;

/** So many patients are told of together, so that whoever looks at the beginning of the file sees both types. */
const TOGETHER = 10_000;

/**
 * As FHIR resources, one a line: patients, then Observations about them or others before them, then the next patients. Of
 * everybody at 1 GB; of fewer in a smaller file, which would else have nothing but patients.
 */
export function makeFhir(file, bytes, numbers) {
  const all = numbers.slice(0, Math.ceil(bytes / 2000));
  const groups = Math.ceil(all.length / TOGETHER);
  let known = 0;
  return write({ file, bytes, header: '' }, (random, written) => {
    if (known < all.length && written >= (bytes * known) / TOGETHER / groups) {
      const some = all.slice(known, known + TOGETHER);
      known += some.length;
      return some.map((number) => `${JSON.stringify(patient(number))}\n`).join('');
    }
    return `${JSON.stringify(observation(oneRow(random, all, known)))}\n`;
  });
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

function write({ file, bytes, header }, next) {
  const random = seeded(1);
  const out = openSync(file, 'w');
  let written = writeSync(out, header);
  let rows = 0;
  while (written < bytes) {
    let piece = '';
    while (piece.length < 1 << 20 && written + piece.length < bytes) {
      piece += next(random, written + piece.length);
      rows += 1;
    }
    written += writeSync(out, piece);
  }
  closeSync(out);
  return rows;
}

const inCsv = (cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

function oneRow(random, numbers, people = numbers.length) {
  const dice = random.next();
  const note = dice < 0.002 ? broken : dice < 0.05 ? quoted : plain;
  const number = numbers[Math.floor(random.next() * people)];
  const month = 10 + Math.floor(random.next() * 3);
  const code = 100_000_000 + Math.floor(random.next() * 900_000_000);
  const day = `20${month}-${month}-1${month - 10}`;
  const more = ['Main', `dr-${code % 40}`, 'mmHg', String(code % 200), 'snomed', day];
  return [number, day, 'observation', String(code), terms[code % 5], note, ...more];
}
