import { dueDaily, type Job } from './schedule.ts';
import type { Services } from './services.ts';

/** What the app does by itself while it runs; README lists the same. */
export function jobs({ reports, log }: Services): Job[] {
  return [
    {
      name: 'check last night',
      due: dueDaily('06:00', () => reports.lastVerifiedAt()),
      async run() {
        const troubled = await reports.verifyAll();
        for (const practice of troubled) log.error({ event: 'verification-failed', practice });
      },
    },
  ];
}
