import type { EventRow } from './files.ts';
import { type Random, seeded } from './random.ts';

type Thing = readonly [kind: string, code: string, term: string];

// SNOMED CT concepts that every practice records; the terms are their everyday names.
const things: readonly [Thing, ...Thing[]] = [
  ['condition', '38341003', 'Hypertension'],
  ['condition', '195967001', 'Asthma'],
  ['condition', '44054006', 'Type 2 diabetes mellitus'],
  ['condition', '396275006', 'Osteoarthritis'],
  ['condition', '35489007', 'Depressive disorder'],
  ['condition', '82423001', 'Chronic pain'],
  ['immunization', '86198006', 'Influenza vaccination'],
  ['immunization', '1324681000000101', 'First dose of COVID-19 vaccine'],
  ['procedure', '171149006', 'Cervical smear test'],
  ['procedure', '73761001', 'Colonoscopy'],
  ['procedure', '46973005', 'Blood pressure taken'],
  ['procedure', '43789009', 'Full blood count'],
];

const notes: readonly [string, ...string[]] = [
  '',
  '',
  '',
  'seen in clinic',
  'stable, review in 12 months',
  'patient says: "much better now"',
  'advice given\nleaflet handed over',
  'smoker; 10/day',
];

/**
 * What happened to one person, one to five rows. Some notes hold commas, quotes and line breaks, because those of
 * real extracts do.
 */
export function madeUpEvents(nhsNumber: string): EventRow[] {
  const random = seeded(Number(nhsNumber.slice(0, 9)));
  return Array.from({ length: random.between(1, 5) }, () => oneEvent(random, nhsNumber));
}

function oneEvent(random: Random, nhsNumber: string): EventRow {
  const [kind, code, term] = random.pick(things);
  const month = String(random.between(1, 12)).padStart(2, '0');
  const day = String(random.between(1, 28)).padStart(2, '0');
  return {
    nhsNumber,
    date: `${random.between(2016, 2025)}-${month}-${day}`,
    kind,
    code,
    term,
    note: random.pick(notes),
  };
}
