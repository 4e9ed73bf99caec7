import { randomInt } from 'node:crypto';

/** Consonants that nobody takes for another letter or for a number: a reference spells no word, and is no NHS number. */
const LETTERS = 'BCDFGHJKLMNPQRSTVWXZ';
const LENGTH = 12;

/** A new random reference of one attempt to tell one patient: 12 letters, about 10^15 of them. It tells nothing. */
export function newReference(): string {
  return Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('');
}

/** A reference as somebody typed it or a file has it; undefined when it cannot be one. */
export function readReference(typed: string): string | undefined {
  const letters = typed.normalize('NFKC').toUpperCase().replace(/[\s-]/g, '');
  const isOne = letters.length === LENGTH && [...letters].every((letter) => LETTERS.includes(letter));
  return isOne ? letters : undefined;
}

/** As letters and pages show it: `BCDF-GHJK-LMNP`. What came from elsewhere stays as it is. */
export function showReference(reference: string): string {
  return readReference(reference) === reference ? reference.replace(/(.{4})(?=.)/g, '$1-') : reference;
}
