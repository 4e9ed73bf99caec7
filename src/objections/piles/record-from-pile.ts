import type { Actor } from '../../ledger/entry.ts';
import { type Recorded, recordWithin } from '../record-objection.ts';
import type { ObjectionRequest } from '../request.ts';
import { lastKeyedBy, type PileRequest } from './pile.ts';
import type { PileStore } from './pile-store.ts';

/** Which sheet of paper a request is on. */
export type Sheet =
  | 'next'
  /** The sheet that this person keyed last: one form names several people. */
  | 'last'
  /** The sheet of another request, which was a mistake. */
  | { readonly ofRequest: string };

export type FromPile = {
  readonly practiceId: string;
  readonly request: Omit<ObjectionRequest, 'practiceId'> & { readonly requestId: string };
  readonly pileId: string;
  readonly sheet: Sheet;
};

export type RecordedFromPile = Recorded | { readonly ok: false; readonly reason: 'no-such-pile' };

/**
 * Records an objection and counts it in its pile, in one transaction: with two, a crash in between would leave a form
 * that works and is missing from the pile, and somebody would key it again. The request's id is the key of both, so a
 * button pressed twice counts once. A pile that somebody closed meanwhile stops no objection: it counts all the same.
 */
export function recordFromPile(
  store: PileStore,
  { practiceId, request, pileId, sheet }: FromPile,
  by: Actor,
  now: Date,
): Promise<RecordedFromPile> {
  return store.change(practiceId, async (change): Promise<RecordedFromPile> => {
    if ((await change.pile(pileId)) === null) return { ok: false, reason: 'no-such-pile' };
    const recorded = await recordWithin(change, { ...request, practiceId }, by, now);
    if (!recorded.ok) return recorded;
    const { requestId, patientId } = request;
    const requests = await change.requestsOf(pileId);
    if (!requests.some((one) => one.requestId === requestId)) {
      const on = sheetOf(sheet, requests, by.id);
      await change.keep({ requestId, pileId, sheet: on, patientId, keyedAt: now, keyedBy: by.id });
    }
    return recorded;
  });
}

function sheetOf(sheet: Sheet, requests: readonly PileRequest[], staffId: string): number {
  const next = Math.max(0, ...requests.map((one) => one.sheet)) + 1;
  if (sheet === 'next') return next;
  const same =
    sheet === 'last'
      ? lastKeyedBy(requests, staffId)
      : requests.find(({ requestId }) => requestId === sheet.ofRequest);
  return same?.sheet ?? next;
}
