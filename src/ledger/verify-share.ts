import { Frontier } from './frontier.ts';
import type { ActRow, LedgerReader, Problem, ReleaseRow } from './ledger-reader.ts';
import { type Mark, treeOf } from './mark.ts';
import { sameHash } from './merkle.ts';
import type { ReadEntry } from './read-entry.ts';
import { readLog } from './read-log.ts';
import type { Replays } from './replays.ts';
import { TILE_WIDTH } from './tiles.ts';
import { isOfRelease } from './verify-releases.ts';

/** The older entries are read again in this many nights. */
export const SHARES = 7;
/** Entries that are read again in one go; the places of these do not move as the log grows. */
const BLOCK = 16 * 1_024;
const AT_ONCE = 200;

type Replayed<A extends ActRow> = {
  readonly releases: Pick<Replays<A>['releases'], 'whyNotAsSaid'>;
  readonly registers: Pick<Replays<A>['registers'], 'whyNotAsSaid'>;
};

/**
 * Reads a seventh of the older entries again: each is what its leaf commits to, every 256 leaves come to the root that
 * was kept, and the releases and registers that they speak of are as they say. What was in force then was replayed when the mark was
 * made, from the same bytes.
 *
 * @param share which seventh, from 0
 */
export async function verifyShare<A extends ActRow>(
  reader: LedgerReader<A>,
  replays: Replayed<A>,
  mark: Mark,
  share: number,
): Promise<Problem | undefined> {
  for (let block = 0; block * BLOCK < mark.size; block += 1) {
    if (block % SHARES !== share) continue;
    const [from, to] = [block * BLOCK, Math.min((block + 1) * BLOCK, mark.size)];
    const problem = await verifyBlock(reader, replays, mark, from, to);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

async function verifyBlock<A extends ActRow>(
  reader: LedgerReader<A>,
  replays: Replayed<A>,
  mark: Mark,
  from: number,
  to: number,
): Promise<Problem | undefined> {
  const { tiles, frontier } = treeOf(mark);
  let tile = Frontier.empty();
  for await (const { steps } of readLog(reader, from, to)) {
    const ofReleases: ReadEntry[] = [];
    const ofRegisters: ReadEntry[] = [];
    for (const step of steps()) {
      if (!step.ok) return step;
      tile.append(step.commitment);
      const { index } = step.entry;
      if (tile.size === TILE_WIDTH) {
        if (!sameHash(tile.root(), tiles[Math.floor(index / TILE_WIDTH)] ?? tile.root().subarray(1)))
          return { index: index + 1 - TILE_WIDTH, what: CHANGED };
        tile = Frontier.empty();
      }
      if (isOfRelease(step.entry.act)) ofReleases.push(step.entry);
      if (step.entry.act === 'register-published') ofRegisters.push(step.entry);
    }
    for (const entry of ofRegisters) {
      const what = await replays.registers.whyNotAsSaid(entry);
      if (what !== undefined) return { index: entry.index, what };
    }
    const problem = await verifyReleases(reader, replays, ofReleases);
    if (problem !== undefined) return problem;
  }
  // What does not fill a tile is the last of the right edge.
  const edge = Buffer.from(tile.toBytes());
  const isEdge = edge.equals(
    Buffer.from(frontier.toBytes()).subarray(frontier.toBytes().length - edge.length),
  );
  return isEdge ? undefined : { index: to - tile.size, what: CHANGED };
}

const CHANGED = 'from it on, within 256, an entry is not the one that was there at the last whole check';

async function verifyReleases<A extends ActRow>(
  reader: LedgerReader<A>,
  { releases }: Pick<Replayed<A>, 'releases'>,
  entries: readonly ReadEntry[],
): Promise<Problem | undefined> {
  for (let from = 0; from < entries.length; from += AT_ONCE) {
    const some = entries.slice(from, from + AT_ONCE);
    const ids = [...new Set(some.map(({ data }) => String(data.release)))];
    const rows = new Map<string, ReleaseRow>();
    for (const row of await reader.releasesNamed(ids)) rows.set(row.id, row);
    for (const entry of some) {
      const row = rows.get(String(entry.data.release));
      const what =
        row === undefined ? 'the release that it speaks of is missing' : releases.whyNotAsSaid(entry, row);
      if (what !== undefined) return { index: entry.index, what };
    }
  }
  return undefined;
}
