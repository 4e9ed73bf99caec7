import type { Actor } from '../ledger/entry.ts';
import type { PatientChange } from '../patients/patient-store.ts';
import type { ObjectionChange, PatientFacts } from './objection-store.ts';

/** A withdrawal from a file: lifts nothing until a manager confirms it. */
export type WaitingWithdrawal = {
  readonly id: string;
  readonly importId: string;
  readonly patientId: string;
  readonly type: string;
  readonly receivedOn: string;
  readonly state: 'waiting' | 'confirmed' | 'refused';
};

/** What became of the rows of a file. */
export type ImportCounts = {
  readonly rows: number;
  readonly recorded: number;
  readonly confirmed: number;
  readonly withdrawn: number;
  readonly waiting: number;
  readonly unchanged: number;
  readonly refused: number;
  readonly undated: number;
  /** Objections of numbers that nobody on the list has: kept, and to be matched. */
  readonly unlisted: number;
};

export type KeptImport = Omit<ImportCounts, 'unchanged' | 'unlisted'> & {
  readonly id: string;
  readonly fileName: string;
  readonly fileDigest: string;
  readonly at: Date;
  readonly by: Actor;
};

/** What taking in files needs, beside what every change of objections may do. */
export interface ImportChange extends ObjectionChange, Pick<PatientChange, 'takeOrdinals' | 'add'> {
  /**
   * Everybody with one of these NHS numbers, who is to be matched with the list as well, if nobody there is them.
   * At most 500 numbers.
   */
  withNumbers(nhsNumbers: readonly string[]): Promise<(PatientFacts & { readonly nhsNumber: string })[]>;
  /** The withdrawals of this patient, whose number was asked for, that came in a file, whatever became of them. */
  waitingOf(patientId: string, type: string): WaitingWithdrawal[];
  /** At most `limit` of an import that still wait; of one id only, when given. */
  stillWaiting(importId: string, limit: number, id?: string): Promise<WaitingWithdrawal[]>;
  putAside(withdrawal: WaitingWithdrawal): void;
  answer(ids: readonly string[], state: 'confirmed' | 'refused', by: Actor, at: Date): Promise<void>;
  keepImport(kept: KeptImport): Promise<void>;
  /** Notes that the objections that were there before are in; false when that was noted already. */
  noteTakenIn(at: Date): Promise<boolean>;
}

export interface ImportStore {
  /** Runs `work` as one transaction under the practice's lock. Throws when there is no such practice. */
  change<T>(practiceId: string, work: (change: ImportChange) => Promise<T>): Promise<T>;
}
