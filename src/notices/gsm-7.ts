/** The basic alphabet of text messages (3GPP TS 23.038, 6.2.1): one septet a character. */
const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
/** Its extension table (6.2.1.1): an escape and the character, two septets. */
const EXTENDED = '\f^{}\\[~]|€';

/** How long a text message is, and in how many segments it is sent. */
export type TextLength = {
  readonly alphabet: 'gsm-7' | 'ucs-2';
  /** Septets, or UTF-16 code units. */
  readonly units: number;
  readonly segments: number;
  /** Units that the last segment still takes. */
  readonly left: number;
  /** The characters for which the message needs UCS-2, each once. */
  readonly outside: readonly string[];
};

/** Of one segment, and of each of several: 6 bytes go to the header that joins them (3GPP TS 23.040, 9.2.3.24.1). */
const sizes = { 'gsm-7': { one: 160, many: 153 }, 'ucs-2': { one: 70, many: 67 } } as const;

/**
 * Counts a text message as networks do. One character outside of GSM-7 turns the whole message into UCS-2. Neither an
 * escape with its character nor a surrogate pair is cut in two.
 */
export function textLength(text: string): TextLength {
  const characters = [...text];
  const outside = [...new Set(characters.filter((one) => !BASIC.includes(one) && !EXTENDED.includes(one)))];
  const alphabet = outside.length === 0 ? 'gsm-7' : 'ucs-2';
  const costs = characters.map((one) => (alphabet === 'ucs-2' ? one.length : EXTENDED.includes(one) ? 2 : 1));
  const units = costs.reduce((sum, cost) => sum + cost, 0);
  const { one, many } = sizes[alphabet];
  if (units <= one) return { alphabet, units, segments: units === 0 ? 0 : 1, left: one - units, outside };
  let segments = 1;
  let used = 0;
  for (const cost of costs) {
    if (used + cost > many) {
      segments += 1;
      used = 0;
    }
    used += cost;
  }
  return { alphabet, units, segments, left: many - used, outside };
}
