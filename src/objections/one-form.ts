import type { RecordedAct } from './act-entry.ts';
import { objectionTypes } from './objection.ts';

const fromForms = new Set(['record', 'confirm', 'withdraw']);

/** Whether an act has a receipt: it is what somebody asked for, not what the practice said of it afterwards. */
export const hasReceipt = ({ kind }: RecordedAct): boolean => fromForms.has(kind);

/** Whether two acts came from one form, which may name each type once: their entries follow each other. */
export function areOfOneForm(one: RecordedAct, other: RecordedAct): boolean {
  if (one.id === other.id) return true;
  return (
    hasReceipt(one) &&
    hasReceipt(other) &&
    one.patientId === other.patientId &&
    one.type !== other.type &&
    one.actor.id === other.actor.id &&
    one.recordedAt.getTime() === other.recordedAt.getTime() &&
    Math.abs(one.ledgerIndex - other.ledgerIndex) < objectionTypes.length &&
    (one.kind === 'withdraw') === (other.kind === 'withdraw')
  );
}
