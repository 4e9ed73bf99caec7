import type { Ledgered } from '../ledger/entry.ts';
import type { RecordedAct } from '../objections/act-entry.ts';
import type { RecipientLetter } from './recipient-letter.ts';

/** A letter, and whether the patient still objects as when it was asked for. */
export type FollowedLetter = RecipientLetter & { readonly objects: boolean };

export interface RecipientLetterChange extends Ledgered {
  /** The acts on the objections of each record of the patient's person, as they are under the lock. */
  actsOfPerson(patientId: string): Promise<readonly (readonly RecordedAct[])[]>;
  /** Letters about any record of the patient's person. */
  ofPerson(patientId: string): Promise<FollowedLetter[]>;
  add(letter: RecipientLetter): Promise<void>;
  find(id: string): Promise<FollowedLetter | null>;
  update(id: string, columns: Partial<Omit<RecipientLetter, 'id' | 'types'>>): Promise<void>;
}

export interface RecipientLetterStore {
  /** Letters about any record of the patient's person, the last asked for first. */
  ofPerson(practiceId: string, patientId: string): Promise<FollowedLetter[]>;
  /** Every letter that was not answered and not stopped, the first asked for first. */
  open(practiceId: string): Promise<FollowedLetter[]>;
  /** Those that were answered or stopped, the last asked for first, `take` of them. */
  closed(practiceId: string, take: number): Promise<FollowedLetter[]>;
  /** Null when the practice has none such, whoever else has. */
  find(practiceId: string, id: string): Promise<FollowedLetter | null>;
  /** Runs `work` as one transaction under the practice's lock. */
  change<T>(practiceId: string, work: (change: RecipientLetterChange) => Promise<T>): Promise<T>;
}
