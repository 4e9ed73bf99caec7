import type { Actor } from '../ledger/entry.ts';
import type { Incident } from './incident.ts';
import type { IncidentStore } from './incident-store.ts';
import { isStopIncident } from './stop-incident.ts';

export type Closing = { readonly practiceId: string; readonly id: string; readonly closingWords: string };

export type NotClosable =
  | 'no-such-incident'
  | 'already-closed'
  | 'not-assessed'
  | 'regulator-not-told'
  | 'patient-not-told';

export type Closed = { readonly ok: true } | { readonly ok: false; readonly reason: NotClosable };

/** Closes an incident: the guardian's word. Not before it was assessed, and not before whom to tell was told. */
export function closeIncident(
  store: IncidentStore,
  { practiceId, id, closingWords }: Closing,
  by: Actor,
  now: Date,
): Promise<Closed> {
  return store.change(practiceId, async (change): Promise<Closed> => {
    const incident = await change.find(id);
    if (incident === null) return { ok: false, reason: 'no-such-incident' };
    const reason = whyNotClosable(incident);
    if (reason !== undefined) return { ok: false, reason };
    change.append('incident-closed', by, { incident: id }, now);
    await change.update(id, { closedAt: now, closedBy: by.id, closingWords });
    return { ok: true };
  });
}

/** Why an incident cannot be closed yet; undefined when it can. */
export function whyNotClosable(incident: Incident): NotClosable | undefined {
  if (incident.closedAt !== null) return 'already-closed';
  // What stopped before anything left needs somebody's words, and no assessment of what it means for a patient.
  if (isStopIncident(incident.kind)) return undefined;
  if (incident.assessedAt === null) return 'not-assessed';
  if (incident.tellRegulator === 'tell' && incident.regulatorToldAt === null) return 'regulator-not-told';
  if (incident.tellPatient === 'tell' && incident.patientToldAt === null) return 'patient-not-told';
  return undefined;
}
