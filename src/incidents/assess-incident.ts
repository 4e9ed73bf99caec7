import type { Actor } from '../ledger/entry.ts';
import type { Risk, Telling } from './incident.ts';
import type { IncidentStore } from './incident-store.ts';

/** Characters of an assessment or of closing words, at most. They stay in this practice, and never enter the ledger. */
export const ASSESSMENT_LENGTH = 4000;

export type Assessment = {
  readonly practiceId: string;
  readonly id: string;
  readonly assessment: string;
  readonly risk: Risk;
  readonly tellRegulator: Telling;
  readonly tellPatient: Telling;
  /** When it was last assessed as the person saw it: what somebody else wrote meanwhile is not written over. */
  readonly seenAssessedAt: Date | null;
};

export type Assessed =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'no-such-incident' | 'already-closed' | 'assessed-meanwhile' };

/** Writes down what came of looking at an incident, and whom to tell. It can be written anew until it is closed. */
export function assessIncident(
  store: IncidentStore,
  { practiceId, id, seenAssessedAt, ...assessed }: Assessment,
  by: Actor,
  now: Date,
): Promise<Assessed> {
  return store.change(practiceId, async (change): Promise<Assessed> => {
    const incident = await change.find(id);
    if (incident === null) return { ok: false, reason: 'no-such-incident' };
    if (incident.closedAt !== null) return { ok: false, reason: 'already-closed' };
    if (incident.assessedAt?.getTime() !== seenAssessedAt?.getTime())
      return { ok: false, reason: 'assessed-meanwhile' };
    const { risk, tellRegulator, tellPatient } = assessed;
    change.append('incident-assessed', by, { incident: id, risk, tellRegulator, tellPatient }, now);
    await change.update(id, { ...assessed, assessedAt: now, assessedBy: by.id });
    return { ok: true };
  });
}
