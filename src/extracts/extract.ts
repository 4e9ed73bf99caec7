import { type ObjectionType, objectionTypes } from '../objections/objection.ts';

/** What is done to a field's value before it leaves. */
export const treatments = ['keep', 'year', 'month', 'outward-code', 'pseudonym'] as const;
export type Treatment = (typeof treatments)[number];

/** A field that may leave, by its name in the header. */
export type Field = { readonly name: string; readonly treatment: Treatment };

export const personKinds = ['nhs-number', 'local-id'] as const;

/** A column (of JSON: a member, or a path such as `baby.nhs_number`) that says whose row it is. */
export type PersonColumn = { readonly name: string; readonly kind: (typeof personKinds)[number] };

/** Which FHIR resources may leave, and whether they keep their narrative. */
export type FhirRules = { readonly types: readonly string[]; readonly narrative: boolean };

export const extractStates = [
  'draft',
  'awaiting-approval',
  'approved',
  'suspended',
  'ended',
  'superseded',
] as const;
export type ExtractState = (typeof extractStates)[number];

/** When a release stops for a human to look; null switches a rule off. */
export type Stops = {
  /** How far the number permitted may be from the usual, as a share of it (0.2 is 20%). */
  readonly usualNumber: number | null;
  /** How old the patient list may be, in days. */
  readonly listAgeDays: number | null;
  /** The share of rows that may be unreadable (0.01 is 1%); fewer than five never stop a release. */
  readonly maxUnreadable: number | null;
};

/** The stops of an extract that says nothing else. */
export const usualStops: Stops = { usualNumber: 0.2, listAgeDays: 14, maxUnreadable: 0.01 };

/** One approved (or not yet approved) version of a registered reason to send data out, as the guard sees it. */
export type ExtractVersion = {
  readonly practiceId: string;
  /** A readable slug, unique in the practice. */
  readonly extractId: string;
  readonly version: number;
  readonly state: ExtractState;
  readonly name: string;
  readonly recipient: string;
  readonly purpose: string;
  /** One of the grounds of grounds.ts; anything else counts as `other`. */
  readonly ground: string;
  /** What may leave, in approved order. */
  readonly fields: readonly Field[];
  /** The column with the NHS number; null: found among the usual names. */
  readonly nhsNumberColumn: string | null;
  /** Every column that names a patient: all of a row's must be permitted. Null: the one with the NHS number alone. */
  readonly personColumns: readonly PersonColumn[] | null;
  /** Null: rows with fields. */
  readonly fhir: FhirRules | null;
  /** First and last day on which it may be released, `YYYY-MM-DD`, Europe/London. */
  readonly startsOn: string;
  readonly endsOn: string;
  readonly checksApproved: boolean;
  /** Whether patients who left the practice leave with the others. */
  readonly includeLeft: boolean;
  readonly stops: Stops;
  /** Objection types that the guardian applies although the ground does not ask for it. */
  readonly stricter: readonly ObjectionType[];
  /** Only who was told of it at least so many days ago leaves (telling-first.ts); null: not asked. */
  readonly toldDays: number | null;
  /** When it was last suspended, and ended: since then it releases nothing, where its state says so. */
  readonly suspendedAt?: Date | null;
  readonly endedAt?: Date | null;
};

/** Reads what is kept of {@link ExtractVersion.stricter}; what cannot be read means both: doubt means withhold. */
export function readStricter(kept: string | null): readonly ObjectionType[] {
  if (kept === null) return [];
  try {
    const read: unknown = JSON.parse(kept);
    const isRight = Array.isArray(read) && read.every((type) => objectionTypes.includes(type));
    return isRight ? read : objectionTypes;
  } catch {
    return objectionTypes;
  }
}

/** Why an extract releases nothing now. */
export type ExtractNotInForce =
  | 'extract-draft'
  | 'extract-awaiting-approval'
  | 'extract-suspended'
  | 'extract-ended'
  | 'out-of-dates';

/**
 * Whether a version may release on a day.
 *
 * @param today `YYYY-MM-DD` in Europe/London
 * @returns why not, or undefined when it may
 */
export function whyNotInForce(
  version: Pick<ExtractVersion, 'state' | 'startsOn' | 'endsOn'>,
  today: string,
): ExtractNotInForce | undefined {
  if (version.state === 'superseded') return 'extract-ended';
  if (version.state !== 'approved') return `extract-${version.state}`;
  return today < version.startsOn || today > version.endsOn ? 'out-of-dates' : undefined;
}

/** Since when a version that is not in force releases nothing; undefined where no day says so. */
export function notInForceSince({ state, suspendedAt, endedAt }: ExtractVersion): Date | undefined {
  const at = state === 'suspended' ? suspendedAt : state === 'ended' ? endedAt : undefined;
  return at ?? undefined;
}
