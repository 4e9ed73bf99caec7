import type { Ledgered } from '../../ledger/entry.ts';
import type { ExtractVersion } from '../extract.ts';
import type { Exemption } from './exemption.ts';

/** A version for which an exemption can be asked. */
export type OpenVersion = Pick<
  ExtractVersion,
  'extractId' | 'version' | 'state' | 'name' | 'recipient' | 'ground' | 'stricter' | 'endsOn'
>;

export interface ExemptionChange extends Ledgered {
  /** Undefined when there is none, or it has ended or was superseded. */
  openVersion(extractId: string, version: number): Promise<OpenVersion | undefined>;
  find(id: string): Promise<Exemption | null>;
  ofVersion(extractId: string, version: number): Promise<Exemption[]>;
  add(exemption: Exemption): Promise<void>;
  update(
    id: string,
    columns: Partial<Pick<Exemption, 'state' | 'decidedAt' | 'decidedBy' | 'endedAt' | 'endedBy'>>,
  ): Promise<void>;
}

/** Where exemptions are kept. */
export interface ExemptionStore {
  /** The newest first. */
  ofExtract(practiceId: string, extractId: string): Promise<Exemption[]>;
  /** Of every extract of the practice: those that wait for a guardian, and those approved that are not over on a day. */
  open(practiceId: string, today: string): Promise<Exemption[]>;
  /** Null when the practice has none of this id, whoever else has. */
  find(practiceId: string, id: string): Promise<Exemption | null>;
  /** The versions of an extract that are not over, the newest first. */
  openVersions(practiceId: string, extractId: string): Promise<OpenVersion[]>;
  /** Runs `work` as one change of the practice's data; when it throws, nothing has happened. */
  change<T>(practiceId: string, work: (change: ExemptionChange) => Promise<T>): Promise<T>;
}
