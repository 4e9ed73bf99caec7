/** Crockford's alphabet: no I, L, O or U, which are misread or make words. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LETTERS = 12;

/**
 * The short code of an entry, to print on a receipt: the first 60 bits of what is published of the entry, as
 * `7KQ4-M2XP-9TWA`. It says nothing of the patient, and two entries of one practice do not share it.
 *
 * @param commitment SHA-256(salt || entry text), 32 bytes
 */
export function receiptCode(commitment: Uint8Array): string {
  const bits = [...commitment.subarray(0, 8)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const letters = Array.from({ length: LETTERS }, (_, n) =>
    ALPHABET.charAt(Number.parseInt(bits.slice(n * 5, n * 5 + 5), 2)),
  ).join('');
  return `${letters.slice(0, 4)}-${letters.slice(4, 8)}-${letters.slice(8)}`;
}
