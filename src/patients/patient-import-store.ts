import type { Patient } from './patient.ts';
import type { PatientImport } from './patient-import.ts';
import type { PersonChange } from './person-store.ts';
import type { Outcome, ReportRow } from './report-row.ts';

/** Reads and writes inside one change of the practice's data. Nobody else changes it meanwhile. */
export interface ImportChange extends PersonChange {
  /** Everybody on the list who was born on one of these days. At most 500 days. */
  bornOn(days: readonly string[]): Promise<Patient[]>;
  /** Null when the practice has no such import. */
  find(id: string): Promise<PatientImport | null>;
  /** Imports that say they are running (whether or not they still are), or that wait for a manager. */
  open(): Promise<PatientImport[]>;
  start(patientImport: PatientImport): Promise<void>;
  save(id: string, changes: Partial<Omit<PatientImport, 'id'>>): Promise<void>;
  addReport(importId: string, rows: readonly ReportRow[]): Promise<void>;
  /** Ids of everybody whom the report of an import names. */
  named(importId: string): Promise<Set<string>>;
  markGone(ids: readonly string[], leftOn: string, changedAtIndex: number): Promise<void>;
  /** Notes that a whole list was taken in. */
  noteListTakenIn(at: Date): Promise<void>;
}

export type ReportChoice = {
  /** Undefined: all rows. */
  readonly outcome?: Outcome | undefined;
  readonly skip: number;
  readonly take: number;
};

/** Imports of one practice at a time: another's are never found. */
export interface PatientImportStore {
  /** Newest first. */
  list(practiceId: string, most: number): Promise<PatientImport[]>;
  find(practiceId: string, id: string): Promise<PatientImport | null>;
  /** Lines of an import's report, by row. */
  report(importId: string, choice: ReportChoice): Promise<ReportRow[]>;
  /** Runs `work` as one transaction under the practice's lock. Throws when there is no such practice. */
  change<T>(practiceId: string, work: (change: ImportChange) => Promise<T>): Promise<T>;
}
