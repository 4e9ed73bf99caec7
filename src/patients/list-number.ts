import { type NhsNumberFault, parseNhsNumber } from './nhs-number.ts';

const words: Readonly<Record<NhsNumberFault, string>> = {
  missing: 'The NHS number is missing',
  'looks-like-national-insurance': 'The NHS number looks like a National Insurance number',
  'not-digits': 'The NHS number has something else than digits in it',
  'too-short': 'The NHS number has fewer than 10 digits',
  'too-long': 'The NHS number has more than 10 digits',
  repeated: 'The NHS number is one digit, ten times',
  'check-digit': 'The NHS number is not valid: a digit is wrong',
};

/** Reads a number of a patient list, or says in words what is wrong with it; the words never hold the number. */
export function readListNumber(
  cell: string,
  madeUp: boolean,
): { ok: true; nhsNumber: string } | { ok: false; fault: string } {
  if (/^\d([.,]\d+)?E\+?\d+$/i.test(cell)) {
    return {
      ok: false,
      fault:
        'A spreadsheet has destroyed the NHS number (it looks like 9.99E+09). Export the list again, and do not save it from a spreadsheet',
    };
  }
  if (/^\d{9}$/.test(cell)) {
    return {
      ok: false,
      fault: 'The NHS number has 9 digits. A spreadsheet may have dropped a zero in front of it',
    };
  }
  const read = parseNhsNumber(cell);
  if (!read.ok) return { ok: false, fault: words[read.reason] };
  if (madeUp && !read.nhsNumber.startsWith('999')) {
    return {
      ok: false,
      fault: 'This is a made-up practice: it takes only NHS numbers that begin with 999, which nobody has',
    };
  }
  return read;
}
