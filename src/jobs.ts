import { londonDay, londonTime } from './day.ts';
import { PUBLISHED_FROM } from './ledger/public-log.ts';
import { dueDaily, dueEvery, type Job } from './schedule.ts';
import type { Services } from './services.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const QUARTER = HOUR / 4;

/** What the app does by itself while it runs; README lists the same. */
export function jobs({
  reports,
  publicLog,
  incidents,
  patients,
  monitor,
  staff,
  sessions,
  drafts,
  tellings,
  database,
  now,
  log,
}: Services): Job[] {
  /** What cannot be published is not tried at each beat. */
  const tryAgain = dueEvery(QUARTER);
  return [
    {
      name: 'check last night',
      due: dueDaily('06:00', () => reports.lastVerifiedAt()),
      async run() {
        const troubled = await reports.verifyAll();
        for (const practice of troubled) log.error({ event: 'verification-failed', practice });
      },
    },
    {
      name: 'publish checkpoints',
      async due(at) {
        const last = await publicLog.lastPublishedAt();
        const isTime = londonTime(at) >= PUBLISHED_FROM && (last === null || londonDay(last) < londonDay(at));
        return isTime && tryAgain(at);
      },
      run: () => publicLog.publishAll(),
    },
    {
      name: 'look for incidents',
      due: dueEvery(MINUTE),
      run: () => incidents.look(),
    },
    {
      // Those whose process died: the page that began one goes on with it in the background.
      name: 'go on with batches of notices',
      due: dueEvery(MINUTE),
      async run() {
        for (const run of await tellings.unfinished()) await tellings.goOn(run);
      },
    },
    {
      name: 'digest the access log',
      due: dueEvery(HOUR),
      async run() {
        for (const { id } of await staff.practices()) {
          await patients.digestAccessLog(id);
          await monitor.digestLooks(id);
        }
      },
    },
    {
      name: 'look for unusual looks at patients',
      due: dueEvery(HOUR),
      async run() {
        for (const { id } of await staff.practices()) await patients.unusualLooks.search(id);
      },
    },
    {
      // Soon after a long list was taken in: until then the database looks for patients as if there were few.
      name: 'see how long the tables are',
      due: dueEvery(QUARTER),
      run: () => database.refreshStatistics(),
    },
    {
      name: 'forget what is over',
      due: dueEvery(QUARTER),
      async run() {
        await sessions.forgetOld(now());
        await drafts.forgetOld();
      },
    },
  ];
}
