import { createHash } from 'node:crypto';
import { unlistedOf } from './membership.ts';
import { atOnce, SLICE, type Sliced } from './slices.ts';

/** So much is gathered before it is digested, in bytes: each piece costs more to hand over than to digest. */
const GATHERED = 32 * 1024;

/**
 * The digest that the ledger holds of those whose data left: SHA-256 over the salt; then, for each member in the
 * order of ordinals, the patient's id (UUID, lower case) and a line feed; then, for each unlisted number in ascending
 * order, its ten digits and a line feed.
 *
 * @param linesOf the ids of the patients from one ordinal up to, but not including, another, each with its line feed
 * @returns hexadecimal
 */
export function digestOfMembers(
  salt: Uint8Array,
  members: Uint8Array,
  unlisted: Uint8Array,
  linesOf: LinesOf,
): string {
  return atOnce(digestingMembers(salt, members, unlisted, linesOf));
}

type LinesOf = (from: number, to: number) => string | Uint8Array;

/** The same in slices. */
export function* digestingMembers(
  salt: Uint8Array,
  members: Uint8Array,
  unlisted: Uint8Array,
  linesOf: LinesOf,
): Sliced<string> {
  const hash = createHash('sha256').update(salt);
  const gathered = Buffer.allocUnsafe(GATHERED);
  let used = 0;
  let inSlice = 0;
  for (const { from, to } of cut(runsOf(members))) {
    if (inSlice + to - from > SLICE) {
      yield;
      inSlice = 0;
    }
    inSlice += to - from;
    const lines = linesOf(from, to);
    const bytes = typeof lines === 'string' ? Buffer.from(lines) : lines;
    if (used + bytes.length > gathered.length) {
      hash.update(gathered.subarray(0, used));
      used = 0;
    }
    if (bytes.length > gathered.length) hash.update(bytes);
    else {
      gathered.set(bytes, used);
      used += bytes.length;
    }
  }
  hash.update(gathered.subarray(0, used));
  return hash.update(linesOfUnlisted(unlisted)).digest('hex');
}

/** The same of few. @param lines of the members, in their order and in pieces */
export function digestOfFew(salt: Uint8Array, lines: Iterable<Uint8Array>, unlisted: Uint8Array): string {
  const hash = createHash('sha256').update(salt);
  for (const piece of lines) hash.update(piece);
  return hash.update(linesOfUnlisted(unlisted)).digest('hex');
}

/** Members who stand side by side, from one ordinal up to, but not including, another. */
export type Run = { readonly from: number; readonly to: number };

/** The same runs, none of them longer than a slice. */
function* cut(runs: readonly Run[]): Iterable<Run> {
  for (const { from, to } of runs)
    for (let at = from; at < to; at += SLICE) yield { from: at, to: Math.min(to, at + SLICE) };
}

/** What the digest is over after the salt: the lines of each run of members, and then those of who is not on the list. */
export function piecesOfMembers(
  members: Uint8Array,
  unlisted: Uint8Array,
): { readonly runs: readonly Run[]; readonly unlistedLines: string } {
  return { runs: runsOf(members), unlistedLines: linesOfUnlisted(unlisted) };
}

const linesOfUnlisted = (unlisted: Uint8Array): string =>
  unlistedOf(unlisted)
    .map((number) => `${number}\n`)
    .join('');

/** The lines of a digest, from the ids one by one. */
export const linesBy =
  (idOf: (ordinal: number) => string) =>
  (from: number, to: number): string => {
    let lines = '';
    for (let ordinal = from; ordinal < to; ordinal++) lines += `${idOf(ordinal)}\n`;
    return lines;
  };

/** Most patients leave, or one is checked: runs are few, and bytes of which all or none are members many. */
function runsOf(members: Uint8Array): Run[] {
  const runs: Run[] = [];
  let from = -1;
  for (let at = 0; at < members.length; at++) {
    const byte = members[at] as number;
    if (byte === (from < 0 ? 0 : 0xff)) continue;
    for (let bit = 0; bit < 8; bit++) {
      const isIn = ((byte >> bit) & 1) === 1;
      if (isIn === from >= 0) continue;
      if (!isIn) runs.push({ from, to: at * 8 + bit });
      from = isIn ? at * 8 + bit : -1;
    }
  }
  if (from >= 0) runs.push({ from, to: members.length * 8 });
  return runs;
}
