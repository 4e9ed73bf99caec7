import type { RecordedAct } from './act-entry.ts';
import { standing } from './objection.ts';

/** The last day of type 2 objections: NHS Digital took none after it, the National Data Opt-out had replaced them. */
export const TYPE_2_ENDED = '2018-10-11';

/**
 * Whether an objection of this type, received on this day, works in this practice only. Without a usable day nobody
 * knows, so the patient is told nothing yet.
 */
export function hasNoNationalEffect(type: string, receivedOn: string | null): boolean {
  return type === 'type-2' && receivedOn !== null && receivedOn > TYPE_2_ENDED;
}

/**
 * Whether the patient is still to be told about the national opt-out: an objection that works here only is in force.
 *
 * @param acts all acts on the patient's objection of one type
 * @param toldAt when the patient was last told; what was recorded later counts anew
 */
export function isToTell(acts: readonly RecordedAct[], toldAt: Date | null): boolean {
  const { inForce, states } = standing(acts);
  const worksHereOnly = (act: RecordedAct) =>
    (act.kind === 'record' || act.kind === 'confirm') &&
    hasNoNationalEffect(act.type, act.receivedOn) &&
    states.get(act.id) === 'stands';
  return inForce && acts.some((act) => worksHereOnly(act) && (toldAt === null || act.recordedAt > toldAt));
}
