import type { Ledgered } from '../ledger/entry.ts';

/** A proxy's authority, to be looked at by a second person. */
export type AuthorityCheck = {
  readonly requestId: string;
  readonly patientId: string;
  readonly askedAt: Date;
  /** Id of who keyed the request, and may not be the second person. */
  readonly askedBy: string;
  /** Null: waits. */
  readonly outcome: 'seen' | 'not-enough' | null;
  readonly note: string | null;
  readonly checkedAt: Date | null;
  readonly checkedBy: string | null;
};

export type AuthorityAnswer = Required<Pick<AuthorityCheck, 'outcome' | 'note' | 'checkedAt' | 'checkedBy'>>;

export interface AuthorityChange extends Ledgered {
  check(requestId: string): Promise<AuthorityCheck | null>;
  answer(requestId: string, answer: AuthorityAnswer): Promise<void>;
}

/** Checks of one practice at a time: another's are never found. */
export interface AuthorityStore {
  /** Runs `work` as one transaction under the practice's lock. Throws when there is no such practice. */
  change<T>(practiceId: string, work: (change: AuthorityChange) => Promise<T>): Promise<T>;
  find(practiceId: string, requestId: string): Promise<AuthorityCheck | null>;
  countWaiting(practiceId: string): Promise<number>;
}
