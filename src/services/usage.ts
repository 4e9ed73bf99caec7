import type { ExtractStore } from '../extracts/extract-store.ts';
import { agreeToLetters } from '../recipient-letters/agree-to-letters.ts';
import { noteLetterAnswered, noteLetterSent, stopLetter } from '../recipient-letters/follow-letter.ts';
import type { RecipientLetter } from '../recipient-letters/recipient-letter.ts';
import { writeLetter } from '../recipient-letters/write-letter.ts';
import { extractRegister } from '../store/extract-register.ts';
import { recipientLetterStore } from '../store/recipient-letter-store.ts';
import { usageAccountStore } from '../store/usage-account-store.ts';
import { giveAccount } from '../usage-account/give-account.ts';
import type { AccountRecord } from '../usage-account/usage-account-store.ts';
import type { Opened } from './opened.ts';

/** What became of a patient's data, and letters to who holds it. */
export function usageServices({ database, vault, now, on }: Opened, extracts: ExtractStore) {
  const usage = usageAccountStore(database);
  const register = extractRegister(database, vault);
  const letters = recipientLetterStore(database);
  const following = on(letters);
  return {
    /** Of one person, by all their records: what left, and what was kept back. */
    usageAccount: (practiceId: string, records: readonly AccountRecord[]) =>
      giveAccount(usage, practiceId, records),
    /** Letters to those who hold a patient's data, because the patient asks for them. */
    recipientLetters: {
      ofPerson: letters.ofPerson,
      open: letters.open,
      closed: letters.closed,
      find: letters.find,
      write: (practiceId: string, letter: RecipientLetter, records: readonly AccountRecord[]) =>
        writeLetter(
          letter,
          records,
          (some) => giveAccount(usage, practiceId, some),
          async (extractId) => ({
            key: await extracts.pseudonymKey(practiceId, extractId),
            since: await register.pseudonymKeySince(practiceId, extractId),
          }),
          now(),
        ),
      agree: following(agreeToLetters),
      noteSent: following(noteLetterSent),
      noteAnswered: following(noteLetterAnswered),
      stop: following(stopLetter),
    },
  };
}
