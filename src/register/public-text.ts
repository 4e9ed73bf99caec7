import { parseNhsNumber } from '../patients/nhs-number.ts';

/** Ten digits with anything between them that people put into an NHS number. */
const LIKE_A_NUMBER = /(?<!\d)\d(?:[\s\u2010\u2011-]*\d){9}(?!\d)/g;
const EMAIL = /[^\s@<>()]+@[^\s@<>()]+\.[^\s@<>()]+/g;

/** What stands in place of what was left out. */
export const LEFT_OUT = '[left out]';

/**
 * A text that somebody typed for the register, as the public sees it. It was typed to be public, and read by two people;
 * still, an NHS number or an email address in it is left out: that is never what was meant.
 */
export function publicText(text: string): string {
  return text
    .replace(LIKE_A_NUMBER, (digits) => (parseNhsNumber(digits).ok ? LEFT_OUT : digits))
    .replace(EMAIL, LEFT_OUT);
}
