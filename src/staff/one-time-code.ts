import { randomInt } from 'node:crypto';

/** A one-time code opens an account for this long, once. */
export const CODE_MS = 24 * 3_600_000;

/** Crockford's base 32: no I, L, O or U, so that nothing is misread from paper or misheard. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 16;

/** A new code of 80 random bits, as it is kept and compared: 16 letters and figures. */
export function newCode(): string {
  return Array.from({ length: LENGTH }, () => alphabet[randomInt(alphabet.length)]).join('');
}

/** A code as it is shown: `7Q2M-X0KD-9FHT-4WPA`. */
export function showCode(code: string): string {
  return code.replace(/(.{4})(?=.)/g, '$1-');
}

/** A typed code as it was kept: any case, spaces and hyphens, and the letters that Crockford reads as figures. */
export function readCode(typed: string): string {
  return typed
    .toUpperCase()
    .replace(/[\s\p{Pd}]/gu, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
}
