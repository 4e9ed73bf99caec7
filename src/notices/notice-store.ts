import type { Ledgered } from '../ledger/entry.ts';
import type { NoticeVersion, TranslatedContent } from './notice.ts';

/** A notice: what it is called by staff, and every wording of it, the newest first. */
export type Notice = {
  readonly practiceId: string;
  readonly id: string;
  readonly name: string;
  readonly createdAt: Date;
  readonly createdBy: string;
};

/** A version with all that happened to it. */
export type VersionRecord = NoticeVersion & {
  readonly draftedAt: Date;
  readonly draftedBy: string;
  readonly publishedBy: string | null;
  /** Ledger index of the entry that says what was published; null: not yet. */
  readonly publishedIndex: number | null;
  readonly withdrawnAt: Date | null;
  readonly withdrawnBy: string | null;
};

export const translationFormats = ['standard', 'easy-read'] as const;
export type TranslationFormat = (typeof translationFormats)[number];

/** A published version in another language or format. It never changes. */
export type Translation = {
  readonly id: string;
  readonly practiceId: string;
  readonly noticeId: string;
  readonly version: number;
  /** As BCP 47 writes it, such as `pl`. */
  readonly language: string;
  readonly format: TranslationFormat;
  readonly content: TranslatedContent;
  readonly addedAt: Date;
  readonly addedBy: string;
  readonly addedIndex: number;
};

export const elsewhereHows = ['poster', 'leaflets', 'door-drop', 'website', 'other'] as const;
export type ElsewhereHow = (typeof elsewhereHows)[number];

/** That a notice was put up or handed round, addressed to nobody. It tells nobody. */
export type Elsewhere = {
  readonly id: string;
  readonly noticeId: string;
  readonly version: number;
  readonly how: ElsewhereHow;
  readonly place: string;
  /** `YYYY-MM-DD`. */
  readonly on: string;
  readonly notedAt: Date;
  readonly notedBy: string;
};

/** Names a version of a notice. */
export type VersionName = {
  readonly practiceId: string;
  readonly noticeId: string;
  readonly version: number;
};

/** Where notices are kept: one change of the practice's data at a time. */
export interface NoticeStore {
  change<T>(practiceId: string, work: (change: NoticeChange) => Promise<T>): Promise<T>;
  /** Every notice of the practice, by name. */
  list(practiceId: string): Promise<Notice[]>;
  /** Every version of every notice of the practice, the newest first. */
  versions(practiceId: string): Promise<VersionRecord[]>;
  /** Versions that patients are told by now, the newest first: published, and not withdrawn. */
  published(practiceId: string): Promise<VersionRecord[]>;
  find(practiceId: string, noticeId: string): Promise<Notice | undefined>;
  versionsOf(practiceId: string, noticeId: string): Promise<VersionRecord[]>;
  translationsOf(name: VersionName): Promise<Translation[]>;
  elsewhereOf(practiceId: string, noticeId: string): Promise<Elsewhere[]>;
}

export interface NoticeChange extends Ledgered {
  /** The newest version of a notice; undefined when the practice has none of this id. */
  newest(noticeId: string): Promise<VersionRecord | undefined>;
  version(noticeId: string, version: number): Promise<VersionRecord | undefined>;
  /**
   * Of each covered version of an extract that the practice has: to whom it goes, whether it is over, and whether it can
   * still be edited, for it was not sent for approval.
   */
  extractsOf(
    covers: NoticeVersion['covers'],
  ): Promise<{ extractId: string; version: number; recipient: string; isOver: boolean; isDraft: boolean }[]>;
  addNotice(notice: Notice): Promise<void>;
  rename(noticeId: string, name: string): Promise<void>;
  addVersion(version: VersionRecord): Promise<void>;
  updateVersion(noticeId: string, version: number, columns: Partial<VersionRecord>): Promise<void>;
  addTranslation(translation: Translation): Promise<void>;
  translations(noticeId: string, version: number): Promise<Translation[]>;
  addElsewhere(elsewhere: Elsewhere): Promise<void>;
}
