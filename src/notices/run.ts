import type { BatchHow } from './facts.ts';

export const runStates = ['making', 'made', 'sent', 'stopped'] as const;
export type RunState = (typeof runStates)[number];

/** Whom a batch is for: those whom no version of the notice told, or those whom this version did not tell. */
export const runScopes = ['notice', 'version'] as const;
export type RunScope = (typeof runScopes)[number];

/** A batch of letters, texts or emails of one version, made once. */
export type NoticeRun = {
  readonly id: string;
  readonly noticeId: string;
  readonly version: number;
  readonly how: BatchHow;
  readonly state: RunState;
  readonly scope: RunScope;
  /** Emails only to those whom no text reaches, letters only to those whom neither does. */
  readonly onlyRest: boolean;
  readonly madeAt: Date;
  /** Id of who made it. */
  readonly madeBy: string;
  /** How many are in it; while it is made, how many there will be, as far as is known. */
  readonly count: number;
  /** Of how many it is written that it was sent to them. */
  readonly done: number;
  readonly sentOn: string | null;
  readonly sentAt: Date | null;
  readonly sentBy: string | null;
  readonly endedAt: Date | null;
};

/** Patients of one transaction, so that others can write in between. */
export const RUN_PORTION = 500;

/** Places of a batch in portions of one transaction. */
export function* portionsOf<T>(all: readonly T[]): Iterable<readonly T[]> {
  for (let from = 0; from < all.length; from += RUN_PORTION) yield all.slice(from, from + RUN_PORTION);
}

/** Whether something of a batch is still to be written, by this process or another. */
export function isUnfinished({ state, count, done }: Pick<NoticeRun, 'state' | 'count' | 'done'>): boolean {
  return state === 'making' || (state === 'sent' && done < count);
}
