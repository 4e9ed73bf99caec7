import { createHash } from 'node:crypto';
import { type Actor, canonicalJson, type Ledgered } from '../ledger/entry.ts';

/** What of a patient somebody looked at. */
export type Looked =
  | 'search-result'
  | 'patient-page'
  | 'account'
  | 'extracts'
  | 'plain-answer'
  | 'access-log'
  | 'objection-form'
  | 'objection-list'
  | 'receipt'
  | 'evidence'
  | 'letter'
  | 'release-withheld'
  | 'incident'
  | 'consents'
  | 'told'
  | 'notice-batch'
  | 'work-list'
  | 'reconciliation'
  | 'unusual-looks';

/** One look at one patient. Rows are only ever added. */
export type Access = {
  /** Its place in the log: within a practice, a later look has a greater one. */
  readonly seq: number;
  readonly staffId: string;
  readonly patientId: string;
  readonly at: Date;
  readonly what: string;
};

/** Reads inside one change of the practice's data: no look can be written meanwhile. */
export interface AccessChange extends Ledgered {
  /** The last look that the ledger's newest digest is of; 0 when there is none. */
  digestedTo(): Promise<number>;
  /** In the order of the log. */
  after(seq: number): AsyncIterable<Access>;
}

export interface AccessLogStore {
  /** Writes down that somebody looked at these patients of a practice. */
  note(
    practiceId: string,
    staffId: string,
    patientIds: readonly string[],
    what: Looked,
    at: Date,
  ): Promise<void>;
  /** Looks at one patient, newest first. */
  ofPatient(practiceId: string, patientId: string, part: { skip: number; take: number }): Promise<Access[]>;
  countOfPatient(practiceId: string, patientId: string): Promise<number>;
  /** Runs `work` as one transaction under the practice's lock. Throws when there is no such practice. */
  change<T>(practiceId: string, work: (change: AccessChange) => Promise<T>): Promise<T>;
}

const system: Actor = { kind: 'system', id: 'access-log' };

/**
 * Puts the digest of everything that was looked at since the last one into the ledger, so that no look can vanish.
 * The digest is SHA-256 over one line a look: RFC 8785 JSON of `[seq, staff, patient, at, what]` and a line feed.
 *
 * @returns how many looks it is of; 0 appends nothing
 */
export async function digestAccessLog(store: AccessLogStore, practiceId: string, now: Date): Promise<number> {
  return store.change(practiceId, async (change) => {
    const digest = createHash('sha256');
    let [from, to, count] = [0, 0, 0];
    for await (const { seq, staffId, patientId, at, what } of change.after(await change.digestedTo())) {
      digest.update(`${canonicalJson([seq, staffId, patientId, at.toISOString(), what])}\n`);
      if (count === 0) from = seq;
      to = seq;
      count += 1;
    }
    if (count > 0)
      change.append('access-digest', system, { from, to, count, digest: digest.digest('hex') }, now);
    return count;
  });
}
