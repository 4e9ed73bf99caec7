import type { Actor, JsonObject } from './entry.ts';
import type { AccountRecord, ReleaseRecord } from './release-entry.ts';

/** What does not hold. `index` is the first entry at which it shows; null when it is at none. */
export type Problem = { readonly index: number | null; readonly what: string };

export type LeafRow = { readonly index: number; readonly commitment: Uint8Array };
export type TextRow = { readonly index: number; readonly salt: Uint8Array; readonly text: string };

/** Entries side by side, none missing: each commitment has 32 bytes and each salt 16, each text the bytes of `lengths`. */
export type PackedEntries = {
  readonly commitments: Buffer;
  readonly salts: Buffer;
  /** In UTF-8. */
  readonly texts: Buffer;
  readonly lengths: readonly number[];
};

export type HeadRow = {
  readonly size: number;
  readonly root: Uint8Array;
  readonly frontier: Uint8Array;
  readonly nextOrdinal: number;
  /** Over the checkpoint of size and root, and the verifier of who made it; null: not signed. */
  readonly signature: Uint8Array | null;
  readonly signedBy: string | null;
};

/** A checkpoint that everybody has seen. */
export type PublishedRow = { readonly day: string; readonly size: number; readonly note: string };

/** A register that everybody has seen, without its text. */
export type RegisterRow = { readonly day: string; readonly ledgerIndex: number };

/** A kept root over 256^level leaves, from which public tiles are made. */
export type TileRow = { readonly level: number; readonly index: number; readonly hash: Uint8Array };

export type PatientRow = {
  readonly ordinal: number;
  readonly id: string;
  readonly changedAtIndex: number;
  /** The same for every record of one person; null for the only one. */
  readonly personId: string | null;
};

/** That two records are, or were taken to be, of one person. */
export type LinkRow = {
  readonly id: string;
  readonly patientId: string;
  readonly toId: string;
  readonly kind: string;
  readonly madeAt: Date;
  readonly madeBy: string;
  readonly undoneAt: Date | null;
  readonly undoneBy: string | null;
};

/** An act on an objection, as far as the ledger has to know its shape. */
export type ActRow = {
  readonly ledgerIndex: number;
  readonly patientId: string;
  readonly type: string;
  readonly recordedAt: Date;
  readonly actor: Actor;
};

/** The row of an objection that lists read. `row` is compared with what the rules make of the acts. */
export type ProjectionRow = { readonly patientId: string; readonly type: string; readonly row: JsonObject };

/** An act on a patient's consent to one extract, as far as the ledger has to know its shape. */
export type ConsentRow = {
  readonly id: string;
  readonly ledgerIndex: number;
  readonly extractId: string;
  readonly patientId: string;
  readonly kind: string;
  readonly on: string;
  readonly how: string;
  readonly reference: string;
  readonly importId: string | null;
  readonly recordedAt: Date;
  readonly actor: Actor;
};

/** An act of telling one patient, as far as the ledger has to know its shape. */
export type ToldRow = {
  readonly id: string;
  readonly ledgerIndex: number;
  readonly patientId: string;
  readonly noticeId: string;
  readonly version: number;
  readonly attemptId: string;
  readonly how: string;
  readonly outcome: string;
  readonly on: string;
  /** The batch that it was a part of, and the translation that was used. */
  readonly runId: string | null;
  readonly translationId: string | null;
  readonly recordedAt: Date;
  readonly actor: Actor;
};

/** That an objection type is not applied to one version of an extract. */
export type ExemptionRow = {
  readonly id: string;
  readonly extractId: string;
  readonly version: number;
  readonly type: string;
  readonly reason: string;
  readonly reference: string;
  readonly endsOn: string;
  readonly state: string;
  readonly askedAt: Date;
  readonly askedBy: string;
  readonly decidedAt: Date | null;
  readonly decidedBy: string | null;
  readonly endedAt: Date | null;
  readonly endedBy: string | null;
};

/** A made-up patient whom the files of an extract should hold, without their number. */
export type CanaryRow = {
  readonly id: string;
  readonly extractId: string;
  readonly addedAt: Date;
  readonly addedBy: string;
  readonly removedAt: Date | null;
  readonly removedBy: string | null;
};

