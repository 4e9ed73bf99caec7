import { createHash } from 'node:crypto';
import { isMember, unlistedOf } from './membership.ts';

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
  linesOf: (from: number, to: number) => string | Uint8Array,
): string {
  const hash = createHash('sha256').update(salt);
  const gathered = Buffer.allocUnsafe(GATHERED);
  let used = 0;
  for (const { from, to } of runsOf(members)) {
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
  for (const number of unlistedOf(unlisted)) hash.update(`${number}\n`);
  return hash.digest('hex');
}

/** The lines of a digest, from the ids one by one. */
export const linesBy =
  (idOf: (ordinal: number) => string) =>
  (from: number, to: number): string => {
    let lines = '';
    for (let ordinal = from; ordinal < to; ordinal++) lines += `${idOf(ordinal)}\n`;
    return lines;
  };

/** The stretches of members who stand side by side: most patients leave, so these are few. `to` is not in it. */
function* runsOf(members: Uint8Array): Iterable<{ from: number; to: number }> {
  const end = members.length * 8;
  let from = -1;
  for (let ordinal = 0; ordinal < end; ) {
    const byte = members[ordinal >> 3];
    // Eight at once, where all or none of them are in it.
    const isWhole = (ordinal & 7) === 0 && (byte === 0 || byte === 0xff);
    if (isMember(members, ordinal)) {
      if (from < 0) from = ordinal;
    } else if (from >= 0) {
      yield { from, to: ordinal };
      from = -1;
    }
    ordinal += isWhole ? 8 : 1;
  }
  if (from >= 0) yield { from, to: end };
}
