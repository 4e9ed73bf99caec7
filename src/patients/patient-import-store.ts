import type { LocalId } from './local-ids.ts';
import type { Patient } from './patient.ts';
import type { KeptBefore, Undoable } from './patient-before.ts';
import type { PatientImport } from './patient-import.ts';
import type { PersonChange } from './person-store.ts';
import type { Outcome, ReportRow } from './report-row.ts';

/** An id by which the clinical system knows a patient. */
export type OwnedLocalId = LocalId & { readonly patientId: string };

/** What is kept of an import until the next one. */
export interface UndoReader {
  before(importId: string): Promise<KeptBefore[]>;
  /** How many of these patients have an objection on record that stands. */
  countObjected(patientIds: readonly string[]): Promise<number>;
}

/** Reads and writes inside one change of the practice's data. Nobody else changes it meanwhile. */
export interface ImportChange extends PersonChange, UndoReader {
  /** Everybody on the list who was born on one of these days. At most 500 days. */
  bornOn(days: readonly string[]): Promise<Patient[]>;
  /** The ids by which the clinical system knows these patients. At most 500 patients. */
  localIdsOf(patientIds: readonly string[]): Promise<OwnedLocalId[]>;
  /** Keeps ids that an import was the first to name, and that their patients changed. At most 500 patients. */
  addLocalIds(importId: string, ids: readonly OwnedLocalId[], changedAtIndex: number): Promise<void>;
  /** Ids that an import was the first to name. */
  localIdsFrom(importId: string): Promise<OwnedLocalId[]>;
  /** Forgets them again. */
  dropLocalIds(importId: string, ids: readonly OwnedLocalId[], changedAtIndex: number): Promise<void>;
  /** Null when the practice has no such import. */
  find(id: string): Promise<PatientImport | null>;
  /** Imports that say they are running (whether or not they still are), or that wait for a manager. */
  open(): Promise<PatientImport[]>;
  start(patientImport: PatientImport): Promise<void>;
  save(id: string, changes: Partial<Omit<PatientImport, 'id'>>): Promise<void>;
  addReport(importId: string, rows: readonly ReportRow[]): Promise<void>;
  /** Ids of everybody whom the report of an import names, and of everybody of whom it says that they have left. */
  named(importId: string): Promise<{ present: Set<string>; left: Set<string> }>;
  markGone(ids: readonly string[], leftOn: string, changedAtIndex: number): Promise<void>;
  /** Notes when a whole list was last taken in; null: never. */
  noteListTakenIn(at: Date | null): Promise<void>;
  /** The newest import; null when there was none. */
  newest(): Promise<PatientImport | null>;
  /** When a whole list was last taken in, leaving one import out; null when there was none. */
  lastWholeList(except: string): Promise<Date | null>;
  /** Keeps what an import changed, until `forgetBefore`. */
  keepBefore(importId: string, people: readonly KeptBefore[]): Promise<void>;
  /** Forgets what all imports of the practice changed, but one's. */
  forgetBefore(except: string | null): Promise<void>;
  /** Makes patients what they were. At most 500. */
  putBack(
    people: readonly { readonly id: string; readonly person: Undoable }[],
    changedAtIndex: number,
  ): Promise<void>;
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
  undoReader(practiceId: string): UndoReader;
  /** Runs `work` as one transaction under the practice's lock. Throws when there is no such practice. */
  change<T>(practiceId: string, work: (change: ImportChange) => Promise<T>): Promise<T>;
}
