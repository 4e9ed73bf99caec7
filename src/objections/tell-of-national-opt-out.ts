import type { Actor } from '../ledger/entry.ts';
import type { ObjectionStore } from './objection-store.ts';

export type Told = { readonly ok: true } | { readonly ok: false; readonly reason: 'nothing-to-tell' };

/**
 * Ticks off that a patient was told that their type 2 objection has no national effect, and how to set a National Data
 * Opt-out. The objection itself goes on as before.
 */
export function tellOfNationalOptOut(
  store: ObjectionStore,
  { practiceId, patientId }: { readonly practiceId: string; readonly patientId: string },
  by: Actor,
  now: Date,
): Promise<Told> {
  return store.change(practiceId, async (change): Promise<Told> => {
    const told = await change.told(patientId, by, now);
    if (told === 0) return { ok: false, reason: 'nothing-to-tell' };
    change.append('national-opt-out-told', by, { patient: patientId }, now);
    return { ok: true };
  });
}
