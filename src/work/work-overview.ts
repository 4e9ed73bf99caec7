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
  return Promise.all(
    workLists.map(async (list) => {
      const items = await store.waiting(practiceId, list.name, now);
      const oldest = items[0]?.since ?? null;
      const isOver = items.some((item) => item.isOver);
      const lateness = isOver ? 'breach' : oldest === null ? 'in-time' : latenessOf(oldest, today);
      return { list, count: items.length, oldest, lateness };
    }),
  );
}
