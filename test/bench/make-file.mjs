// The file that everybody gets: rows of the made-up practice's patients, one in twenty with quoted fields, one in five
// hundred with a line break inside.
import { closeSync, openSync, writeSync } from 'node:fs';
import { madeUpNhsNumber } from '../../dist/demo/made-up-numbers.js';
import { seeded } from '../../dist/demo/random.js';

const PATIENTS = 9_500;
const terms = ['Hypertension', 'Asthma', 'Influenza vaccination', 'Blood pressure taken', 'Full blood count'];
const plain = 'seen in clinic and asked to come back in six months for a review of the medicines';
const quoted = '"seen in clinic, said ""much better"", and asked to come back in six months for a review"';
const broken = '"seen in clinic\nasked to come back in six months for a review of the medicines"';

/** Writes about `bytes` bytes of CSV to `file`, the same for the same size. Returns the number of data rows. */
export function makeFile(file, bytes) {
  const random = seeded(1);
  const numbers = Array.from({ length: PATIENTS }, (_, n) => madeUpNhsNumber(n));
  const out = openSync(file, 'w');
  let written = writeSync(out, 'nhs_number,event_date,kind,code,term,note\n');
  let rows = 0;
  while (written < bytes) {
    let piece = '';
    while (piece.length < 1 << 20 && written + piece.length < bytes) {
      piece += oneRow(random, numbers);
      rows += 1;
    }
    written += writeSync(out, piece);
  }
  closeSync(out);
  return rows;
}

function oneRow(random, numbers) {
  const dice = random.next();
  const note = dice < 0.002 ? broken : dice < 0.05 ? quoted : plain;
  const number = numbers[Math.floor(random.next() * PATIENTS)];
  const month = 10 + Math.floor(random.next() * 3);
  const code = 100_000_000 + Math.floor(random.next() * 900_000_000);
  return `${number},20${month}-${month}-1${month - 10},observation,${code},${terms[code % 5]},${note}\n`;
}
