import type { ObjectionAct } from './objection.ts';

/** The last day of type 2 objections: NHS Digital took none after it, the National Data Opt-out had replaced them. */
export const TYPE_2_ENDED = '2018-10-11';

/**
 * Whether an objection of this type, received on this day, works in this practice only. Without a usable day nobody
 * knows, so the patient is told nothing yet.
 */
export function hasNoNationalEffect(type: string, receivedOn: string | null): boolean {
  return type === 'type-2' && receivedOn !== null && receivedOn > TYPE_2_ENDED;
}

/** Whether the act puts the patient on the list of those to tell about the national opt-out. */
export function asksToTell(act: ObjectionAct & { readonly type: string }): boolean {
  return (act.kind === 'record' || act.kind === 'confirm') && hasNoNationalEffect(act.type, act.receivedOn);
}
