import { addDays, londonDay, monthsBetween, startOfDay } from '../day.ts';
import type { AfterNotice, ByType, CountStore, Group, KindCount, Span } from './objection-counts.ts';
import { type Period, periodBefore } from './period.ts';
import { type StepTimes, stepTimes } from './step-times.ts';

export type ObjectionReport = {
  readonly period: Period;
  /** In force at the end of the period. */
  readonly inForce: ByType;
  /** Patients with at least one objection in force at the end of the period. */
  readonly patients: number;
  /** Keyed in the period; what was entered in error is left out. */
  readonly totals: Totals;
  /** The same, by the month in which they were keyed. */
  readonly months: readonly (Totals & { readonly month: string })[];
  /** Recorded or confirmed in the period, by how they were received, who asked, and the patient's age then. */
  readonly receivedVia: readonly Group[];
  readonly requesters: readonly Group[];
  readonly ages: readonly Group[];
  /** Objections received in the period from those whom a notice had told, by the notice. */
  readonly afterNotices: readonly AfterNotice[];
  /** Of the objections recorded in the period. */
  readonly times: readonly StepTimes[];
};

export type Totals = {
  readonly recorded: ByType;
  readonly confirmed: ByType;
  readonly withdrawn: ByType;
};

/** A report, and the one of as many days before it. */
export type ComparedReport = { readonly now: ObjectionReport; readonly before: ObjectionReport };

/** Counts a practice's objections in a period and in the one before it, by the same rules as the guard. */
export async function comparedReport(
  store: CountStore,
  practiceId: string,
  period: Period,
  now: Date,
): Promise<ComparedReport> {
  const today = londonDay(now);
  return {
    now: await objectionReport(store, practiceId, period, today),
    before: await objectionReport(store, practiceId, periodBefore(period), today),
  };
}

/** @param today what objections that still wait for a step are measured to */
export async function objectionReport(
  store: CountStore,
  practiceId: string,
  period: Period,
  today: string,
): Promise<ObjectionReport> {
  const span = spanOf(period.from, addDays(period.to, 1));
  const months = monthsBetween(period.from, period.to);
  const parts = months.map((month) => ({
    name: month,
    ...spanOf(`${month}-01`, `${addDays(`${month}-01`, 31).slice(0, 7)}-01`),
  }));
  const { inForce, kinds, ways, ...groups } = await store.count(practiceId, span, parts);
  const afterNotices = await store.afterNotices(practiceId, period);
  return {
    period,
    inForce: inForce.byType,
    patients: inForce.patients,
    totals: totalsOf(kinds),
    months: months.map((month) => ({ month, ...totalsOf(kinds.filter((one) => one.span === month)) })),
    ...groups,
    afterNotices,
    times: stepTimes(ways, today),
  };
}

const spanOf = (first: string, after: string): Span => ({ from: startOfDay(first), to: startOfDay(after) });

function totalsOf(kinds: readonly KindCount[]): Totals {
  const sum = (kind: string): ByType => {
    const counts = { 'type-1': 0, 'type-2': 0 };
    for (const { kind: counted, type, count } of kinds)
      if (counted === kind && (type === 'type-1' || type === 'type-2')) counts[type] += count;
    return counts;
  };
  return { recorded: sum('record'), confirmed: sum('confirm'), withdrawn: sum('withdraw') };
}
