import { checkDigit } from '../patients/nhs-number.ts';

/** Made-up patients have numbers from 999 000 0000 to 999 099 9999 only: never issued to anybody. */
const FIRST_NINE = 999_000_000;
const LAST_NINE = 999_099_999;

let numbers: readonly string[] | undefined;

/** The n-th number of the made-up range that is a valid NHS number, ten digits; the first (n = 0) is 999 000 0018. */
export function madeUpNhsNumber(n: number): string {
  numbers ??= allNumbers();
  const number = numbers[n];
  if (number === undefined) throw new RangeError(`there are ${numbers.length} made-up NHS numbers`);
  return number;
}

function allNumbers(): string[] {
  const valid: string[] = [];
  for (let nine = FIRST_NINE; nine <= LAST_NINE; nine++) {
    const digit = checkDigit(String(nine));
    if (digit !== undefined) valid.push(`${nine}${digit}`);
  }
  return valid;
}
