import type { RecordedAct } from './act-entry.ts';

/** What a patient is to be told in writing: the acts since they last were, and the acts on the same objections. */
export type Unanswered = {
  readonly patientId: string;
  /** The acts to tell of, in the order of the ledger. */
  readonly acts: readonly RecordedAct[];
  /** Every act on the objections that these are about. */
  readonly history: readonly RecordedAct[];
};

export interface LetterStore {
  /**
   * Patients who wait to be told in writing what was recorded, who waited longest first, and how many there are.
   * @param among patients of whom it is asked; undefined: everybody of the practice
   */
  unanswered(
    practiceId: string,
    limit: number,
    among?: readonly string[],
  ): Promise<{ readonly total: number; readonly waiting: readonly Unanswered[] }>;
}
