import { londonDay, monthsBetween } from '../day.ts';
import { type ObjectionAct, type ObjectionType, objectionTypes, standing } from '../objections/objection.ts';
import type { Period } from './period.ts';

/** An act as a report needs it: whose, of which type, how it came. */
export type ReportedAct = ObjectionAct & {
  readonly patientId: string;
  readonly type: string;
  readonly receivedVia: string | null;
};

type ByType = Readonly<Record<ObjectionType, number>>;

export type ObjectionReport = {
  readonly period: Period;
  /** In force at the end of the period. */
  readonly inForce: ByType;
  /** Patients with at least one objection in force at the end of the period. */
  readonly patients: number;
  /** Patients registered with the practice now. */
  readonly listSize: number;
  /** Patients with an objection in force as a share of the list, in per cent; null when the list is empty. */
  readonly sharePerCent: number | null;
  /** By the month in which they were keyed; what was entered in error is left out. */
  readonly months: readonly {
    readonly month: string;
    readonly recorded: ByType;
    readonly withdrawn: ByType;
  }[];
  /** Recorded or confirmed in the period, by how they were received; most first. */
  readonly receivedVia: readonly { readonly via: string | null; readonly count: number }[];
};

/**
 * Counts objections from the acts themselves, with the same rules as the guard.
 * @param acts every act of the practice, in any order
 * @param listSize patients registered now
 */
export function objectionReport(
  acts: readonly ReportedAct[],
  listSize: number,
  period: Period,
): ObjectionReport {
  const known = acts.filter((act) => londonDay(act.recordedAt) <= period.to);
  const inForce = none();
  const patients = new Set<string>();
  const inError = new Set<string>();
  for (const of of groupByObjection(known).values()) {
    const { inForce: stands, states } = standing(of);
    const [{ type, patientId } = { type: '', patientId: '' }] = of;
    if (stands) {
      count(inForce, type);
      patients.add(patientId);
    }
    for (const [id, state] of states) if (state === 'in-error') inError.add(id);
  }
  const counted = known.filter((act) => !inError.has(act.id) && londonDay(act.recordedAt) >= period.from);
  return {
    period,
    inForce,
    patients: patients.size,
    listSize,
    sharePerCent: listSize === 0 ? null : (patients.size / listSize) * 100,
    months: monthsBetween(period.from, period.to).map((month) => {
      const ofMonth = counted.filter((act) => londonDay(act.recordedAt).startsWith(month));
      return { month, recorded: byType(ofMonth, 'record'), withdrawn: byType(ofMonth, 'withdraw') };
    }),
    receivedVia: byVia(counted.filter(({ kind }) => kind === 'record' || kind === 'confirm')),
  };
}

const none = (): Record<ObjectionType, number> => ({ 'type-1': 0, 'type-2': 0 });

function count(counts: Record<ObjectionType, number>, type: string): void {
  const known = objectionTypes.find((one) => one === type);
  if (known) counts[known] += 1;
}

function byType(acts: readonly ReportedAct[], kind: string): ByType {
  const counts = none();
  for (const act of acts) if (act.kind === kind) count(counts, act.type);
  return counts;
}

function byVia(acts: readonly ReportedAct[]): ObjectionReport['receivedVia'] {
  const counts = new Map<string | null, number>();
  for (const { receivedVia } of acts) counts.set(receivedVia, (counts.get(receivedVia) ?? 0) + 1);
  return [...counts].map(([via, n]) => ({ via, count: n })).sort((one, other) => other.count - one.count);
}

function groupByObjection(acts: readonly ReportedAct[]): Map<string, ReportedAct[]> {
  const groups = new Map<string, ReportedAct[]>();
  for (const act of acts) {
    const key = `${act.patientId} ${act.type}`;
    const group = groups.get(key);
    if (group) group.push(act);
    else groups.set(key, [act]);
  }
  return groups;
}
