import { createCipheriv, createDecipheriv } from 'node:crypto';

/** Crockford's alphabet: no I, L, O or U, which are misread or make words. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 26 letters of 5 bits hold 128 bits. */
const LETTERS = 26;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/**
 * The code with which a patient looks at a receipt without logging in: the act's random id, enciphered as one block.
 * It is kept nowhere, so whoever reads the database finds no code, and it can be printed again at any time; without
 * the key, what comes out of a guess is one of 2^128 ids.
 *
 * @param actId a UUID, version 4
 * @param key 32 bytes
 */
export function checkCode(actId: string, key: Uint8Array): string {
  const cipher = createCipheriv('aes-256-ecb', key, null).setAutoPadding(false);
  const block = Buffer.concat([cipher.update(Buffer.from(actId.replaceAll('-', ''), 'hex')), cipher.final()]);
  let rest = BigInt(`0x${block.toString('hex')}`);
  let code = '';
  for (let letter = 0; letter < LETTERS; letter += 1, rest >>= 5n)
    code = ALPHABET.charAt(Number(rest & 31n)) + code;
  return code;
}

/** The id of the act that a code was made of, as somebody may have typed it; undefined when there can be none. */
export function actOfCode(typed: string, key: Uint8Array): string | undefined {
  const code = typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  if (code.length !== LETTERS) return undefined;
  let number = 0n;
  for (const letter of code) {
    const value = ALPHABET.indexOf(letter);
    if (value < 0) return undefined;
    number = (number << 5n) | BigInt(value);
  }
  if (number >= 1n << 128n) return undefined;
  const decipher = createDecipheriv('aes-256-ecb', key, null).setAutoPadding(false);
  const block = Buffer.from(number.toString(16).padStart(32, '0'), 'hex');
  const hex = Buffer.concat([decipher.update(block), decipher.final()]).toString('hex');
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return UUID.test(id) ? id : undefined;
}
