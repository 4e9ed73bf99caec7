import type { RecordedAct } from './act-entry.ts';

const fromForms = new Set(['record', 'confirm', 'withdraw']);

/** Whether an act has a receipt: it is what somebody asked for, not what the practice said of it afterwards. */
export const hasReceipt = ({ kind }: RecordedAct): boolean => fromForms.has(kind);

/** Whether two acts came from one form. */
export function areOfOneForm(one: RecordedAct, other: RecordedAct): boolean {
  return one.id === other.id || (one.requestId !== null && one.requestId === other.requestId);
}
