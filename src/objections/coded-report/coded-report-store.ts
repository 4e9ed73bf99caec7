import type { Ledgered } from '../../ledger/entry.ts';
import type { LocalId } from '../../patients/local-ids.ts';
import type { ClinicalCode } from '../clinical-codes.ts';
import type { ObjectionChange } from '../objection-store.ts';
import type { Reconciliation, ReconciliationLine, ReconciliationList } from './reconciliation.ts';

export type CodedAs = ClinicalCode['meaning'] | null;

/** A record of a patient whom the report may mean. `person` is the same for all records of one person. */
export type ReportedRecord = {
  readonly patientId: string;
  readonly person: string;
  readonly nhsNumber: string;
  readonly dateOfBirth: string;
  /** False: objected, and was not found on the list yet. */
  readonly isOnList: boolean;
};

/** An objection of the practice, as it is listed. */
export type ListedObjectionRow = {
  readonly id: string;
  readonly person: string;
  readonly patientId: string;
  readonly type: string;
  readonly inForce: boolean;
  readonly since: string | null;
  readonly codedAs: string | null;
  /** Whether the patient has a record in the clinical system: registered, and alive. */
  readonly isThere: boolean;
  /** Received on of every objection recorded. */
  readonly objectedOn: readonly (string | null)[];
};

export interface CodedReportChange extends Ledgered {
  withNumbers(nhsNumbers: readonly string[]): Promise<ReportedRecord[]>;
  withLocalIds(ids: readonly LocalId[]): Promise<(ReportedRecord & { readonly localId: LocalId })[]>;
  objections(): Promise<ListedObjectionRow[]>;
  /** Notes of objections, by id, what the clinical record says; null: nothing. */
  setCoded(ids: readonly string[], codedAs: CodedAs, seenAt: Date | null): Promise<void>;
  keep(
    reconciliation: Reconciliation & { readonly ledgerIndex: number },
    lines: readonly ReconciliationLine[],
  ): Promise<void>;
}

/** Records objections that the clinical record has. */
export interface CodedObjectionChange extends ObjectionChange {
  /** Null when the practice has no such reconciliation. */
  find(id: string): Promise<Pick<Reconciliation, 'at'> | null>;
  /** These of those that the report had and we did not. At most 500. */
  notHeld(id: string, places: readonly number[]): Promise<ReconciliationLine[]>;
  /** Notes that the type 1 objections of these patients were seen there. Done at the end of the change. */
  seenThere(patientIds: readonly string[], at: Date): void;
}

export interface CodedReportStore {
  /** Runs `work` as one transaction under the practice's lock. Throws when there is no such practice. */
  change<T>(practiceId: string, work: (change: CodedReportChange) => Promise<T>): Promise<T>;
  record<T>(practiceId: string, work: (change: CodedObjectionChange) => Promise<T>): Promise<T>;
}

/** What pages read. Everything is of one practice: another's is as if it were not there. */
export interface ReconciliationReader {
  /** Newest first, at most `limit`. */
  list(practiceId: string, limit: number): Promise<Reconciliation[]>;
  find(practiceId: string, id: string): Promise<Reconciliation | null>;
  /** The one before it; null when it is the first. */
  before(practiceId: string, reconciliation: Reconciliation): Promise<Reconciliation | null>;
  /** In the order of places. */
  lines(
    practiceId: string,
    id: string,
    list: ReconciliationList,
    part: { readonly skip: number; readonly take: number },
  ): Promise<ReconciliationLine[]>;
}
