import type { RecordedAct } from './act-entry.ts';
import type { Projection } from './projection.ts';

/** A patient as lists and the pages of an objection show them. */
export type ShownPatient = {
  readonly id: string;
  readonly title: string | null;
  readonly givenName: string;
  readonly familyName: string;
  readonly dateOfBirth: string;
  readonly nhsNumber: string;
  readonly restricted: boolean;
};

export type ListedObjection = Omit<Projection, 'status'> & {
  readonly id: string;
  readonly type: string;
  readonly status: string;
  readonly tellNational: boolean;
  /** What the clinical record was last seen to say: `dissent`, `withdrawn`; null: nothing. */
  readonly codedAs: string | null;
  readonly patient: ShownPatient;
};

/** What somebody has to do about an objection. */
export const needs = ['settling', 'error', 'decision', 'date', 'telling'] as const;
export type Need = (typeof needs)[number];

export type ListChoice = {
  readonly type?: string | undefined;
  readonly status?: string | undefined;
  /** `none`: not known. */
  readonly via?: string | undefined;
  readonly needs?: Need | undefined;
  /** Days, both included, `YYYY-MM-DD` in London. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Which day: the one on which the practice was told, or the one on which it was keyed. */
  readonly by?: 'received' | 'recorded' | undefined;
  readonly limit: number;
  /** Where the page before ended; one that makes no sense is as none. */
  readonly cursor?: string | undefined;
};

export type ObjectionPage = {
  readonly items: readonly ListedObjection[];
  /** How many the whole list has. */
  readonly total: number;
  readonly next: string | null;
};

/** A file of which withdrawals wait, with how many of them there are. */
export type WaitingImport = {
  readonly importId: string;
  readonly fileName: string;
  readonly at: Date;
  readonly rows: number;
  readonly waiting: number;
  /** How many of these would lift an objection that is in force now. */
  readonly wouldLift: number;
};

export type WaitingLine = {
  readonly id: string;
  readonly importId: string;
  readonly type: string;
  readonly receivedOn: string;
  readonly patient: ShownPatient;
  /** Whether it would lift an objection that is in force now. */
  readonly wouldLift: boolean;
};

/** What the clinical record was last seen to say of a type 1 objection. */
export type Coded = { readonly as: 'dissent' | 'withdrawn'; readonly seenAt: Date };

/** What pages read. Everything is of one practice: another's is as if it were not there. */
export interface ObjectionReader {
  /** Newest keyed first. */
  list(practiceId: string, choice: ListChoice): Promise<ObjectionPage>;
  find(practiceId: string, id: string): Promise<ListedObjection | null>;
  /** Every act on a patient's objections, in the order of the ledger. */
  ofPatient(practiceId: string, patientId: string): Promise<RecordedAct[]>;
  /** The same for each record of the patient's person, the patient's own first. */
  ofPerson(practiceId: string, patientId: string): Promise<RecordedAct[][]>;
  act(practiceId: string, id: string): Promise<RecordedAct | null>;
  /** Of the records of one person; null: no report from the clinical record has shown anything of them. */
  coded(practiceId: string, patientIds: readonly string[]): Promise<Coded | null>;
  /** When a report from the clinical record last came; null: never yet. */
  lastCodedReportAt(practiceId: string): Promise<Date | null>;
  /** What is published of an entry: SHA-256 of its text and salt. Null when there is no such entry. */
  commitment(practiceId: string, ledgerIndex: number): Promise<Uint8Array | null>;
  waitingImports(practiceId: string): Promise<WaitingImport[]>;
  /** At most `limit` of an import's. */
  waitingWithdrawals(practiceId: string, importId: string, limit: number): Promise<WaitingLine[]>;
  countInForce(practiceId: string): Promise<number>;
  /** When the objections from before were taken in; null while they were not. */
  takenInAt(practiceId: string): Promise<Date | null>;
}
