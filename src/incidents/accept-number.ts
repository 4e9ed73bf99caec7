import { randomUUID } from 'node:crypto';
import type { Actor } from '../ledger/entry.ts';
import type { IncidentStore } from './incident-store.ts';
import { asksForNumber } from './stop-incident.ts';

export type AcceptedNumber = {
  readonly practiceId: string;
  readonly id: string;
  /** Why the number is right, in words. */
  readonly closingWords: string;
  /** How many patients would have left, as the person saw it: what a job sent meanwhile is not accepted with it. */
  readonly permitted: number;
};

export type NumberAccepted =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly reason: 'no-such-incident' | 'already-closed' | 'not-a-number' | 'happened-again';
    };

/**
 * The guardian has looked at an unusual number of patients and says that it is right: from now on releases of this
 * version are compared with it. Closes the incident.
 */
export function acceptNumber(
  store: IncidentStore,
  { practiceId, id, closingWords, permitted: seen }: AcceptedNumber,
  by: Actor,
  now: Date,
): Promise<NumberAccepted> {
  return store.change(practiceId, async (change): Promise<NumberAccepted> => {
    const incident = await change.find(id);
    if (incident === null) return { ok: false, reason: 'no-such-incident' };
    if (incident.closedAt !== null) return { ok: false, reason: 'already-closed' };
    const { kind, extractId, permitted, withheld } = incident;
    if (!asksForNumber(kind) || extractId === null || permitted === null || withheld === null)
      return { ok: false, reason: 'not-a-number' };
    if (permitted !== seen) return { ok: false, reason: 'happened-again' };
    const version = await change.versionInForce(extractId);
    if (version === undefined) return { ok: false, reason: 'not-a-number' };
    const number = { id: randomUUID(), extractId, version, incidentId: id, permitted, withheld };
    await change.acceptNumber({ ...number, acceptedAt: now, acceptedBy: by.id });
    const said = { incident: id, extract: extractId, version, permitted, withheld };
    change.append('usual-number-accepted', by, said, now);
    change.append('incident-closed', by, { incident: id }, now);
    await change.update(id, { closedAt: now, closedBy: by.id, closingWords });
    return { ok: true };
  });
}
