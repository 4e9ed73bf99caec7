import { londonDay } from '../day.ts';
import { type Holder, holdersOf } from '../usage-account/holders.ts';
import type { UsageAccount } from '../usage-account/usage-account.ts';
import type { AccountRecord } from '../usage-account/usage-account-store.ts';
import { isTo } from './agree-to-letters.ts';
import { findReferences, type PseudonymKey } from './find-references.ts';
import type { RecipientLetter } from './recipient-letter.ts';

/** What a letter is written from, beside what was taken down when the patient asked for it. */
export type WrittenLetter = {
  /** What the recipient holds; null when nothing is held any more, or the register says so now. */
  readonly holder: Holder | null;
  /** By what they find the patient. None: the letter is of no use. */
  readonly references: readonly string[];
};

/**
 * Looks up what goes into a letter, as it is now.
 *
 * @param records every record of the person
 * @param accountOf the account of these records
 * @param keyOf the key of the extract's pseudonyms
 */
export async function writeLetter(
  letter: RecipientLetter,
  records: readonly AccountRecord[],
  accountOf: (records: readonly AccountRecord[]) => Promise<UsageAccount>,
  keyOf: (extractId: string) => Promise<PseudonymKey>,
  now: Date,
): Promise<WrittenLetter> {
  const holderIn = async (some: readonly AccountRecord[]) =>
    holdersOf(await accountOf(some), londonDay(now)).find(({ version }) => isTo(letter, version)) ?? null;
  const holder = await holderIn(records);
  const holds = [];
  for (const record of records) {
    const own = await holderIn([record]);
    // What is known of the person at the recipient by any record counts for all: never a number beside a pseudonym.
    holds.push({ record, holder: own && holder && { ...own, knownBy: holder.knownBy } });
  }
  return { holder, references: await findReferences(holds, () => keyOf(letter.extractId)) };
}
