import type { Ledgered } from '../ledger/entry.ts';
import type { Access } from './access-log.ts';
import type { Known, Unusual } from './unusual-looks.ts';

/** What came of asking: there was a reason, or it was raised with whom it has to be raised with. */
export const lookOutcomes = ['explained', 'raised'] as const;
export type LookOutcome = (typeof lookOutcomes)[number];

/** Unusual looks as they are kept. */
export type UnusualLook = Omit<Unusual, 'rule'> & {
  readonly id: string;
  readonly rule: string;
  /** Null: waits for somebody to ask. */
  readonly outcome: string | null;
  readonly reviewedAt: Date | null;
  readonly reviewedBy: string | null;
};

export interface UnusualLookChange extends Ledgered {
  /** Everything that was found of a day. */
  ofDay(day: string): Promise<UnusualLook[]>;
  add(look: Unusual & { readonly id: string; readonly foundAt: Date }): Promise<void>;
  /** What was found goes on. */
  extend(id: string, look: Pick<Unusual, 'count' | 'firstAt' | 'lastAt' | 'toSeq'>): Promise<void>;
  watchedTo(seq: number): Promise<void>;
  find(id: string): Promise<UnusualLook | null>;
  review(id: string, outcome: LookOutcome, by: string, at: Date): Promise<void>;
}

/** Of one practice at a time: another's are never found. */
export interface UnusualLookStore {
  /** The looks that were not searched yet: the day of the first since `from`, and the last; null when there are none. */
  notSearched(
    practiceId: string,
    from: Date,
  ): Promise<{ readonly first: Date; readonly last: Access } | null>;
  /** In the order of the log. */
  looksBetween(practiceId: string, from: Date, to: Date): Promise<Access[]>;
  known(practiceId: string, looks: readonly Access[], from: Date, to: Date): Promise<Known>;
  /** Those that wait, or those that do not, newest first. */
  list(
    practiceId: string,
    part: { readonly waiting: boolean; readonly skip: number; readonly take: number },
  ): Promise<UnusualLook[]>;
  count(practiceId: string, waiting: boolean): Promise<number>;
  find(practiceId: string, id: string): Promise<UnusualLook | null>;
  /** Runs `work` as one transaction under the practice's lock. Throws when there is no such practice. */
  change<T>(practiceId: string, work: (change: UnusualLookChange) => Promise<T>): Promise<T>;
}
