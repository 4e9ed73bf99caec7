const QUOTE = 0x22;

/**
 * The text of a cell, without its quotes.
 *
 * @param bytes valid UTF-8
 * @param start first byte of the cell
 * @param end one after its last byte
 */
export function cellText(bytes: Buffer, start: number, end: number): string {
  if (!isQuoted(bytes, start, end)) return bytes.toString('utf8', start, end);
  return bytes.toString('utf8', start + 1, end - 1).replaceAll('""', '"');
}

/** Whether a cell is written in quotes. */
export function isQuoted(bytes: Buffer, start: number, end: number): boolean {
  return end - start >= 2 && bytes[start] === QUOTE && bytes[end - 1] === QUOTE;
}
