import { z } from 'zod';

/** Every control character but tab and new line: they mean nothing to a reader, and PostgreSQL refuses a NUL. */
const CONTROL = /(?![\t\n])\p{Cc}/gu;

/**
 * A field of plain text, trimmed; empty when it was left out. A line break counts as one character, as in the browser.
 * @param most characters, at most
 * @param name what it is, to begin the sentence: "Note"
 */
export function plainText(most: number, name: string) {
  return z
    .string()
    .optional()
    .default('')
    .transform((typed) => typed.replace(/\r\n?/g, '\n').replace(CONTROL, '').trim())
    .refine((text) => text.length <= most, `${name} must be ${most} characters or fewer`);
}

/** One that has to be filled in. */
export function neededText(most: number, name: string, empty: string) {
  return plainText(most, name).refine((text) => text !== '', empty);
}
