import { londonDay, londonTime } from './day.ts';
import type { Log } from './log.ts';

/** Work that the app does by itself. `due` says whether it is time; `run` does it. */
export type Job = {
  readonly name: string;
  due(now: Date): Promise<boolean>;
  run(): Promise<unknown>;
};

/** Time between two looks at what is due, in milliseconds. */
const BEAT = 30_000;

/** Looks every half minute which jobs are due and runs them, one after the other. Returns what stops it. */
export function startSchedule(jobs: readonly Job[], now: () => Date, log: Log): () => Promise<void> {
  let current: Promise<void> = Promise.resolve();
  let stopped = false;
  const beat = async () => {
    for (const job of jobs) if (!stopped) await runIfDue(job, now(), log);
  };
  const timer = setInterval(() => {
    current = current.then(beat);
  }, BEAT);
  current = beat();
  return () => {
    stopped = true;
    clearInterval(timer);
    return current;
  };
}

/** Runs a job when it is due. A job that fails is written down, and tried again at the next beat. */
export async function runIfDue(job: Job, now: Date, log: Log): Promise<void> {
  try {
    if (await job.due(now)) await job.run();
  } catch (error) {
    log.error({ event: 'job-failed', reason: job.name, error });
  }
}

/** Due once a day, from a time of day in London on, when it was last done on an earlier day or before that time. */
export const dueDaily =
  (from: string, last: () => Promise<Date | null>) =>
  async (now: Date): Promise<boolean> => {
    if (londonTime(now) < from) return false;
    const at = await last();
    return at === null || londonDay(at) < londonDay(now) || londonTime(at) < from;
  };

/** Due every so many milliseconds from the start on. */
export function dueEvery(ms: number): (now: Date) => Promise<boolean> {
  let next = 0;
  return async (now) => {
    if (now.getTime() < next) return false;
    next = now.getTime() + ms;
    return true;
  };
}
