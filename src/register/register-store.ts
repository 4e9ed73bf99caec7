import type { Register } from './register.ts';

/** A register as it was published. */
export type PublishedRegister = {
  /** YYYY-MM-DD in London */
  readonly day: string;
  /** Index of the entry that holds its digest; the checkpoint of the day counts it. */
  readonly ledgerIndex: number;
  readonly register: Register;
};

/** What of the registers everybody may see: what was published, and nothing that came since. */
export interface RegisterStore {
  /** The last one published; null when there is none. */
  latest(practiceId: string): Promise<PublishedRegister | null>;
  /** A file that shows, offline, that the ledger holds the digest of a register. Null when it cannot be made. */
  proof(practiceId: string, ledgerIndex: number): Promise<string | null>;
}
