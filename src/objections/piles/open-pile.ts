import { isDay, londonDay } from '../../day.ts';
import type { Actor } from '../../ledger/entry.ts';
import { keyedVias, type ReceivedVia } from '../received-via.ts';
import { MOST_SHEETS } from './pile.ts';
import type { PileStore } from './pile-store.ts';

export type NewPile = {
  readonly practiceId: string;
  /** A random id (UUID) that the form was given: sent twice, one pile is opened. */
  readonly id: string;
  readonly receivedOn: string;
  readonly receivedVia: ReceivedVia;
  readonly arrived: number;
};

export type PileOpened =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly reason: 'not-a-count' | 'not-a-day' | 'received-in-future' | 'via-not-by-hand';
    };

/** Opens a pile: how many forms arrived, how and when. What is keyed from it may still say otherwise, form by form. */
export async function openPile(
  store: PileStore,
  { practiceId, id, receivedOn, receivedVia, arrived }: NewPile,
  by: Actor,
  now: Date,
): Promise<PileOpened> {
  if (!Number.isInteger(arrived) || arrived < 1 || arrived > MOST_SHEETS)
    return { ok: false, reason: 'not-a-count' };
  if (!keyedVias.some((via) => via === receivedVia)) return { ok: false, reason: 'via-not-by-hand' };
  if (!isDay(receivedOn)) return { ok: false, reason: 'not-a-day' };
  if (receivedOn > londonDay(now)) return { ok: false, reason: 'received-in-future' };
  const started = { startedAt: now, startedBy: by.id, closedAt: null, closedBy: null };
  return store.change(practiceId, async (change): Promise<PileOpened> => {
    if ((await change.pile(id)) === null)
      await change.open({ id, receivedOn, receivedVia, arrived, ...started });
    return { ok: true };
  });
}
