import { londonDay } from '../../day.ts';
import type { Actor } from '../../ledger/entry.ts';
import { mayBeExempt } from '../applied-types.ts';
import { namedEntry } from './exemption.ts';
import type { ExemptionStore } from './exemption-store.ts';

export type ExemptionDecision = {
  readonly practiceId: string;
  readonly id: string;
  readonly decision: 'approve' | 'refuse';
};

export type NotDecidable =
  | 'no-such-exemption'
  | 'not-waiting'
  | 'same-person'
  | 'version-over'
  | 'not-applied'
  | 'already-over';

export type DecidedExemption = { readonly ok: true } | { readonly ok: false; readonly reason: NotDecidable };

/**
 * Approves or refuses an exemption: a guardian's word, and never that of who asked for it, which the database holds too.
 * What is approved counts for every release that is decided after.
 */
export function decideExemption(
  store: ExemptionStore,
  { practiceId, id, decision }: ExemptionDecision,
  by: Actor,
  now: Date,
): Promise<DecidedExemption> {
  return store.change(practiceId, async (change): Promise<DecidedExemption> => {
    const exemption = await change.find(id);
    if (exemption === null) return { ok: false, reason: 'no-such-exemption' };
    if (exemption.state !== 'asked') return { ok: false, reason: 'not-waiting' };
    if (exemption.askedBy === by.id) return { ok: false, reason: 'same-person' };
    if (decision === 'approve') {
      const version = await change.openVersion(exemption.extractId, exemption.version);
      if (version === undefined) return { ok: false, reason: 'version-over' };
      if (!mayBeExempt(version.ground, exemption.type)) return { ok: false, reason: 'not-applied' };
      if (exemption.endsOn < londonDay(now)) return { ok: false, reason: 'already-over' };
    }
    const approved = decision === 'approve';
    await change.update(id, {
      state: approved ? 'approved' : 'refused',
      decidedAt: now,
      decidedBy: by.id,
    });
    change.append(approved ? 'exemption-approved' : 'exemption-refused', by, namedEntry(exemption), now);
    return { ok: true };
  });
}
