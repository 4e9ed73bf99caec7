import { createHmac } from 'node:crypto';
import type { Treatment } from '../extracts/extract.ts';
import { NO_NUMBER, nhsNumberOfKey } from '../patients/nhs-number.ts';
import { readMonth } from './dates.ts';

const POSTCODE = /^([A-Z]{1,2}[0-9][A-Z0-9]?) *[0-9][A-Z]{2}$/;

/** Any treatment but `keep`, which copies the bytes that came. */
export type Change = Exclude<Treatment, 'keep'>;

/**
 * Reduces a value to what may leave of it.
 *
 * @param text the cell's text, without its quotes
 * @param pseudonymKey the extract's own
 * @returns the new text, which never needs quotes; '' for an empty cell; undefined when the value cannot be read,
 *   and so nothing of it may leave
 */
export function treat(change: Change, text: string, pseudonymKey: Buffer): string | undefined {
  const value = text.trim();
  if (value === '') return '';
  if (change === 'pseudonym') return pseudonymOf(value, pseudonymKey);
  if (change === 'outward-code') return POSTCODE.exec(value.toUpperCase())?.[1];
  const date = readMonth(value);
  return date && (change === 'year' ? date.year : `${date.year}-${date.month}`);
}

/**
 * {@link treat} for the NHS number by which the row was decided: one patient has one pseudonym, however the number
 * is written.
 *
 * @param key as nhsNumberKey says
 */
export function pseudonymOfNumber(key: number, pseudonymKey: Buffer): string | undefined {
  if (key < 0) return key === NO_NUMBER ? '' : undefined;
  return pseudonymOf(nhsNumberOfKey(key), pseudonymKey);
}

/** HMAC-SHA256, 128 bits of it in hexadecimal, behind a letter so that no program takes it for a number. */
function pseudonymOf(value: string, pseudonymKey: Buffer): string {
  return `p${createHmac('sha256', pseudonymKey).update(value, 'utf8').digest('hex').slice(0, 32)}`;
}
