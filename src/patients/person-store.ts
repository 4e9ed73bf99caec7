import type { Patient } from './patient.ts';
import type { PatientChange } from './patient-store.ts';
import type { PersonLink } from './same-person-links.ts';

/** Reads and writes about which records are of one person, inside one change of the practice's data. */
export interface PersonChange extends PatientChange {
  /** Null when the practice has no such patient. */
  byId(id: string): Promise<Patient | null>;
  byIds(ids: readonly string[]): Promise<Patient[]>;
  /** Everybody who was born on one of these days, on the list or not. At most 500 days. */
  everybodyBornOn(days: readonly string[]): Promise<Patient[]>;
  /** Everybody who objected and was not found on the list yet. */
  toBeMatched(): Promise<Patient[]>;
  /** A link that stands; null when there is none, or it was undone. */
  link(id: string): Promise<PersonLink | null>;
  /** The links that stand from or to any of these records. */
  linksOf(patientIds: readonly string[]): Promise<PersonLink[]>;
  addLink(link: PersonLink): Promise<void>;
  endLink(id: string, how: { undoneAt: Date; undoneBy: string; reason: string }): Promise<void>;
  setPerson(ids: readonly string[], personId: string | null, changedAtIndex: number): Promise<void>;
  restrict(id: string, restricted: boolean, changedAtIndex: number): Promise<void>;
}

export interface PersonStore {
  /** Those of a practice who objected and are not matched with the list yet, the longest waiting first. */
  toBeMatched(practiceId: string): Promise<Patient[]>;
  /** The links of these records that stand. */
  linksOf(practiceId: string, patientIds: readonly string[]): Promise<PersonLink[]>;
  /** The ids of all records of the same person, this one first. */
  recordsOf(practiceId: string, patientId: string): Promise<string[]>;
  /** Runs `work` as one transaction under the practice's lock. Throws when there is no such practice. */
  change<T>(practiceId: string, work: (change: PersonChange) => Promise<T>): Promise<T>;
}
