import { daysBetween } from '../day.ts';
import { type Lateness, lateness, latenesses } from './lateness.ts';
import { type Step, steps, type Way } from './objection-counts.ts';

/** How long objections took from the day on which they were received to one step of their way. */
export type StepTimes = {
  readonly step: Step;
  /** Objections that came to the step. */
  readonly done: number;
  /** Of these, in days; null when there are none. Between two middle ones, the mean. */
  readonly median: number | null;
  readonly slowest: number | null;
  /** Objections that are not there yet. */
  readonly waiting: number;
  /** All of both: those that wait count by the time they have waited. */
  readonly late: Readonly<Record<Lateness, number>>;
};

/**
 * @param ways in any order
 * @param today what those that wait are measured to
 */
export function stepTimes(ways: readonly Way[], today: string): StepTimes[] {
  return steps.map((step) => {
    const ofStep = ways.filter((way) => way.step === step);
    const late = Object.fromEntries(latenesses.map((name) => [name, 0])) as Record<Lateness, number>;
    const taken = new Map<number, number>();
    let [done, waiting] = [0, 0];
    for (const { receivedOn, doneOn, count } of ofStep) {
      late[lateness(receivedOn, doneOn ?? today)] += count;
      if (doneOn === null) {
        waiting += count;
        continue;
      }
      done += count;
      const days = Math.max(0, daysBetween(receivedOn, doneOn));
      taken.set(days, (taken.get(days) ?? 0) + count);
    }
    const inOrder = [...taken].sort(([one], [other]) => one - other);
    return { step, done, waiting, late, median: median(inOrder, done), slowest: inOrder.at(-1)?.[0] ?? null };
  });
}

function median(inOrder: readonly (readonly [days: number, count: number])[], total: number): number | null {
  if (total === 0) return null;
  const at = (place: number): number => {
    let before = 0;
    for (const [days, count] of inOrder) {
      before += count;
      if (place < before) return days;
    }
    throw new RangeError('no such place');
  };
  return (at(Math.floor((total - 1) / 2)) + at(Math.floor(total / 2))) / 2;
}
