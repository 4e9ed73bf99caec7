import { randomUUID } from 'node:crypto';
import { addDays, londonDay, startOfDay } from '../day.ts';
import type { UnusualLookStore } from './unusual-look-store.ts';
import { AGAIN, unusualLooks } from './unusual-looks.ts';

/** How far back it is searched the first time; older looks are in the log, and nobody remembers why they were. */
const DAYS_BACK = 28;

/**
 * Searches the access log, from where it was last searched on, for looks that somebody should ask about. What was asked
 * about comes back only when it went on afterwards.
 */
export async function findUnusualLooks(
  store: UnusualLookStore,
  practiceId: string,
  now: Date,
): Promise<void> {
  const oldest = startOfDay(addDays(londonDay(now), -DAYS_BACK));
  const todo = await store.notSearched(practiceId, oldest);
  if (todo === null) return;
  for (let day = londonDay(todo.first); day <= londonDay(todo.last.at); day = addDays(day, 1)) {
    const [from, to] = [startOfDay(addDays(day, 1 - AGAIN.withinDays)), startOfDay(addDays(day, 1))];
    const looks = await store.looksBetween(practiceId, from, to);
    const found = unusualLooks(day, looks, await store.known(practiceId, looks, from, to));
    await store.change(practiceId, async (change) => {
      const before = await change.ofDay(day);
      for (const look of found) {
        const same = before.filter(
          ({ rule, staffId, patientId }) =>
            rule === look.rule && staffId === look.staffId && patientId === look.patientId,
        );
        if (same.some(({ toSeq }) => toSeq >= look.toSeq)) continue;
        const waiting = same.find(({ outcome }) => outcome === null);
        if (waiting) await change.extend(waiting.id, look);
        else await change.add({ ...look, id: randomUUID(), foundAt: now });
      }
    });
  }
  await store.change(practiceId, (change) => change.watchedTo(todo.last.seq));
}
