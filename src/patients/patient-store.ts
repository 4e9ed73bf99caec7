import type { Ledgered } from '../ledger/entry.ts';
import type { Patient, PatientStatus } from './patient.ts';
import type { MergedPerson } from './person-changes.ts';

/** Reads and writes inside one change of the practice's data. Nobody else changes it meanwhile. */
export interface PatientChange extends Ledgered {
  /** Everybody on the list with one of these NHS numbers, in the order of arrival. At most 500 numbers. */
  withNumbers(nhsNumbers: readonly string[]): Promise<Patient[]>;
  /** Takes the next places on the list and returns the first. */
  takeOrdinals(count: number): number;
  /** Keeps new patients. At most 500. */
  add(patients: readonly Patient[]): Promise<void>;
  /** Keeps what the list now says of these patients, and that they are registered. At most 500. */
  update(
    people: readonly { readonly id: string; readonly person: MergedPerson }[],
    changedAtIndex: number,
  ): Promise<void>;
  /** Everybody on the practice’s list, in the order of arrival, as the digest of the list needs them. */
  everybody(): Promise<ListMember[]>;
}

/** What the digest of a list is made of (list-digest.ts). */
export type ListMember = {
  readonly id: string;
  readonly ordinal: number;
  readonly nhsNumber: string;
  readonly dateOfBirth: string;
  readonly status: PatientStatus;
};

/** A patient's objection of one type as lists have it (src/objections/projection.ts makes it). */
export type PatientObjection = {
  readonly id: string;
  readonly patientId: string;
  readonly type: string;
  readonly status: string;
  readonly needsSettling: boolean;
  readonly tellNational: boolean;
  /** Since when the patient waits to be told what was recorded; when, and by whom, they last were. */
  readonly acknowledgeSince: Date | null;
  readonly acknowledgedAt: Date | null;
  readonly acknowledgedBy: string | null;
};

/** Patients of one practice at a time: another's are never found. */
export interface PatientStore {
  byId(practiceId: string, id: string): Promise<Patient | null>;
  byIds(practiceId: string, ids: readonly string[]): Promise<Patient[]>;
  byNhsNumber(practiceId: string, nhsNumber: string): Promise<Patient[]>;
  /** The objections of these patients. At most 500. */
  objectionsOf(practiceId: string, patientIds: readonly string[]): Promise<PatientObjection[]>;
  /** Everybody born on the day. */
  byDateOfBirth(practiceId: string, dateOfBirth: string): Promise<Patient[]>;
  /**
   * Runs `work` as one transaction under the practice's lock: all of it happens, or nothing.
   * Throws when there is no such practice.
   */
  change<T>(practiceId: string, work: (change: PatientChange) => Promise<T>): Promise<T>;
}
