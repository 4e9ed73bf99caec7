import type { Ledgered } from '../ledger/entry.ts';
import type { VersionRecord } from './registered-version.ts';

/** Where versions are kept: one change of the practice's data at a time. */
export interface ExtractRegister {
  change<T>(practiceId: string, work: (change: ExtractChange) => Promise<T>): Promise<T>;
  /** Every version of every extract of the practice, by id, the newest version first. */
  versions(practiceId: string): Promise<VersionRecord[]>;
  /** Every version of one extract, the newest first; empty when the practice has none of this id. */
  versionsOf(practiceId: string, extractId: string): Promise<VersionRecord[]>;
  /** When the key of an extract's pseudonyms was made, or last changed. Throws when there is no such extract. */
  pseudonymKeySince(practiceId: string, extractId: string): Promise<Date>;
}

export interface ExtractChange extends Ledgered {
  /** The number of the newest version; 0 when the practice has no extract of this id. */
  newest(extractId: string): Promise<number>;
  /** Keeps a version; with the first one also the extract itself and its pseudonym key. */
  add(version: VersionRecord): Promise<void>;
  find(extractId: string, version: number): Promise<VersionRecord | undefined>;
  /** The version of the extract that is approved or suspended; there is one at most. */
  standing(extractId: string): Promise<VersionRecord | undefined>;
  update(extractId: string, version: number, columns: Partial<VersionRecord>): Promise<void>;
  /** Ends the exemptions of a version that wait or were approved. Gives their ids. */
  endExemptions(extractId: string, version: number, by: string, at: Date): Promise<string[]>;
  /** Gives the extract a new key for its pseudonyms; the old one is gone. */
  changePseudonymKey(extractId: string, at: Date): Promise<void>;
}

/** Names a version of an extract. */
export type VersionName = {
  readonly practiceId: string;
  readonly extractId: string;
  readonly version: number;
};
