import type { RecordedAct } from './act-entry.ts';
import { standing } from './objection.ts';

/**
 * Of the records of one person, the acts of a type on the record that counts: the first on which the objection is in
 * force, for one is enough; else the first with any act.
 *
 * @param records the acts on each record, the record that is looked at first
 */
export function historyThatCounts(
  records: readonly (readonly RecordedAct[])[],
  type: string,
): readonly RecordedAct[] {
  const histories = records.map((acts) => acts.filter((act) => act.type === type));
  const inForce = histories.find((acts) => standing(acts).inForce);
  return inForce ?? histories.find((acts) => acts.length > 0) ?? [];
}
