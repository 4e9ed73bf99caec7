import { createHash } from 'node:crypto';
import { canonicalJson, type JsonObject } from '../ledger/jcs.ts';
import type { Size } from './public-numbers.ts';

/** Whether a kind of objection holds patients back from an extract. `consent`: only who consented to it leaves. */
export type Applied = 'applied' | 'not-applied' | 'consent';

/** A version of an extract that was approved, as everybody may see it. Days are `YYYY-MM-DD` in London. */
export type RegisteredVersion = {
  readonly version: number;
  readonly name: string;
  /** in-force | not-begun | suspended | over (its last day is past) | ended | replaced */
  readonly state: string;
  readonly recipient: string;
  readonly recipientOds: string;
  readonly recipientIsCompany: boolean | null;
  readonly purpose: string;
  readonly payment: string | null;
  readonly passedOn: string | null;
  readonly ground: string;
  readonly reference: string;
  readonly groundExpiresOn: string | null;
  readonly gdprBasis: string | null;
  readonly confidentialityBasis: string | null;
  readonly objections: {
    readonly type1: Applied;
    readonly type2: Applied;
    readonly nationalOptOut: Applied;
    /** Where one is not applied: what the table of grounds says to that. */
    readonly why: string | null;
  };
  readonly fields: readonly { readonly name: string; readonly treatment: string }[];
  /** FHIR: the types of resources that leave; empty for tables. */
  readonly resources: readonly string[];
  /** Names of the fields that hold free text. */
  readonly freeText: readonly string[];
  readonly fieldGroups: readonly {
    readonly name: string;
    readonly fields: readonly string[];
    readonly reason: string;
  }[];
  readonly startsOn: string;
  readonly endsOn: string;
  readonly frequency: string | null;
  readonly agreement: {
    readonly reference: string | null;
    readonly startsOn: string | null;
    readonly endsOn: string | null;
  };
  readonly destroyBy: string | null;
  readonly destroyedOn: string | null;
  readonly certificate: string | null;
  readonly checksApproved: boolean;
  readonly includeLeft: boolean;
  readonly registeredOn: string;
  /** A role, never a name. */
  readonly registeredBy: string;
  readonly approvedOn: string;
  readonly approvedBy: string;
  readonly suspendedOn: string | null;
  readonly endedOn: string | null;
};

export type RegisteredExtract = {
  readonly id: string;
  /** The order of size of its releases; null: none was decided yet. */
  readonly size: Size | null;
  /** Every version that was ever approved, the newest first. */
  readonly versions: readonly RegisteredVersion[];
};

export type RegisteredExemption = {
  readonly id: string;
  readonly extract: string;
  readonly version: number;
  readonly type: string;
  readonly reason: string;
  readonly reference: string;
  readonly approvedOn: string;
  readonly endsOn: string;
  /** Ended before its last day. */
  readonly endedOn: string | null;
  readonly askedBy: string;
  readonly approvedBy: string;
};

export type RegisteredRelease = {
  readonly id: string;
  readonly extract: string;
  readonly version: number;
  /** On which it began. */
  readonly day: string;
  /** running | complete | interrupted (counts as having left) | failed (nothing left) */
  readonly status: string;
  /** Null where nothing left, or nothing is decided yet. */
  readonly size: Size | null;
};

/** What left of one extract in a month that is over. */
export type RegisteredMonth = {
  /** YYYY-MM */
  readonly month: string;
  readonly extract: string;
  /** Releases that ended in it and of which something left. */
  readonly releases: number;
  /** Releases of which nothing left. */
  readonly failed: number;
  /** Checks of numbers, to the nearest ten. */
  readonly checks: string;
};

/** A release that stopped by itself, or would have. */
export type RegisteredStop = {
  readonly id: string;
  /** `stop-` or, on direct care where the release goes on, `warning-`, and why (src/guard/stop.ts) */
  readonly kind: string;
  readonly extract: string;
  readonly day: string;
  readonly closedOn: string | null;
  /** number-accepted (the guardian says that the number is right) | looked-at | null: open */
  readonly settled: string | null;
};

export type RegisteredFlow = {
  readonly id: string;
  readonly name: string;
  readonly recipient: string;
  readonly purpose: string;
  readonly appliedBy: string;
  readonly evidencedOn: string | null;
  readonly endedOn: string | null;
};

/** That a published notice tells patients of a version of an extract (src/notices/covers.ts). */
export type RegisteredTelling = {
  readonly extract: string;
  readonly version: number;
  /** Its title as patients see it. */
  readonly notice: { readonly title: string; readonly version: number };
  readonly publishedOn: string;
  /** Nobody is told by it any more; who was told stays told. */
  readonly withdrawnOn: string | null;
  /**
   * What share of the list was told by it when it was counted, at the beginning of that month (tenthsOf); null: not counted
   * yet, or the list is too short to say.
   */
  readonly told: { readonly month: string; readonly share: string } | null;
};

/** How many patients' objections were in force at the end of a month; in words of aboutTen. */
export type RegisteredCount = { readonly month: string; readonly type1: string; readonly type2: string };

/**
 * The public register of a practice as of one day: what left, to whom, why, and who decided. It is made from the rows
 * that `ledger verify` proves, names no patient and no member of staff, and keeps to public-numbers.ts.
 */
export type Register = {
  readonly v: 1;
  readonly day: string;
  readonly practice: { readonly ods: string; readonly name: string };
  /** The last check of the whole ledger. */
  readonly checked: { readonly on: string; readonly holds: boolean } | null;
  readonly extracts: readonly RegisteredExtract[];
  readonly exemptions: readonly RegisteredExemption[];
  /** Releases that began on this day or later stand one by one, the newest first; earlier ones by month. */
  readonly releasesFrom: string;
  readonly releases: readonly RegisteredRelease[];
  readonly months: readonly RegisteredMonth[];
  readonly stops: readonly RegisteredStop[];
  readonly otherFlows: readonly RegisteredFlow[];
  readonly objections: readonly RegisteredCount[];
  /**
   * By which notices patients are told of what, the newest first, and what share of them. Null in registers from before this was in them.
   */
  readonly telling: readonly RegisteredTelling[] | null;
};

/** The register to the letter: RFC 8785 JSON, of which the ledger holds the digest. */
export const registerText = (register: Register): string => canonicalJson(register as unknown as JsonObject);

/** SHA-256 in hexadecimal. */
export const digestOfText = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** Months before the one of the day of which releases stand one by one. */
const MONTHS_BEFORE = 2;

/** The first day of which releases stand one by one. */
export function releasesFrom(day: string): string {
  const months = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 - MONTHS_BEFORE;
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}-01`;
}
