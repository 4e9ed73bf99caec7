import type { JsonObject } from '../ledger/jcs.ts';
import type { ToldAct } from './telling.ts';

/** What the ledger says of an attempt to tell a patient, and of what came of it. */
export function tellingEntry(act: Omit<ToldAct, 'ledgerIndex'>): {
  readonly act: 'patient-told';
  readonly data: JsonObject;
} {
  const { id, patientId, noticeId, version, attemptId, how, outcome, on } = act;
  return {
    act: 'patient-told',
    data: { id, patient: patientId, notice: noticeId, version, attempt: attemptId, how, outcome, on },
  };
}
