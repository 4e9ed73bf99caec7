import type { Actor, Ledgered } from '../ledger/entry.ts';
import type { RecordedAct } from './act-entry.ts';
import type { Projection } from './projection.ts';

export type PatientFacts = { readonly id: string; readonly dateOfBirth: string };

/** The row for lists: what the acts come to, and who is still to be told of what. */
export type ListedRow = Projection & {
  readonly tellNational: boolean;
  readonly acknowledgeSince: Date | null;
};

export type ListedBefore = {
  /** When the patient was last told that this objection has no national effect. */
  readonly toldNationalAt: Date | null;
  readonly acknowledgeSince: Date | null;
};

export type WaitingForAnswer = {
  readonly id: string;
  readonly patientId: string;
  readonly type: string;
  readonly acknowledgeSince: Date;
};

/** Reads and writes inside one change of the practice's data. Nobody else changes it meanwhile. */
export interface ObjectionChange extends Ledgered {
  /** Null when the practice has no such patient. */
  patient(id: string): Promise<PatientFacts | null>;
  /** The ids of all records of the same person, this one first. */
  recordsOf(patientId: string): Promise<string[]>;
  /** Null when the practice has no such act. */
  act(id: string): Promise<RecordedAct | null>;
  /** All acts on the patient's objection of one type, in the order of the ledger. */
  actsOf(patientId: string, type: string): Promise<RecordedAct[]>;
  /** Has a second person look at a proxy's authority. */
  askSecondLook(asked: {
    readonly requestId: string;
    readonly patientId: string;
    readonly by: string;
    readonly at: Date;
  }): Promise<void>;
  /** All acts of one request, in the order of the ledger. */
  ofRequest(requestId: string): Promise<RecordedAct[]>;
  /** Keeps a new act, what the acts now come to, and when the patient last changed. */
  save(act: RecordedAct, row: ListedRow): Promise<void>;
  /** What the list had before about who is to be told; null when it has no such objection yet. */
  listed(patientId: string, type: string): Promise<ListedBefore | null>;
  /** Takes a patient off the list of those to tell about the national opt-out; how many objections that changed. */
  told(patientId: string, by: Actor, at: Date): Promise<number>;
  /** The objections of these patients about which they wait to be told what was recorded. */
  waitingForAnswer(patientIds: readonly string[]): Promise<WaitingForAnswer[]>;
  /** Notes about objections, by id, that the patient was told; `still`: since when something newer waits. */
  answered(ids: readonly string[], still: Date | null, by: Actor, at: Date): Promise<void>;
}

export interface ObjectionStore {
  /**
   * Runs `work` as one transaction under the practice's lock: all of it happens, or nothing.
   * Throws when there is no such practice.
   */
  change<T>(practiceId: string, work: (change: ObjectionChange) => Promise<T>): Promise<T>;
}
