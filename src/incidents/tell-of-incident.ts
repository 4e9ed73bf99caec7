import { isDay, londonDay, startOfDay } from '../day.ts';
import type { Actor } from '../ledger/entry.ts';
import type { IncidentStore } from './incident-store.ts';

/** Whom to tell of an incident: the Information Commissioner, and the patient. */
export const toTell = ['regulator', 'patient'] as const;
export type ToTell = (typeof toTell)[number];

export type Telling = {
  readonly practiceId: string;
  readonly id: string;
  readonly whom: ToTell;
  /** The day on which they were told, `YYYY-MM-DD`. */
  readonly on: string;
};

export type ToldOf =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly reason:
        | 'no-such-incident'
        | 'already-closed'
        | 'already-told'
        | 'not-a-day'
        | 'before-it-opened'
        | 'in-future';
    };

/** Notes that the regulator or the patient was told. It stays as first noted. */
export function tellOfIncident(
  store: IncidentStore,
  { practiceId, id, whom, on }: Telling,
  by: Actor,
  now: Date,
): Promise<ToldOf> {
  return store.change(practiceId, async (change): Promise<ToldOf> => {
    const incident = await change.find(id);
    if (incident === null) return { ok: false, reason: 'no-such-incident' };
    if (incident.closedAt !== null) return { ok: false, reason: 'already-closed' };
    const column = whom === 'regulator' ? 'regulatorToldAt' : 'patientToldAt';
    if (incident[column] !== null) return { ok: false, reason: 'already-told' };
    if (!isDay(on)) return { ok: false, reason: 'not-a-day' };
    if (on > londonDay(now)) return { ok: false, reason: 'in-future' };
    if (on < londonDay(incident.openedAt)) return { ok: false, reason: 'before-it-opened' };
    change.append('incident-told', by, { incident: id, whom, on }, now);
    await change.update(id, { [column]: on === londonDay(now) ? now : startOfDay(on) });
    return { ok: true };
  });
}
