import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { familyNames, olderMen, olderWomen, youngerMen, youngerWomen } from '../../src/demo/names.ts';
import { parseNhsNumber } from '../../src/patients/nhs-number.ts';

export type Seen = { readonly kind: 'log' | 'url' | 'session' | 'error'; readonly text: string };

const uuid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;
/** The random token of a form: 32 bytes in letters and digits, which spell a short name now and then. */
const token = /(?<![\w-])[\w-]{43}(?![\w-])/g;
/** Ten digits that stand alone, however they are grouped. */
const tenDigits = /(?<![0-9A-Za-z])\d(?:[\s.+-]?\d){9}(?![0-9A-Za-z])/g;
const names = [familyNames, olderMen, olderWomen, youngerMen, youngerWomen].flat();
const anyName = names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
const wholeName = `(?<!\\p{L})(?:${anyName})(?!\\p{L})`;
const inText = new RegExp(wholeName, 'u');
const inAddress = new RegExp(wholeName, 'iu');

/** NHS numbers and names of made-up patients in what was seen, each as a line that says what kind of text it was in. */
export function findLeaks(seen: Iterable<Seen>): string[] {
  return [...seen].flatMap(({ kind, text }) => {
    const plain = (kind === 'url' ? decoded(text) : text)
      .normalize('NFKC')
      .replace(uuid, '')
      .replace(token, '');
    const numbers = (plain.match(tenDigits) ?? []).filter(
      (digits) => parseNhsNumber(digits.replace(/\D/g, '')).ok,
    );
    const name = (kind === 'url' ? inAddress : inText).exec(plain);
    const found = [...numbers, ...(name ?? [])];
    return found.length === 0 ? [] : [`${kind}: ${found.join(', ')} in ${text.slice(0, 500)}`];
  });
}

/** All that was noted (seen.ts) in a run whose files are in `folder`. */
export function readSeen(folder: string): Seen[] {
  const file = join(folder, 'seen.jsonl');
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as Seen);
}

function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
