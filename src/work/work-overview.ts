import { londonDay } from '../day.ts';
import { type Lateness, latenessOf } from './lateness.ts';
import { type WorkList, type WorkName, workLists } from './work-lists.ts';
import type { WorkStore } from './work-store.ts';

export type WorkLine = {
  readonly list: WorkList & { readonly name: WorkName };
  readonly count: number;
  /** The day since which the oldest waits; null when nothing does. */
  readonly oldest: string | null;
  readonly lateness: Lateness;
};

/** How much waits on each list, and how late the oldest is. */
export async function workOverview(store: WorkStore, practiceId: string, now: Date): Promise<WorkLine[]> {
  const today = londonDay(now);
  const waits = await store.overview(practiceId, now);
  return workLists.map((list) => {
    const { count, oldest, isOver } = waits[list.name];
    const lateness = isOver ? 'breach' : oldest === null ? 'in-time' : latenessOf(oldest, today);
    return { list, count, oldest, lateness };
  });
}
