import type { Actor } from '../../ledger/entry.ts';
import { type MarkedInError, markWithin } from '../mark-entered-in-error.ts';
import type { PileStore } from './pile-store.ts';

export type AboutForm = { readonly practiceId: string; readonly requestId: string; readonly reason: string };

export type FormMarked = { readonly ok: true } | Extract<MarkedInError, { ok: false }>;

/** Says that all that a form of a pile became was entered in error. What was said of one of its acts before, stays. */
export function markFormInError(
  store: PileStore,
  { practiceId, requestId, reason }: AboutForm,
  by: Actor,
  now: Date,
): Promise<FormMarked> {
  return store.change(practiceId, async (change): Promise<FormMarked> => {
    const acts = await change.ofRequest(requestId);
    if (acts.length === 0) return { ok: false, reason: 'no-such-act' };
    for (const { id: actId } of acts) {
      const marked = await markWithin(change, { actId, reason }, by, now);
      const wasMarked =
        !marked.ok && (marked.reason === 'already-asked' || marked.reason === 'already-in-error');
      if (!marked.ok && !wasMarked) return marked;
    }
    return { ok: true };
  });
}
