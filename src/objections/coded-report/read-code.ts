import { type ClinicalCode, clinicalCodes, termToLookUp } from '../clinical-codes.ts';
import { lookAlikeCodes } from '../look-alike-codes.ts';

export type CodeRead =
  | { readonly ok: true; readonly is: 'type-1'; readonly meaning: ClinicalCode['meaning'] }
  /** `type-2`: nobody takes it any more. `look-alike`: says something else about sharing. `other`: nothing of ours. */
  | { readonly ok: true; readonly is: 'type-2' | 'look-alike' | 'other' }
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
export function readCode(code: string, term: string): CodeRead {
  if (code === '') {
    const meaning = terms.get(normal(term));
    return meaning ? { ok: true, is: 'type-1', meaning } : { ok: true, is: 'other' };
  }
  if (/^\d([.,]\d+)?E\+?\d+$/i.test(code)) {
    const fault =
      'A spreadsheet has destroyed the code (it looks like 8.27E+14). Export the report again, and do not save it from a spreadsheet';
    return { ok: false, fault };
  }
  // Read v2 is padded with a dot, and with 00 for the preferred term.
  const bare = code.replace(/\.(00)?$/, '');
  const known = exact.get(bare);
  if (known)
    return known.type === 'type-1'
      ? { ok: true, is: 'type-1', meaning: known.meaning }
      : { ok: true, is: 'type-2' };
  const other = inLowerCase.get(bare.toLowerCase());
  if (other)
    return { ok: false, fault: `The code is written otherwise than ${other.code}: capitals matter in it` };
  return { ok: true, is: lookAlikeCodes.has(bare) ? 'look-alike' : 'other' };
}
