import type { Actor } from '../ledger/entry.ts';
import type { RecordedAct } from './act-entry.ts';
import type { ObjectionStore } from './objection-store.ts';
import { acknowledgeSince } from './to-acknowledge.ts';

/** How the patients were told what was recorded. */
export const acknowledgedHows = ['letter', 'receipt', 'told'] as const;
export type AcknowledgedHow = (typeof acknowledgedHows)[number];

export type Acknowledging = {
  readonly practiceId: string;
  readonly patientIds: readonly string[];
  readonly how: AcknowledgedHow;
  /** When what they were given was written: what was recorded later still waits. Left out: now. */
  readonly asOf?: Date;
};

/** `count`: of the patients who were waiting. */
export type Acknowledged = { readonly ok: true; readonly count: number };

/**
 * Notes that patients were told in writing, or to their face, what was recorded of them. Those who were told before,
 * or whom nobody knows, are left out; when nobody is left, nothing is written.
 */
export function acknowledgeObjections(
  store: ObjectionStore,
  { practiceId, patientIds, how, asOf }: Acknowledging,
  by: Actor,
  now: Date,
): Promise<Acknowledged> {
  return store.change(practiceId, async (change): Promise<Acknowledged> => {
    const waiting = await change.waitingForAnswer([...new Set(patientIds)]);
    const told = waiting.filter(({ acknowledgeSince: since }) => asOf === undefined || since <= asOf);
    if (told.length === 0) return { ok: true, count: 0 };
    const done: string[] = [];
    for (const { id, patientId, type } of told) {
      const still = asOf === undefined ? null : recordedAfter(asOf, await change.actsOf(patientId, type));
      if (still === null) done.push(id);
      else await change.answered([id], still, by, now);
    }
    await change.answered(done, null, by, now);
    const patients = [...new Set(told.map(({ patientId }) => patientId))];
    change.append('objections-acknowledged', by, { patients, how }, now);
    return { ok: true, count: patients.length };
  });
}

/** When the first thing was recorded that words written `asOf` then cannot have told; null for nothing. */
function recordedAfter(asOf: Date, acts: readonly RecordedAct[]): Date | null {
  const later = acts.find(({ recordedAt }) => recordedAt > asOf);
  return later === undefined ? null : acknowledgeSince(acts, later.recordedAt);
}
