import type { Ledgered } from '../../ledger/entry.ts';
import type { RecordedAct } from '../act-entry.ts';
import type { ScanType } from './scan.ts';

/** What shows that a request was made, and by whom it may be: a reference in words, or a scan. */
export type Evidence = {
  readonly id: string;
  readonly patientId: string;
  readonly requestId: string;
  readonly kind: 'reference' | 'scan';
  /** Where the paper is, or what the scan shows. */
  readonly reference: string | null;
  /** As it was called where it came from: shown, and never the name under which it is given out. */
  readonly fileName: string | null;
  /** As the bytes say, never as the browser said. */
  readonly contentType: ScanType | null;
  readonly size: number | null;
  readonly addedAt: Date;
  /** Id of the person. */
  readonly addedBy: string;
};

/** Reads and writes inside one change of the practice's data. */
export interface EvidenceChange extends Ledgered {
  act(id: string): Promise<RecordedAct | null>;
  has(id: string): Promise<boolean>;
  countOf(requestId: string): Promise<number>;
  /** Keeps it; the bytes of a scan encrypted. */
  keep(evidence: Evidence, bytes: Buffer | null): Promise<void>;
}

/** Evidence of one practice at a time: another's is never found. */
export interface EvidenceStore {
  /** Runs `work` as one transaction under the practice's lock. Throws when there is no such practice. */
  change<T>(practiceId: string, work: (change: EvidenceChange) => Promise<T>): Promise<T>;
  /** Without the scans themselves, the oldest first. */
  ofRequest(practiceId: string, requestId: string): Promise<Evidence[]>;
  /** With the scan; null when the practice has no such scan. Throws when the bytes were changed. */
  scan(practiceId: string, id: string): Promise<(Evidence & { readonly bytes: Buffer }) | null>;
}
