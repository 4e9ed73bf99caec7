import { londonDay } from '../../day.ts';
import type { Actor } from '../../ledger/entry.ts';
import { takeObjection, usableDay } from '../import-row.ts';
import { objectionTypes } from '../objection.ts';
import type { CodedReportStore } from './coded-report-store.ts';

/** Lines of a reconciliation that are recorded at once, at most. */
export const MOST_AT_ONCE = 200;

export type CodedToRecord = {
  readonly practiceId: string;
  readonly reconciliationId: string;
  /** Which lines of the list of those that the report had and we did not. */
  readonly places: readonly number[];
};

export type CodedRecorded =
  | {
      readonly ok: true;
      /** How many were recorded, how many were in force already and are confirmed, and how many were there already. */
      readonly recorded: number;
      readonly confirmed: number;
      readonly unchanged: number;
      /** Of those recorded, how many stand without a day. */
      readonly undated: number;
    }
  | { readonly ok: false; readonly reason: 'no-such-reconciliation' | 'too-many' };

/**
 * Records objections that the clinical record has and we did not, each as an act of its own, received via “coded in
 * clinical record” on the day of the code. They work at once. What is recorded already stays as it is, so that two people
 * who press the button, or one who presses it twice, record it once.
 */
export async function recordCoded(
  store: CodedReportStore,
  { practiceId, reconciliationId, places }: CodedToRecord,
  by: Actor,
  now: Date,
): Promise<CodedRecorded> {
  if (places.length > MOST_AT_ONCE) return { ok: false, reason: 'too-many' };
  return store.record(practiceId, async (change): Promise<CodedRecorded> => {
    const reconciliation = await change.find(reconciliationId);
    if (reconciliation === null) return { ok: false, reason: 'no-such-reconciliation' };
    const tally = { recorded: 0, confirmed: 0, unchanged: 0, undated: 0 };
    const seen: string[] = [];
    for (const line of await change.notHeld(reconciliationId, places)) {
      const type = objectionTypes.find((one) => one === line.type);
      const patient = line.patientId === null ? null : await change.patient(line.patientId);
      if (type === undefined || patient === null) continue;
      const receivedOn = usableDay(line.codedOn, patient.dateOfBirth, londonDay(now));
      const history = await change.actsOf(patient.id, type);
      const said = { type, receivedOn, receivedVia: 'clinical-record' } as const;
      const importing = { importId: reconciliationId, by, now };
      const { done, undated } = await takeObjection(change, said, patient, history, importing);
      tally[done] += 1;
      if (undated) tally.undated += 1;
      if (type === 'type-1' && done !== 'unchanged') seen.push(patient.id);
    }
    change.seenThere(seen, reconciliation.at);
    return { ok: true, ...tally };
  });
}
