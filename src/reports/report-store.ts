import type { Field } from '../extracts/extract.ts';

/** What reports read. Everything is of one practice; nothing here names a patient. */
export interface ReportStore {
  /** Patients registered now. */
  listSize(practiceId: string): Promise<number>;
  /** Releases and checks, newest first, `limit` of them after `skip`; `total` is of the whole list. */
  releases(practiceId: string, choice: ReleaseChoice): Promise<{ items: ReleaseLine[]; total: number }>;
  countReleases(practiceId: string, choice: ReleaseFilter): Promise<number>;
  /** Null when there is none, or when it is another practice's. */
  release(practiceId: string, id: string): Promise<ReleaseLine | null>;
  /** Releases (not checks of numbers) that were decided in the time given. */
  leftBetween(practiceId: string, from: Date, to: Date): Promise<number>;
  lastVerification(practiceId: string): Promise<VerificationLine | null>;
  /** The oldest of all practices' last verifications; null when one has none yet. */
  lastVerifiedAt(): Promise<Date | null>;
  /** Null when there is none, or when it is another practice's. */
  verification(practiceId: string, id: string): Promise<VerificationLine | null>;
  /** @param id where somebody asked for it, that of the run */
  keepVerification(practiceId: string, line: VerificationLine, id?: string): Promise<void>;
  practiceIds(): Promise<string[]>;
}

export type ReleaseFilter = {
  readonly extractId?: string | undefined;
  /** release | check */
  readonly kind?: string | undefined;
  readonly status?: string | undefined;
  /** Started at this instant or later, and before this one. */
  readonly from?: Date | undefined;
  readonly before?: Date | undefined;
  /** The id of a release, or a part of the name of the key that sent it. */
  readonly text?: string | undefined;
};

export type ReleaseChoice = ReleaseFilter & {
  readonly limit: number;
  readonly skip?: number | undefined;
};

export type ReleaseLine = {
  readonly id: string;
  readonly extractId: string;
  readonly extractName: string;
  readonly recipient: string;
  readonly recipientOds: string;
  readonly purpose: string;
  readonly ground: string;
  readonly fields: readonly Field[];
  readonly version: number;
  /** The name of the key that sent it. */
  readonly keyName: string;
  /** The content type of the input. */
  readonly format: string;
  readonly kind: 'release' | 'check';
  readonly status: string;
  readonly reason: string | null;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  readonly decidedIndex: number | null;
  readonly countIn: number | null;
  readonly countOut: number | null;
  readonly countWithheld: number | null;
  /** Rows withheld, by reason. For the practice only. */
  readonly reasons: Readonly<Record<string, number>>;
  /** Values that left empty, because their treatment could not read them. */
  readonly emptied: number | null;
  readonly bytesOut: number | null;
  readonly digestIn: string | null;
  readonly digestOut: string | null;
  readonly ledgerSize: number | null;
  readonly ledgerRoot: string | null;
};

export type VerificationLine = {
  readonly at: Date;
  readonly ok: boolean;
  /** Ledger entries checked. */
  readonly size: number;
  readonly checked: Readonly<Record<string, number>>;
  readonly problem: string | null;
  /** Who asked for it; null: the app by itself. */
  readonly askedBy: string | null;
  /** The first entry that was new then; null: the whole ledger was checked. */
  readonly fromIndex: number | null;
  /** When the whole ledger was last checked before; null: in this check. */
  readonly wholeAt: Date | null;
  /** Why the whole ledger was checked although a part would have done. */
  readonly whyWhole: string | null;
};
