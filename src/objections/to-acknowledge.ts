import type { RecordedAct } from './act-entry.ts';
import { standing } from './objection.ts';
import { hasReceipt } from './one-form.ts';

/** Whether the patient is owed an answer about an act: somebody asked for it here, not in a file of the past. */
export const asksForAnswer = (act: RecordedAct): boolean => hasReceipt(act) && act.importId === null;

/**
 * Since when a patient waits to be told in writing what was recorded; null when they do not. What was entered in
 * error needs no answer: it would tell somebody of an objection that they never made.
 *
 * @param acts all acts on the patient's objection of one type, the newest last
 * @param before what this said before the newest act
 */
export function acknowledgeSince(acts: readonly RecordedAct[], before: Date | null): Date | null {
  const newest = acts.at(-1);
  const { states } = standing(acts);
  const waits = (act: RecordedAct) => {
    const isNew = before === null ? act === newest : act.recordedAt >= before;
    return isNew && asksForAnswer(act) && states.get(act.id) !== 'in-error';
  };
  return acts.find(waits)?.recordedAt ?? null;
}
