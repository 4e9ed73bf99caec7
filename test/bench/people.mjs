// Who is in the files and in the practice that is measured. In a range of numbers in which nobody has one.
import { checkDigit } from '../../dist/patients/nhs-number.js';

const FIRST_NINE = 100_000_000;

/** One in thirty objected: 3.3 percent. */
const OBJECTED_ONE_IN = 30;
export const objected = (ordinal) => ordinal % OBJECTED_ONE_IN === 0;

/** So many valid NHS numbers, ten digits each, always the same in the same order. */
export function numbersOf(patients) {
  const numbers = [];
  for (let nine = FIRST_NINE; numbers.length < patients; nine++) {
    // One in eleven has no check digit, and is no number.
    const digit = checkDigit(String(nine));
    if (digit !== undefined) numbers.push(`${nine}${digit}`);
  }
  return numbers;
}
