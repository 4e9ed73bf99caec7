import { InOrder } from './in-order.ts';
import type { ActRow, LedgerReader, Problem } from './ledger-reader.ts';
import { type ReadEntry, readEntry } from './read-entry.ts';

/** Entries are looked at in stretches, so that nothing has to be waited for between one and the next. */
export const STRETCH = 1_024;

export type Step = { ok: true; entry: ReadEntry; commitment: Uint8Array } | ({ ok: false } & Problem);

/**
 * Gives the entries from `from` on, each held against its leaf, in stretches that begin at multiples of 1,024. The last
 * step is the first that does not hold, if there is one.
 */
export async function* readLog(
  reader: Pick<LedgerReader<ActRow>, 'ods' | 'leaves' | 'texts'>,
  from = 0,
  to = Number.POSITIVE_INFINITY,
): AsyncGenerator<{ readonly end: number; steps(): Iterable<Step> }> {
  const ods = await reader.ods();
  const leaves = new InOrder(reader.leaves(from), (leaf) => leaf.index);
  const texts = new InOrder(reader.texts(from), (text) => text.index);
  let isOver = false;
  for (let begin = from; !isOver && begin < to; ) {
    const end = Math.min(to, (Math.floor(begin / STRETCH) + 1) * STRETCH);
    await leaves.reach(end);
    await texts.reach(end);
    const first = begin;
    yield {
      end,
      *steps() {
        for (let index = first; index < end && !isOver; index += 1) {
          const leaf = leaves.take(index);
          const text = texts.take(index);
          if (leaf === undefined || text === undefined) {
            isOver = true;
            const atEnd = leaves.next() === undefined && texts.next() === undefined && leaf === text;
            const what = leaf === undefined ? 'its leaf is missing' : 'its text is missing';
            if (!atEnd) yield { ok: false, index, what };
            return;
          }
          const read = readEntry(leaf, text, ods);
          isOver = !read.ok;
          yield read.ok ? { ...read, commitment: leaf.commitment } : { ...read, index };
        }
      },
    };
    begin = end;
  }
}
