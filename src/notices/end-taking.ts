import { portionsOf } from './run.ts';
import type { TellingStore } from './telling-store.ts';

export type EndedTaking = {
  readonly practiceId: string;
  readonly takingId: string;
  readonly runId: string;
  /** The places of the batch that the file has. */
  readonly places: readonly number[];
};

/**
 * Notes that a file was given to its end, and with it who was in it: only of them it can be said that something was sent
 * (send-run.ts). A file that broke off half-way has told nobody, so nothing is noted of who was in it.
 */
export function endTaking(
  store: TellingStore,
  { practiceId, takingId, runId, places }: EndedTaking,
  now: Date,
): Promise<void> {
  return store.change(practiceId, async (change) => {
    for (const some of portionsOf(places)) await change.takePlaces(runId, some, now);
    await change.saveTaking(takingId, { done: places.length, seenAt: now, endedAt: now });
  });
}

/** Notes that a file broke off: whoever took it went away, or it failed. */
export function stopTaking(
  store: TellingStore,
  { practiceId, takingId }: Pick<EndedTaking, 'practiceId' | 'takingId'>,
  now: Date,
): Promise<void> {
  return store.change(practiceId, (change) => change.saveTaking(takingId, { stoppedAt: now }));
}
