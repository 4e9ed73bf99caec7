import type { Actor } from '../ledger/entry.ts';
import type { LookOutcome, UnusualLookStore } from './unusual-look-store.ts';

export type LookReview = { readonly practiceId: string; readonly id: string; readonly outcome: LookOutcome };

export type LookReviewed =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'no-such-look' | 'reviewed-already' | 'own-look' };

/**
 * Notes that somebody asked about unusual looks, and what came of it; without a word more, which belongs in no register.
 * Nobody reviews their own.
 */
export function reviewUnusualLook(
  store: UnusualLookStore,
  { practiceId, id, outcome }: LookReview,
  by: Actor,
  now: Date,
): Promise<LookReviewed> {
  return store.change(practiceId, async (change): Promise<LookReviewed> => {
    const look = await change.find(id);
    if (look === null) return { ok: false, reason: 'no-such-look' };
    if (look.staffId === by.id) return { ok: false, reason: 'own-look' };
    if (look.outcome !== null) return { ok: false, reason: 'reviewed-already' };
    await change.review(id, outcome, by.id, now);
    const { rule, day, staffId, patientId, count } = look;
    const data = { look: id, rule, day, staff: staffId, patient: patientId, count, outcome };
    change.append('unusual-look-reviewed', by, data, now);
    return { ok: true };
  });
}
