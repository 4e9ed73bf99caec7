import type { Ledgered } from '../../ledger/entry.ts';

/** A made-up patient of the clinical system, whom the files of an extract should hold. */
export type Canary = {
  readonly id: string;
  readonly extractId: string;
  readonly nhsNumber: string;
  readonly addedAt: Date;
  readonly addedBy: string;
};

export interface CanaryChange extends Ledgered {
  hasExtract(extractId: string): Promise<boolean>;
  ofExtract(extractId: string): Promise<Canary[]>;
  add(canary: Canary): Promise<void>;
  /** False when the practice has none of this id, or it was removed before. */
  remove(id: string, by: string, at: Date): Promise<boolean>;
}

/** Where canaries are kept. Their NHS numbers are in no ledger, log or address. */
export interface CanaryStore {
  /** Those that count, the first added first. */
  ofExtract(practiceId: string, extractId: string): Promise<Canary[]>;
  change<T>(practiceId: string, work: (change: CanaryChange) => Promise<T>): Promise<T>;
}
