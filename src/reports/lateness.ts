import { latenessOf, type Lateness as Waited } from '../work/lateness.ts';

/** How long something took, or has taken so far, against what the practice aims at: the same day. */
export const latenesses = ['same-day', 'in-time', 'alert', 'breach'] as const;
export type Lateness = 'same-day' | Waited;

/**
 * By the same limits as the lists of work.
 *
 * @param from the day on which the patient told the practice
 * @param to the day on which it was done; today, when it was not done yet
 */
export const lateness = (from: string, to: string): Lateness =>
  to <= from ? 'same-day' : latenessOf(from, to);
