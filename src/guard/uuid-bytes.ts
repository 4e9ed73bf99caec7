/** A UUID, as bytes and as text: `8-4-4-4-12` digits in lower case. */
export const UUID_BYTES = 16;
export const UUID_CHARACTERS = 36;

const HYPHEN = 0x2d;
const DIGITS = Buffer.from('0123456789abcdef');
/** By byte its two digits. */
const HIGH = Uint8Array.from({ length: 256 }, (_, byte) => DIGITS[byte >> 4] as number);
const LOW = Uint8Array.from({ length: 256 }, (_, byte) => DIGITS[byte & 15] as number);
/** Where in the text the two digits of each byte stand. */
const PLACES = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];
const HYPHENS = [8, 13, 18, 23];
/** By character the value of a digit; 16 for all others. */
const VALUES = Uint8Array.from({ length: 256 }, (_, character) =>
  DIGITS.includes(character) ? DIGITS.indexOf(character) : 16,
);

/**
 * Writes the bytes of a UUID, from a place on.
 *
 * @returns false for a text that is none in lower case; then what stands there is of no use
 */
export function uuidBytes(id: string, into: Uint8Array, at: number): boolean {
  if (id.length !== UUID_CHARACTERS) return false;
  for (const place of HYPHENS) if (id.charCodeAt(place) !== HYPHEN) return false;
  for (let n = 0; n < UUID_BYTES; n++) {
    const place = PLACES[n] as number;
    const high = VALUES[id.charCodeAt(place)] ?? 16;
    const low = VALUES[id.charCodeAt(place + 1)] ?? 16;
    if ((high | low) > 15) return false;
    into[at + n] = (high << 4) | low;
  }
  return true;
}

/** Writes the text of a UUID whose bytes stand from `from` on, from `at` on. */
export function writeUuid(bytes: Uint8Array, from: number, into: Uint8Array, at: number): void {
  const [high, low] = [HIGH, LOW];
  let place = at;
  // The hyphens stand behind the bytes 3, 5, 7 and 9.
  for (let n = 0; n < UUID_BYTES; n++) {
    const byte = bytes[from + n] as number;
    into[place] = high[byte] as number;
    into[place + 1] = low[byte] as number;
    place += 2;
    if (((0b1010101000 >> n) & 1) === 1) into[place++] = HYPHEN;
  }
}
