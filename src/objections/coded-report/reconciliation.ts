import type { Sorted } from './sort-objection.ts';

/** The lists of a reconciliation, in the order of pages. */
export const reconciliationLists = [
  'not-held',
  'not-coded',
  'vanished',
  'withdrawn-there',
  'ended-here',
  'late-type-2',
  'look-alike',
  'unread',
] as const satisfies readonly (Exclude<Sorted, 'agrees'> | 'look-alike' | 'unread')[];
export type ReconciliationList = (typeof reconciliationLists)[number];

/** Somebody, or a row of the report, on a list. */
export type ReconciliationLine = {
  readonly list: ReconciliationList;
  /** Counts within the list, from 0. */
  readonly place: number;
  readonly patientId: string | null;
  readonly type: string | null;
  /** The day of the code, `YYYY-MM-DD`; null: none that can be used. */
  readonly codedOn: string | null;
  readonly row: number | null;
  /** The code of a look-alike, or the fault of a row. */
  readonly what: string | null;
};

export type ReconciliationCounts = {
  /** Rows of the report. */
  readonly rows: number;
  /** Patients whose record there says type 1 objection, and those of whom it says type 2. */
  readonly codedThere: number;
  readonly type2There: number;
  /** Patients with a type 1 objection in force here. */
  readonly heldHere: number;
  /** Of these, those that the report has, and those that it has for the first time. */
  readonly coded: number;
  readonly nowCoded: number;
} & Readonly<Record<ReconciliationList, number>>;

/** The clinical systems that a report may be from. */
export const reportSystems = ['emis', 'systmone', 'vision', 'other'] as const;
export type ReportSystem = (typeof reportSystems)[number];

/** What a report and this registry said of each other on a day. Nothing of it ever changes. */
export type Reconciliation = {
  readonly id: string;
  readonly fileName: string;
  readonly fileDigest: string;
  readonly system: ReportSystem;
  readonly at: Date;
  /** Id of who took it in. */
  readonly by: string;
  readonly counts: ReconciliationCounts;
};

/** After so many days the clinical record has to be compared again. */
export const RECONCILE_EVERY_DAYS = 30;

/**
 * Whether it is time to compare with the clinical record again.
 *
 * @param inForce how many objections are in force here: a practice without any has nothing to compare
 */
export function isReconciliationDue(last: Date | null, inForce: number, now: Date): boolean {
  if (last === null) return inForce > 0;
  return now.getTime() - last.getTime() > RECONCILE_EVERY_DAYS * 86_400_000;
}

/** A fall of the codes there by so much between two reports is no chance: codes were lost, or the report is not of everybody. */
const FALL = { least: 5, share: 0.1 };

/** Whether far fewer patients are coded there than at the reconciliation before. */
export function hasFallen(now: number, before: number): boolean {
  const lost = before - now;
  return lost >= FALL.least && lost > before * FALL.share;
}
