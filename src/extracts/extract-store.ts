import type { ObjectionType } from '../objections/objection.ts';
import type { ExtractVersion } from './extract.ts';

/** What the practice has done so far that an extract depends on. */
export type PracticeReadiness = {
  /** When the objections that existed before were taken in, or confirmed to be none. */
  readonly objectionsTakenInAt: Date | null;
  /** When a whole patient list was last taken in. */
  readonly listTakenInAt: Date | null;
};

/** Where the guard reads extracts. */
export interface ExtractStore extends ExtractReads {
  /**
   * For who reads several things of a practice: each of them as it is now or later, but read again only when something of
   * the practice has changed since it was read.
   */
  now(practiceId: string): Promise<ExtractReads>;
  /** Those of the ids that exist, each in the version that counts, by id. */
  list(practiceId: string, extractIds: readonly string[]): Promise<ExtractVersion[]>;
  /** Every extract of the practice, each in the version that counts, by id. */
  ofPractice(practiceId: string): Promise<ExtractVersion[]>;
  /** The key of an extract's pseudonyms. Throws when there is no such extract. */
  pseudonymKey(practiceId: string, extractId: string): Promise<Buffer>;
}

/** What the guard reads to decide. */
export interface ExtractReads {
  /**
   * The version of an extract that counts: the approved one, else the suspended one, else the newest. Undefined when the practice has no
   * extract of this id.
   */
  find(practiceId: string, extractId: string): Promise<ExtractVersion | undefined>;
  readiness(practiceId: string): Promise<PracticeReadiness>;
  /** The types from which an exemption of a version is in force on a day, `YYYY-MM-DD` in London. */
  exemptTypes(
    version: Pick<ExtractVersion, 'practiceId' | 'extractId' | 'version'>,
    today: string,
  ): Promise<ObjectionType[]>;
  /** The notices that cover a version, as noticeName() of src/notices/covers.ts writes them. */
  coveringNotices(version: Pick<ExtractVersion, 'practiceId' | 'extractId' | 'version'>): Promise<string[]>;
  /** NHS numbers of the made-up people whom the files of an extract should hold. */
  canaries(practiceId: string, extractId: string): Promise<string[]>;
}
