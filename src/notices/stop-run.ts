import type { Actor } from '../ledger/entry.ts';
import type { TellingStore } from './telling-store.ts';

export type RunStopped =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'no-such-run' | 'was-sent' };

/** Stops a batch that was not sent: nobody in it was told, and all may be in another. What was sent cannot be stopped. */
export function stopRun(
  store: TellingStore,
  { practiceId, runId }: { readonly practiceId: string; readonly runId: string },
  by: Actor,
  now: Date,
): Promise<RunStopped> {
  return store.change(practiceId, async (change): Promise<RunStopped> => {
    const run = await change.run(runId);
    if (run === null) return { ok: false, reason: 'no-such-run' };
    if (run.state === 'sent') return { ok: false, reason: 'was-sent' };
    if (run.state === 'stopped') return { ok: true };
    change.append('notice-run-stopped', by, { run: runId, was: run.state }, now);
    await change.closePlaces(runId);
    await change.saveRun(runId, { state: 'stopped', endedAt: now });
    return { ok: true };
  });
}
