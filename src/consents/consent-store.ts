import type { Ledgered } from '../ledger/entry.ts';
import type { Word } from './consent.ts';
import type { RecordedConsent } from './consent-entry.ts';

/** A record for which a consent may be recorded, as far as its rules need it. */
export type ConsentingPatient = {
  readonly id: string;
  readonly nhsNumber: string;
  readonly dateOfBirth: string;
  /** The same for every record of one person; null for the only one. */
  readonly personId: string | null;
};

/** Everything said of one extract on the records of one person. */
export type ConsentHistory = {
  readonly patientId: string;
  readonly acts: readonly RecordedConsent[];
  /** Withdrawals and objections on any record of the person. */
  readonly against: readonly Word[];
};

export interface ConsentChange extends Ledgered {
  /** Whether the practice has an extract of this id that asks for consent, in any version that is not over. */
  asksForConsent(extractId: string): Promise<boolean>;
  patient(id: string): Promise<ConsentingPatient | null>;
  /** The records of the list with these numbers. */
  withNumbers(nhsNumbers: readonly string[]): Promise<ConsentingPatient[]>;
  /** The records of the same person, the given one included. */
  recordsOf(patient: ConsentingPatient): Promise<ConsentingPatient[]>;
  /** The acts on an extract of these records, by ledger index. */
  actsOf(extractId: string, patientIds: readonly string[]): Promise<RecordedConsent[]>;
  history(extractId: string, patientId: string): Promise<ConsentHistory>;
  /** Keeps acts that have their entries, and marks every record of each person as changed. */
  save(acts: readonly RecordedConsent[]): Promise<void>;
}

export type ConsentChoice = { readonly skip: number; readonly take: number };

/** Where consents are kept. */
export interface ConsentStore {
  /** The patients of whom something is recorded about an extract, the last recorded first. */
  ofExtract(practiceId: string, extractId: string, choice: ConsentChoice): Promise<ConsentHistory[]>;
  count(practiceId: string, extractId: string): Promise<number>;
  /** How many records have a consent in force. */
  countInForce(practiceId: string, extractId: string): Promise<number>;
  ofPatient(practiceId: string, patientId: string, extractId: string): Promise<ConsentHistory>;
  /** Consents given, of patients who objected after, and were not asked since. */
  toBeAsked(practiceId: string, extractId: string): Promise<ConsentHistory[]>;
  change<T>(practiceId: string, work: (change: ConsentChange) => Promise<T>): Promise<T>;
}
