import type { Actor } from '../../ledger/entry.ts';
import type { PileStore } from './pile-store.ts';

export type PileClosed = { readonly ok: true } | { readonly ok: false; readonly reason: 'no-such-pile' };

/** Closes a pile, complete or not. Closed twice, the first time stands. */
export function closePile(
  store: PileStore,
  { practiceId, id }: { readonly practiceId: string; readonly id: string },
  by: Actor,
  now: Date,
): Promise<PileClosed> {
  return store.change(practiceId, async (change): Promise<PileClosed> => {
    const pile = await change.pile(id);
    if (pile === null) return { ok: false, reason: 'no-such-pile' };
    if (pile.closedAt === null) await change.close(id, by.id, now);
    return { ok: true };
  });
}
