import { showInstant } from '../../../../day.ts';
import type { RecordedAct } from '../../../../objections/act-entry.ts';
import type { PatientObjection } from '../../../../patients/patient-store.ts';
import { paths } from '../../../paths.ts';
import type { NameOf } from '../who.ts';

/**
 * Whether the patient has the answer in writing: where to note it, or when it was noted.
 *
 * @param first an act of the receipt
 */
export function answerView(objections: readonly PatientObjection[], first: RecordedAct, nameOf: NameOf) {
  const waits = objections.some(({ acknowledgeSince: since }) => since !== null && since <= first.recordedAt);
  const noted = objections.find(({ type }) => type === first.type);
  const at = noted?.acknowledgedAt ?? null;
  const isAnswered = !waits && at !== null && at >= first.recordedAt;
  return {
    href: waits ? paths.acknowledge(first.id) : null,
    noted: isAnswered
      ? `${showInstant(at)}, by ${nameOf({ kind: 'staff', id: noted?.acknowledgedBy ?? '' })}`
      : null,
  };
}
