import type { ObjectionType } from '../objections/objection.ts';

/** Two instants; the first is in it, the second is not. */
export type Span = { readonly from: Date; readonly to: Date };

/** How many have one thing in common; null: not known. */
export type Group = { readonly name: string | null; readonly count: number };

export type ByType = Readonly<Record<ObjectionType, number>>;

/** What was in force at one instant, by the same rules as the guard's. */
export type InForce = {
  readonly byType: ByType;
  /** Patients with at least one. */
  readonly patients: number;
};

/** Acts of one kind, on objections of one type, keyed in the span of this name. */
export type KindCount = {
  readonly span: string;
  readonly kind: string;
  readonly type: string;
  readonly count: number;
};

/** What the time of an objection's way through the practice is measured to. */
export const steps = ['recorded', 'coded', 'acknowledged'] as const;
export type Step = (typeof steps)[number];

/** So many objections were received on a day and came to the step on another; null: not yet. */
export type Way = {
  readonly step: Step;
  readonly receivedOn: string;
  readonly doneOn: string | null;
  readonly count: number;
};

/** So many were told by one version of a notice up to the end of a period, and so many of them objected in it since. */
export type AfterNotice = {
  readonly name: string;
  readonly version: number;
  readonly told: number;
  readonly objected: number;
};

/** The ages that reports put together, by the first year of each, and the last year of all but the last. */
export const ageBands = [
  { name: '0-12', from: 0 },
  { name: '13-17', from: 13 },
  { name: '18-39', from: 18 },
  { name: '40-64', from: 40 },
  { name: '65-79', from: 65 },
  { name: '80+', from: 80 },
] as const;

/** What of the acts in a span can be put together. */
export type Counted = {
  /** At the end of the span. */
  readonly inForce: InForce;
  /** Recorded or confirmed, by how they were received. */
  readonly receivedVia: readonly Group[];
  /** Recorded or confirmed, by who asked. */
  readonly requesters: readonly Group[];
  /** Recorded or confirmed, by the patient's age on the day on which they were received. */
  readonly ages: readonly Group[];
  /** Acts by the months (or other spans) given. */
  readonly kinds: readonly KindCount[];
  readonly ways: readonly Way[];
};

/**
 * Counts of objections, made where the acts are kept. Acts keyed before the end of a span are known, later ones are
 * not; what is known to be entered in error is not counted.
 */
export interface CountStore {
  /** What the acts keyed before an instant come to. */
  inForce(practiceId: string, at: Date): Promise<InForce>;
  /** @param parts names and spans by which to count kinds, within `span` */
  count(
    practiceId: string,
    span: Span,
    parts: readonly (Span & { readonly name: string })[],
  ): Promise<Counted>;
  /** @param days `YYYY-MM-DD`, both included, in which the objections were received */
  afterNotices(
    practiceId: string,
    days: { readonly from: string; readonly to: string },
  ): Promise<AfterNotice[]>;
}
