import type { Actor } from '../ledger/entry.ts';
import type { PersonStore } from './person-store.ts';

export type Restricted = { readonly ok: true } | { readonly ok: false; readonly reason: 'no-such-patient' };

/**
 * Marks a patient as restricted, or takes the mark off: shown only to roles that may, and withheld from every extract
 * but direct care. An import can set the mark and never takes it off.
 */
export function restrictPatient(
  store: PersonStore,
  input: { readonly practiceId: string; readonly patientId: string; readonly restricted: boolean },
  by: Actor,
  now: Date,
): Promise<Restricted> {
  const { practiceId, patientId, restricted } = input;
  return store.change(practiceId, async (change): Promise<Restricted> => {
    const patient = await change.byId(patientId);
    if (patient === null) return { ok: false, reason: 'no-such-patient' };
    if (patient.restricted === restricted) return { ok: true };
    const index = change.append('patient-restricted', by, { patient: patientId, restricted }, now);
    await change.restrict(patientId, restricted, index);
    return { ok: true };
  });
}
