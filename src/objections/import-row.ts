import { randomUUID } from 'node:crypto';
import type { Actor } from '../ledger/entry.ts';
import type { RecordedAct } from './act-entry.ts';
import { addAct, nothingSaid } from './add-act.ts';
import type { ImportChange } from './import-store.ts';
import { standing } from './objection.ts';
import type { ObjectionChange, PatientFacts } from './objection-store.ts';
import type { ObjectionRow } from './read-objection-file.ts';

export type Importing = {
  readonly importId: string;
  readonly by: Actor;
  readonly now: Date;
  /** Today in London. */
  readonly today: string;
  /** Withdrawals count at once instead of waiting for a manager. */
  readonly confirmWithdrawals: boolean;
};

export type RowOutcome =
  | {
      readonly done: 'recorded' | 'confirmed' | 'withdrawn' | 'waiting' | 'unchanged';
      /** An objection that stands without a day, because the one in the file cannot be used. */
      readonly undated?: boolean;
    }
  | { readonly fault: string };

/** Of a row that says nothing new. */
export const unchanged = { done: 'unchanged' } as const;

/** Takes in one row for one patient, as an act of its own. What is there already stays as it is. */
export async function importRow(
  change: ImportChange,
  row: ObjectionRow,
  patient: PatientFacts,
  importing: Importing,
): Promise<RowOutcome> {
  const { receivedOn } = row;
  const usable = usableDay(receivedOn, patient.dateOfBirth, importing.today);
  const history = await change.actsOf(patient.id, row.type);
  if (row.act === 'record')
    return takeObjection(change, { ...row, receivedOn: usable }, patient, history, importing);
  if (usable === null)
    return { fault: 'A withdrawal cannot be received before the patient was born, or after today' };
  return takeWithdrawal(change, { ...row, receivedOn: usable }, patient, history, importing);
}

/** The day, when the patient can have said it on it; null: an objection stands without one. */
export function usableDay(day: string | null, dateOfBirth: string, today: string): string | null {
  return day !== null && day >= dateOfBirth && day <= today ? day : null;
}

/**
 * Takes in an objection that was written down elsewhere; one that is known with this day stays as it is.
 *
 * @param history all acts of the same patient and type, read in the same change
 */
export async function takeObjection(
  change: ObjectionChange,
  { type, receivedOn, receivedVia }: Pick<ObjectionRow, 'type' | 'receivedOn' | 'receivedVia'>,
  patient: PatientFacts,
  history: readonly RecordedAct[],
  { importId, by, now }: Pick<Importing, 'importId' | 'by' | 'now'>,
): Promise<{ readonly done: 'recorded' | 'confirmed' | 'unchanged'; readonly undated?: boolean }> {
  const same = (act: RecordedAct) =>
    (act.kind === 'record' || act.kind === 'confirm') && act.receivedOn === receivedOn;
  if (history.some(same)) return unchanged;
  const kind = standing(history).inForce ? 'confirm' : 'record';
  const said = { patientId: patient.id, type, kind, receivedOn, receivedVia, importId };
  await addAct(change, history, { ...nothingSaid, ...said, id: randomUUID(), recordedAt: now, actor: by });
  return { done: kind === 'record' ? 'recorded' : 'confirmed', undated: receivedOn === null };
}

async function takeWithdrawal(
  change: ImportChange,
  { type, receivedOn }: ObjectionRow & { receivedOn: string },
  patient: PatientFacts,
  history: readonly RecordedAct[],
  { importId, by, now, confirmWithdrawals }: Importing,
): Promise<RowOutcome> {
  if (history.some((act) => act.kind === 'withdraw' && act.receivedOn === receivedOn)) return unchanged;
  const before = change.waitingOf(patient.id, type).find((known) => known.receivedOn === receivedOn);
  const answered = before !== undefined && before.state !== 'waiting';
  if (answered || (before && !confirmWithdrawals)) return unchanged;
  const withdrawal = { patientId: patient.id, type, receivedOn, importId };
  if (!confirmWithdrawals) {
    change.putAside({ ...withdrawal, id: randomUUID(), state: 'waiting' });
    return { done: 'waiting' };
  }
  if (before) await change.answer([before.id], 'confirmed', by, now);
  await addWithdrawal(change, history, withdrawal, by, now);
  return { done: 'withdrawn' };
}

/** The act that a confirmed withdrawal from a file becomes. */
export function addWithdrawal(
  change: ImportChange,
  history: readonly RecordedAct[],
  withdrawal: Pick<RecordedAct, 'patientId' | 'type' | 'receivedOn' | 'importId'>,
  by: Actor,
  now: Date,
): Promise<RecordedAct> {
  const { patientId, type, receivedOn, importId } = withdrawal;
  const said = { patientId, type, kind: 'withdraw', receivedOn, importId };
  return addAct(change, history, { ...nothingSaid, ...said, id: randomUUID(), recordedAt: now, actor: by });
}
