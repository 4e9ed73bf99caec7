import type { Actor, Ledgered } from '../ledger/entry.ts';
import type { RecordedAct } from './act-entry.ts';
import type { Projection } from './projection.ts';

export type PatientFacts = { readonly id: string; readonly dateOfBirth: string };

/** Reads and writes inside one change of the practice's data. Nobody else changes it meanwhile. */
export interface ObjectionChange extends Ledgered {
  /** Null when the practice has no such patient. */
  patient(id: string): Promise<PatientFacts | null>;
  /** Null when the practice has no such act. */
  act(id: string): Promise<RecordedAct | null>;
  /** All acts on the patient's objection of one type, in the order of the ledger. */
  actsOf(patientId: string, type: string): Promise<RecordedAct[]>;
  /** All acts of one request, in the order of the ledger. */
  ofRequest(requestId: string): Promise<RecordedAct[]>;
  /** Keeps a new act, what the acts now come to, and when the patient last changed. */
  save(act: RecordedAct, row: Projection & { readonly tellNational: boolean }): Promise<void>;
  /** When the patient was last told that this objection has no national effect. */
  toldAt(patientId: string, type: string): Promise<Date | null>;
  /** Takes a patient off the list of those to tell about the national opt-out; how many objections that changed. */
  told(patientId: string, by: Actor, at: Date): Promise<number>;
}

export interface ObjectionStore {
  /**
   * Runs `work` as one transaction under the practice's lock: all of it happens, or nothing.
   * Throws when there is no such practice.
   */
  change<T>(practiceId: string, work: (change: ObjectionChange) => Promise<T>): Promise<T>;
}
