import type { Actor, Ledgered } from '../ledger/entry.ts';
import type { WorkName } from './work-lists.ts';

/** One thing that waits: its id (of an objection, a request, a patient … as the list has it), and since which day. */
export type WorkItem = {
  readonly id: string;
  /** `YYYY-MM-DD` in London. */
  readonly since: string;
  /** Whether a time of its own is over, whatever its age. */
  readonly isOver?: boolean;
};

/** What waits on a list, all together. */
export type Waits = {
  readonly count: number;
  /** The day since which the oldest waits, `YYYY-MM-DD` in London; null when nothing does. */
  readonly oldest: string | null;
  /** Whether a time of its own is over for any of them. */
  readonly isOver: boolean;
};

export interface BirthdayChange extends Ledgered {
  /** Notes that a young person was spoken to at an age; false when that was noted, or there is no such patient. */
  note(patientId: string, age: number, by: Actor, at: Date): Promise<boolean>;
}

export interface WorkStore {
  /** What waits on every list. */
  overview(practiceId: string, now: Date): Promise<Readonly<Record<WorkName, Waits>>>;
  /** Everything that waits on a list, the oldest first. */
  waiting(practiceId: string, name: WorkName, now: Date): Promise<WorkItem[]>;
  /** Runs `work` as one transaction under the practice's lock. */
  noteBirthday<T>(practiceId: string, work: (change: BirthdayChange) => Promise<T>): Promise<T>;
}
