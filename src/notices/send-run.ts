import { isDay, londonDay } from '../day.ts';
import type { Actor } from '../ledger/entry.ts';
import type { TellingStore } from './telling-store.ts';

export type RunSending = {
  readonly practiceId: string;
  readonly runId: string;
  /** The day on which it was posted, or given to the messaging system, `YYYY-MM-DD`. */
  readonly on: string;
};

export type RunSent =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly reason:
        | 'no-such-run'
        | 'not-made'
        | 'not-taken'
        | 'withdrawn'
        | 'not-a-day'
        | 'in-future'
        | 'before-made';
    };

/**
 * Says that a batch was sent. Letters count as told from that day, texts and emails when it is heard that they were
 * delivered. The act of each patient is written by {@link goOnWithRun}:
 * of those only who were not left out of the file (left-out.ts). Letters of a notice that was withdrawn meanwhile were
 * posted all the same: of them it can still be said.
 */
export function sendRun(
  store: TellingStore,
  { practiceId, runId, on }: RunSending,
  by: Actor,
  now: Date,
): Promise<RunSent> {
  return store.change(practiceId, async (change): Promise<RunSent> => {
    const run = await change.run(runId);
    if (run === null) return { ok: false, reason: 'no-such-run' };
    if (run.state === 'sent') return { ok: true };
    if (run.state !== 'made') return { ok: false, reason: 'not-made' };
    if (!isDay(on)) return { ok: false, reason: 'not-a-day' };
    if (on > londonDay(now)) return { ok: false, reason: 'in-future' };
    if (on < londonDay(run.madeAt)) return { ok: false, reason: 'before-made' };
    // What nobody took away cannot have been sent. Of a notice that was withdrawn nobody can take the rest any more.
    const { taken, untaken } = await change.countTaken(runId);
    const isWithdrawn = (await change.version(run))?.state !== 'published';
    if (untaken > 0 && !isWithdrawn) return { ok: false, reason: 'not-taken' };
    if (taken === 0 && isWithdrawn) return { ok: false, reason: 'withdrawn' };
    if (untaken > 0) await change.leaveOutUntaken(runId, 'withdrawn');
    change.append('notice-run-sent', by, { run: runId, on, count: run.count }, now);
    await change.saveRun(runId, { state: 'sent', sentOn: on, sentAt: now, sentBy: by.id });
    return { ok: true };
  });
}
