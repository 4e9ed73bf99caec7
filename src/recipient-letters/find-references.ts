import { pseudonymOfNumber } from '../guard/treatments.ts';
import { formatNhsNumber, keyOfText } from '../patients/nhs-number.ts';
import type { Holder } from '../usage-account/holders.ts';
import type { AccountRecord } from '../usage-account/usage-account-store.ts';

/** The key with which an extract makes its pseudonyms, and since when it does so with this one. */
export type PseudonymKey = { readonly key: Buffer; readonly since: Date };

/**
 * By what a recipient finds a patient again: the extract's own reference, never more than what left. Of a pseudonym
 * that was made with an earlier key nothing is known any more.
 *
 * @param holds what each record of the person has at this recipient; null where nothing left of it
 * @param keyOf asked only where the recipient knows pseudonyms
 * @returns one for each record whose data left; none when the patient cannot be found there
 */
export async function findReferences(
  holds: readonly { readonly record: AccountRecord; readonly holder: Holder | null }[],
  keyOf: () => Promise<PseudonymKey>,
): Promise<string[]> {
  const references = new Set<string>();
  for (const { record, holder } of holds) {
    const number = keyOfText(record.nhsNumber);
    if (holder === null || holder.knownBy === null || number < 0) continue;
    if (holder.knownBy === 'nhs-number') {
      references.add(formatNhsNumber(record.nhsNumber));
      continue;
    }
    const { key, since } = await keyOf();
    const pseudonym = pseudonymOfNumber(number, key);
    if (pseudonym !== undefined && holder.times.some(({ at }) => at >= since)) references.add(pseudonym);
  }
  return [...references];
}