/** A wording of a notice. */
export type NoticeVersionRow = {
  readonly notice: string;
  readonly version: number;
  readonly state: string;
  /** What an entry would say of it, as one text; null when it cannot be read. */
  readonly said: string | null;
  readonly publishedAt: Date | null;
  readonly publishedBy: string | null;
  readonly publishedIndex: number | null;
  readonly withdrawnAt: Date | null;
  readonly withdrawnBy: string | null;
};

/** A wording of a notice in another language or format. */
export type TranslationRow = {
  readonly id: string;
  /** What an entry would say of it, as one text; null when it cannot be read. */
  readonly said: string | null;
  readonly addedAt: Date;
  readonly addedBy: string;
  readonly addedIndex: number;
};

/** A version of an extract, as the guard reads it. */
export type VersionRow = {
  readonly extract: string;
  readonly version: number;
  readonly state: string;
  readonly approvedBy: string | null;
  /** What an entry would say of it; null when it cannot be read. */
  readonly content: JsonObject | null;
};

export type ReleaseRow = ReleaseRecord & {
  /** started | complete | failed | interrupted */
  readonly status: string;
  readonly reason: string | null;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  readonly startedIndex: number | null;
  readonly decidedAt: Date | null;
  readonly decidedIndex: number | null;
  readonly account: AccountRecord | null;
};

/** Rows that may be many: they come some hundred at a time. */
export type Portions<T> = AsyncIterable<readonly T[]>;

/**
 * What `verify` reads of one practice. Everything comes from one moment (a snapshot), however long the reading takes,
 * and whatever can be long comes in pieces.
 */
export interface LedgerReader<A extends ActRow> {
  /** The practice's ODS code, which every entry names. */
  ods(): Promise<string>;
  /** The name of its ledger, under which checkpoints are signed. */
  origin(): Promise<string>;
  /** Every key that signed, with the index of the entry that names it. */
  signingKeys(): Promise<readonly { readonly verifier: string; readonly madeAtIndex: number }[]>;
  /** By day. */
  published(): Promise<PublishedRow[]>;
  /** In any order. */
  registers(): Promise<RegisterRow[]>;
  /** The text of the register of a day; null when it cannot be read. */
  registerText(day: string): Promise<string | null>;
  /** In any order. */
  tiles(): AsyncIterable<TileRow>;
  /** Null when it is gone. */
  head(): Promise<HeadRow | null>;
  /** Names of the triggers that keep tables append-only and are missing. */
  missingTriggers(): Promise<readonly string[]>;
  /**
   * The entries from an index up to, but not including, another, or up to the last that there is; null when there is none
   * of them, when any is missing, and when any is not such as all are.
   */
  packedEntries(from: number, to: number): Promise<PackedEntries | null>;
  /** By index, every one that there is from `from` on, even past the head's size. */
  leaves(from: number): Portions<LeafRow>;
  texts(from: number): Portions<TextRow>;
  /** By ordinal. */
  patients(): Portions<PatientRow>;
  /** In any order. */
  links(): AsyncIterable<LinkRow>;
  /** By ledger index. */
  acts(): Portions<A>;
  /** By ledger index. */
  consents(): Portions<ConsentRow>;
  /** By ledger index. */
  tellings(): Portions<ToldRow>;
  /** In any order. */
  exemptions(): AsyncIterable<ExemptionRow>;
  /** In any order. */
  versions(): Promise<readonly VersionRow[]>;
  /** In any order. */
  canaries(): Promise<readonly CanaryRow[]>;
  /** In any order. */
  wordings(): Promise<readonly NoticeVersionRow[]>;
  /** In any order. */
  noticeTranslations(): Promise<readonly TranslationRow[]>;
  /** In any order. */
  projections(): Portions<ProjectionRow>;
  /** From an index on, by that of their first entry (`startedIndex`, else `decidedIndex`); those with neither come first. */
  releases(from: number): Portions<ReleaseRow>;
  /** At most a few hundred. */
  releasesNamed(ids: readonly string[]): Promise<readonly ReleaseRow[]>;
  /** How many there are: accounts without a release too. */
  counts(): Promise<{
    readonly leaves: number;
    readonly texts: number;
    readonly releases: number;
    readonly accounts: number;
  }>;
}
