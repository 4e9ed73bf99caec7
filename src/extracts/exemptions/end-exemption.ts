import { londonDay } from '../../day.ts';
import type { Actor } from '../../ledger/entry.ts';
import { isInForce, namedEntry } from './exemption.ts';
import type { ExemptionStore } from './exemption-store.ts';

export type EndedExemption =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'no-such-exemption' | 'not-in-force' };

/**
 * Ends an exemption before its last day, or takes back one that waits. It needs one person only, for more is withheld
 * by it: also in a release that is being scanned.
 */
export function endExemption(
  store: ExemptionStore,
  { practiceId, id }: { readonly practiceId: string; readonly id: string },
  by: Actor,
  now: Date,
): Promise<EndedExemption> {
  return store.change(practiceId, async (change): Promise<EndedExemption> => {
    const exemption = await change.find(id);
    if (exemption === null) return { ok: false, reason: 'no-such-exemption' };
    if (exemption.state !== 'asked' && !isInForce(exemption, londonDay(now)))
      return { ok: false, reason: 'not-in-force' };
    await change.update(id, { state: 'ended', endedAt: now, endedBy: by.id });
    change.append('exemption-ended', by, namedEntry(exemption), now);
    return { ok: true };
  });
}
