import type { Ledgered } from '../../ledger/entry.ts';
import type { ClinicalCode } from '../clinical-codes.ts';

export type CodedAs = ClinicalCode['meaning'] | null;

/** A record of a patient with an NHS number of the report. `person` is the same for all records of one person. */
export type ReportedRecord = {
  readonly patientId: string;
  readonly person: string;
  readonly nhsNumber: string;
};

/** A type 1 objection of the practice, as it is listed. */
export type ListedTypeOne = {
  readonly id: string;
  readonly person: string;
  readonly patientId: string;
  readonly inForce: boolean;
  readonly codedAs: string | null;
  /** Whether the patient has a record in the clinical system: registered, and alive. */
  readonly isHere: boolean;
};

export interface CodedReportChange extends Ledgered {
  withNumbers(nhsNumbers: readonly string[]): Promise<ReportedRecord[]>;
  typeOnes(): Promise<ListedTypeOne[]>;
  /** Notes of objections, by id, what the clinical record says; null: nothing. */
  setCoded(ids: readonly string[], codedAs: CodedAs, seenAt: Date | null): Promise<void>;
}

export interface CodedReportStore {
  /** Runs `work` as one transaction under the practice's lock. Throws when there is no such practice. */
  change<T>(practiceId: string, work: (change: CodedReportChange) => Promise<T>): Promise<T>;
}
