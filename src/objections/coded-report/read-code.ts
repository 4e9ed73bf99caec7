import { type ClinicalCode, clinicalCodes, termToLookUp } from '../clinical-codes.ts';
import { lookAlikeOf } from '../look-alike-codes.ts';
import type { ObjectionType } from '../objection.ts';

export type CodeRead =
  | {
      readonly ok: true;
      readonly is: 'objection';
      readonly type: ObjectionType;
      readonly meaning: ClinicalCode['meaning'];
    }
  /** Says something else about sharing; `code` is one of the table's. */
  | { readonly ok: true; readonly is: 'look-alike'; readonly code: string }
  /** Nothing of ours. */
  | { readonly ok: true; readonly is: 'other' }
  | { readonly ok: false; readonly fault: string };

const exact = new Map(clinicalCodes.map((one) => [one.code, one]));
const inLowerCase = new Map(clinicalCodes.map((one) => [one.code.toLowerCase(), one]));
const normal = (term: string): string =>
  term
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
const terms = new Map(
  Object.entries(termToLookUp).map(([meaning, term]) => [normal(term), meaning as ClinicalCode['meaning']]),
);

/**
 * What a row of a report says. The code decides; the term only where there is no code, and only when it is exactly ours:
 * terms differ from system to system. Read v2 and CTV3 codes are told apart by their capitals.
 */
export function readCode(cell: string, term: string): CodeRead {
  const code = plainCode(cell);
  if (code === '') {
    const words = normal(term);
    const meaning = terms.get(words);
    if (meaning) return { ok: true, is: 'objection', type: 'type-1', meaning };
    if (!/dissent/.test(words) || !/secondary use/.test(words)) return { ok: true, is: 'other' };
    const fault = `The term is not written as ours (${termToLookUp.dissent}), and there is no code: add the code to the report`;
    return { ok: false, fault };
  }
  if (/^\d([.,]\d+)?E\+?\d+$/i.test(code)) {
    const fault =
      'A spreadsheet has destroyed the code (it looks like 8.27E+14). Export the report again, and do not save it from a spreadsheet';
    return { ok: false, fault };
  }
  // Read v2 is padded with a dot, and with 00 for the preferred term.
  const bare = code.replace(/\.(00)?$/, '');
  const known = exact.get(bare);
  if (known) return { ok: true, is: 'objection', type: known.type, meaning: known.meaning };
  const other = inLowerCase.get(bare.toLowerCase());
  if (other)
    return { ok: false, fault: `The code is written otherwise than ${other.code}: capitals matter in it` };
  const alike = lookAlikeOf(code);
  if (alike) return { ok: true, is: 'look-alike', code: alike.codes[0] ?? code };
  const within = code.split(/[^A-Za-z0-9]+/).find((word) => exact.has(word));
  if (within === undefined) return { ok: true, is: 'other' };
  return {
    ok: false,
    fault: `There is something else beside the code ${within}: leave the code alone in it`,
  };
}

/**
 * A code without what exports and spreadsheets put around it: marks that nobody sees, full-width letters, the
 * `="…"` or `'` that keeps a number a text, and commas or spaces between the digits of a number.
 */
function plainCode(cell: string): string {
  const seen = cell
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .trim();
  const bare = (/^(?:=\s*)?["'](.*?)["']?$/.exec(seen)?.[1] ?? seen).trim();
  return /^\d[\d ,]*\d(\.0+)?$/.test(bare) ? bare.replace(/[ ,]|\.0+$/g, '') : bare;
}

/**
 * The same of a row with several codes (EMIS gives the Read code beside the SNOMED CT one). What two of them say has to
 * be the same; a code that a spreadsheet destroyed does no harm beside one that can be read.
 *
 * @param codes as they stand in the row, empty ones too
 */
export function readCodes(codes: readonly string[], term: string): CodeRead {
  const written = codes.filter((code) => plainCode(code) !== '');
  if (written.length === 0) return readCode('', term);
  const read = written.map((code) => readCode(code, term));
  const [said, ...others] = read.filter((one) => one.ok && one.is !== 'other');
  const words = JSON.stringify(said);
  if (others.some((one) => JSON.stringify(one) !== words))
    return { ok: false, fault: 'The codes in this row say different things' };
  return said ?? read.find((one) => !one.ok) ?? { ok: true, is: 'other' };
}
