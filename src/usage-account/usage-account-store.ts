import type { ExtractState, Field, PersonColumn } from '../extracts/extract.ts';
import type { Reason } from '../guard/decide.ts';

/** What became of one patient in one release or check that was decided. */
export type Fate = {
  readonly releaseId: string;
  readonly extractId: string;
  readonly version: number;
  /** release | check */
  readonly kind: string;
  /** started | complete | failed | interrupted */
  readonly status: string;
  readonly decidedAt: Date;
  /** Null: their data left. Else why they were withheld. */
  readonly withheld: Reason | null;
};

/** What is registered of an extract, as far as a patient is told of it. */
export type AccountedVersion = {
  readonly extractId: string;
  readonly version: number;
  readonly state: ExtractState;
  readonly name: string;
  readonly recipient: string;
  readonly recipientOds: string;
  readonly purpose: string;
  readonly ground: string;
  readonly fields: readonly Field[];
  readonly nhsNumberColumn: string | null;
  readonly personColumns: readonly PersonColumn[] | null;
  /** Whom to ask at the recipient. */
  readonly contact: string | null;
  readonly agreementReference: string | null;
  /** Days, `YYYY-MM-DD`; null: nobody has said. */
  readonly agreementEndsOn: string | null;
  readonly destroyBy: string | null;
};

/** A record of a patient as accounts of releases know it. */
export type AccountRecord = { readonly ordinal: number; readonly nhsNumber: string };

export interface UsageAccountStore {
  /**
   * What became of a patient in every release and check of the practice that held them, in no order. Of the account
   * of each, a slice of 8 kB at most is read. A patient who was not on the list then is known by the number that left.
   */
  fatesOf(practiceId: string, record: AccountRecord): Promise<Fate[]>;
  /** Every version of every extract of the practice, drafts too. */
  versions(practiceId: string): Promise<AccountedVersion[]>;
  /** Releases and checks in which the national opt-out held somebody back. Who, is not kept. */
  countWithNationalOptOut(practiceId: string): Promise<number>;
}
