/** Why a file cannot be read at all, in words for the person who chose it. */
export type FileFault = { readonly ok: false; readonly fault: string };

const refused = (fault: string): FileFault => ({ ok: false, fault });

// How files begin that are no text, and what people call them.
const kinds: readonly (readonly [string, string])[] = [
  ['504b0304', 'an Excel workbook (or another zipped file)'],
  ['d0cf11e0', 'an old Excel workbook'],
  ['25504446', 'a PDF'],
  ['1f8b', 'a compressed file'],
];

/**
 * The text of a file that some system exported: UTF-8 or UTF-16 with or without a byte order mark, else Windows-1252,
 * which is what SystmOne and Excel in the UK write.
 */
export function readText(bytes: Buffer): { readonly ok: true; readonly text: string } | FileFault {
  if (bytes.length === 0) return refused('The selected file is empty.');
  const kind = kinds.find(([start]) => bytes.subarray(0, 4).toString('hex').startsWith(start));
  if (kind) return refused(`The selected file is ${kind[1]}. Save the list as CSV and select that file.`);
  const text = decode(bytes);
  if (text.includes('\0')) return refused('The selected file is not a CSV file: it is not made of text.');
  return text.trim() === '' ? refused('The selected file is empty.') : { ok: true, text };
}

function decode(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    // Takes a byte order mark off by itself, and throws at the first byte that UTF-8 does not have.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
