import type { Actor } from '../ledger/entry.ts';
import type { Taking } from './taking.ts';
import type { TellingStore } from './telling-store.ts';

export type NewTaking = Pick<Taking, 'runId' | 'file' | 'count'> & {
  readonly practiceId: string;
  /** Random. */
  readonly takingId: string;
};

/** Notes that somebody begins to take a file of a batch away, so that everybody can see how far it has come. */
export function beginTaking(
  store: TellingStore,
  { practiceId, takingId: id, runId, file, count }: NewTaking,
  by: Actor,
  now: Date,
): Promise<void> {
  const begun = { done: 0, startedAt: now, startedBy: by.id, seenAt: now, endedAt: null, stoppedAt: null };
  return store.change(practiceId, (change) => change.addTaking({ id, runId, file, count, ...begun }));
}
