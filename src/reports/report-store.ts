/** What reports read. Everything is of one practice; nothing here names a patient. */
export interface ReportStore {
  /** Patients registered now. */
  listSize(practiceId: string): Promise<number>;
  /** Releases and checks, newest first, `limit` of them from after `cursor` on. */
  releases(practiceId: string, choice: ReleaseChoice): Promise<{ items: ReleaseLine[]; next: string | null }>;
  /** Null when there is none, or when it is another practice's. */
  release(practiceId: string, id: string): Promise<ReleaseLine | null>;
  /** Releases (not checks of numbers) that were decided in the time given. */
  leftBetween(practiceId: string, from: Date, to: Date): Promise<number>;
  lastVerification(practiceId: string): Promise<VerificationLine | null>;
  /** The oldest of all practices' last verifications; null when one has none yet. */
  lastVerifiedAt(): Promise<Date | null>;
  keepVerification(practiceId: string, line: VerificationLine): Promise<void>;
  practiceIds(): Promise<string[]>;
}

export type ReleaseChoice = {
  readonly extractId?: string | undefined;
  readonly status?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
};

export type ReleaseLine = {
  readonly id: string;
  readonly extractId: string;
  readonly extractName: string;
  readonly recipient: string;
  readonly version: number;
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
};
