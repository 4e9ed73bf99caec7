import { SALT_BYTES } from './entry.ts';
import { InOrder } from './in-order.ts';
import type { ActRow, LeafRow, LedgerReader, PackedEntries, Problem, TextRow } from './ledger-reader.ts';
import { HASH_BYTES } from './merkle.ts';
import { type ReadEntry, readEntry } from './read-entry.ts';

/** Entries are looked at in stretches, so that nothing has to be waited for between one and the next. */
export const STRETCH = 1_024;

export type Step = { ok: true; entry: ReadEntry; commitment: Uint8Array } | ({ ok: false } & Problem);

type Reader = Pick<LedgerReader<ActRow>, 'ods' | 'packedEntries' | 'leaves' | 'texts'>;

/** The rows of a stretch. */
type Rows = {
  /** Ask for ascending indexes. */
  find(index: number): { readonly leaf: LeafRow | undefined; readonly text: TextRow | undefined };
  /** Whether the log ends before the rows that were asked for last. */
  isAtEnd(): boolean;
};

/**
 * Gives the entries from `from` on, each held against its leaf, in stretches that end at multiples of 1,024 or where the
 * log does. The last step is the first that does not hold, if there is one.
 */
export async function* readLog(
  reader: Reader,
  from = 0,
  to = Number.POSITIVE_INFINITY,
): AsyncGenerator<{ readonly end: number; steps(): Iterable<Step> }> {
  const ods = await reader.ods();
  let isOver = false;
  for (let begin = from; !isOver && begin < to; ) {
    const most = Math.min(to, (Math.floor(begin / STRETCH) + 1) * STRETCH);
    const packed = await reader.packedEntries(begin, most);
    const rows = packed === null ? await oneByOne(reader, begin, most) : unpacked(packed, begin);
    const end = packed === null ? most : begin + packed.lengths.length;
    const first = begin;
    yield {
      end,
      *steps() {
        for (let index = first; index < end && !isOver; index += 1) {
          const { leaf, text } = rows.find(index);
          if (leaf === undefined || text === undefined) {
            isOver = true;
            const what = leaf === undefined ? 'its leaf is missing' : 'its text is missing';
            if (!rows.isAtEnd()) yield { ok: false, index, what };
            return;
          }
          const read = readEntry(leaf, text, ods);
          isOver = !read.ok;
          if (read.ok) yield { ok: true, entry: read.entry, commitment: leaf.commitment };
          else yield { ok: false, index, what: read.what };
        }
      },
    };
    begin = end;
  }
}

/** Where none is missing or odd, they come in one piece. */
function unpacked({ commitments, salts, texts, lengths }: PackedEntries, begin: number): Rows {
  let [at, to] = [0, 0];
  return {
    find(index) {
      const place = index - begin;
      at = to;
      to += lengths[place] ?? 0;
      const commitment = commitments.subarray(place * HASH_BYTES, (place + 1) * HASH_BYTES);
      const salt = salts.subarray(place * SALT_BYTES, (place + 1) * SALT_BYTES);
      return { leaf: { index, commitment }, text: { index, salt, text: texts.toString('utf8', at, to) } };
    },
    isAtEnd: () => false,
  };
}

/** At the end of the log, and where anything is missing or odd, each row is looked at. */
async function oneByOne(reader: Reader, begin: number, end: number): Promise<Rows> {
  const leaves = new InOrder(reader.leaves(begin), (leaf) => leaf.index);
  const texts = new InOrder(reader.texts(begin), (text) => text.index);
  await leaves.reach(end);
  await texts.reach(end);
  let found: ReturnType<Rows['find']> = { leaf: undefined, text: undefined };
  return {
    find(index) {
      found = { leaf: leaves.take(index), text: texts.take(index) };
      return found;
    },
    isAtEnd: () =>
      leaves.next() === undefined &&
      texts.next() === undefined &&
      found.leaf === undefined &&
      found.text === undefined,
  };
}
