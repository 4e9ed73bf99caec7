import { parseNhsNumber } from '../patients/nhs-number.ts';

/**
 * Ten digits, full-width ones too, with anything between them that people or their keyboards put into an NHS number:
 * spaces, dashes of any length, and marks that nobody sees; or written 999.000.0018, with a dot, slash or underscore.
 */
const LIKE_A_NUMBER =
  /(?<!\p{Nd})(?:\p{Nd}(?:[\s\u0085\p{Cf}\p{Pd}\u2212]*\p{Nd}){9}|\p{Nd}{3}[._/]\p{Nd}{3}[._/]\p{Nd}{4})(?!\p{Nd})/gu;
const EMAIL = /[^\s@＠<>()]+[@＠][^\s@＠<>()]+\.[^\s@＠<>()]+/g;

/** What stands in place of what was left out. */
export const LEFT_OUT = '[left out]';

/**
 * A text that somebody typed for the register, as the public sees it. It was typed to be public, and read by two people;
 * still, an NHS number or an email address in it is left out: that is never what was meant.
 */
export function publicText(text: string): string {
  return text
    .replace(LIKE_A_NUMBER, (digits) => (isNumber(digits) ? LEFT_OUT : digits))
    .replace(EMAIL, LEFT_OUT);
}

const isNumber = (digits: string): boolean =>
  parseNhsNumber(digits.normalize('NFKC').replace(/\P{Nd}/gu, '')).ok;
