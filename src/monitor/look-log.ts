import { createHash } from 'node:crypto';
import { londonDay, startOfDay } from '../day.ts';
import { type Actor, canonicalJson, type Ledgered } from '../ledger/entry.ts';

/** That a monitor asked for a page. Rows are only ever added. */
export type MonitorLook = {
  readonly seq: number;
  readonly staffId: string;
  readonly at: Date;
  /** The path, without what was asked for in it: no page of a monitor has a patient in its path. */
  readonly path: string;
  /** Entries of the ledger then, where the page says what happened since the last visit; else null. */
  readonly size: number | null;
};

/** Reads inside one change of the practice's data: no look can be written meanwhile. */
export interface LookChange extends Ledgered {
  /** The last look that the ledger's newest digest is of; 0 when there is none. */
  digestedTo(): Promise<number>;
  /** In the order of the log. */
  after(seq: number): AsyncIterable<MonitorLook>;
}

export interface LookStore {
  /** `size` is noted by the store itself, for a page that says what happened. */
  note(
    look: Omit<MonitorLook, 'seq' | 'size'> & { practiceId: string; saysWhatHappened: boolean },
  ): Promise<void>;
  /** Newest first. */
  list(practiceId: string, part: { skip: number; take: number }): Promise<MonitorLook[]>;
  count(practiceId: string): Promise<number>;
  /** The last look of somebody, before an instant, at a page that says what happened. */
  lastBefore(staffId: string, before: Date): Promise<MonitorLook | null>;
  change<T>(practiceId: string, work: (change: LookChange) => Promise<T>): Promise<T>;
}

/**
 * Up to where a monitor has seen what happened: the last time, on an earlier day, that they were shown it. All of one
 * day is one visit, so that whoever logs in again after a break still sees what is new.
 */
export async function lastVisit(
  store: LookStore,
  staffId: string,
  now: Date,
): Promise<{ readonly at: Date; readonly size: number } | null> {
  const look = await store.lastBefore(staffId, startOfDay(londonDay(now)));
  return look?.size == null ? null : { at: look.at, size: look.size };
}

const system: Actor = { kind: 'system', id: 'monitor-look-log' };

/**
 * Puts the digest of what monitors looked at since the last one into the ledger, so that no look can vanish: SHA-256 over
 * one line a look, RFC 8785 JSON of `[seq, staff, at, path, size]` and a line feed.
 *
 * @returns how many looks it is of; 0 appends nothing
 */
export async function digestLooks(store: LookStore, practiceId: string, now: Date): Promise<number> {
  return store.change(practiceId, async (change) => {
    const digest = createHash('sha256');
    let [from, to, count] = [0, 0, 0];
    for await (const { seq, staffId, at, path, size } of change.after(await change.digestedTo())) {
      digest.update(`${canonicalJson([seq, staffId, at.toISOString(), path, size])}\n`);
      if (count === 0) from = seq;
      to = seq;
      count += 1;
    }
    if (count > 0)
      change.append('monitor-look-digest', system, { from, to, count, digest: digest.digest('hex') }, now);
    return count;
  });
}
