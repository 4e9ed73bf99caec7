import { addDays, londonDay, startOfDay } from '../day.ts';
import type { PublicLog } from '../ledger/public-log.ts';
import { accessCounts } from '../monitor/access-counts.ts';
import { happenings } from '../monitor/happenings.ts';
import { digestLooks, lastVisit, type MonitorLook } from '../monitor/look-log.ts';
import type { Role } from '../staff/roles.ts';
import type { LoggedIn } from '../staff/staff.ts';
import { accessCountStore, happeningStore, lookStore } from '../store/monitor-store.ts';
import type { Opened } from './opened.ts';

/** Days that access counts go back. */
const COUNTED_DAYS = 365;
/** Days that whoever has no last visit of their own is shown. */
const SHOWN_DAYS = 7;

/** What a monitor sees of a practice, and what is kept of their looking. */
export function monitorServices({ database, now }: Opened, publicLog: Pick<PublicLog, 'from'>) {
  const looks = lookStore(database);
  const entries = happeningStore(database);
  const counts = accessCountStore(database);
  /** How many entries were published on a day, or the first day after it; all when none was since. */
  const sizeOn = async (practiceId: string, day: string) =>
    (await publicLog.from(practiceId, day))?.size ?? (await entries.size(practiceId));
  return {
    /** Writes down that a monitor asks for a page. */
    noteLook: (
      { id, practiceId }: Pick<LoggedIn, 'id' | 'practiceId'>,
      path: string,
      saysWhatHappened: boolean,
    ) => looks.note({ practiceId, staffId: id, path, at: now(), saysWhatHappened }),
    looks: (practiceId: string, part: { skip: number; take: number }): Promise<MonitorLook[]> =>
      looks.list(practiceId, part),
    countLooks: looks.count,
    digestLooks: (practiceId: string) => digestLooks(looks, practiceId, now()),
    /**
     * What happened since somebody's last visit. Without one: of a monitor everything, of others the last days.
     *
     * @param day YYYY-MM-DD, to look back to that day instead
     */
    async since({ id, practiceId, role }: Pick<LoggedIn, 'id' | 'practiceId' | 'role'>, day?: string) {
      const to = await entries.size(practiceId);
      const visit = day === undefined && role === 'monitor' ? await lastVisit(looks, id, now()) : null;
      const back = day ?? (role === 'monitor' ? undefined : addDays(londonDay(now()), -SHOWN_DAYS));
      const from = visit?.size ?? (back === undefined ? 0 : await sizeOn(practiceId, back));
      const happened = await happenings(entries, practiceId, from, to);
      return { visitedAt: visit?.at ?? null, day: back ?? null, from, to, happened };
    },
    /** How often patients were looked at, by month and role. */
    accessCounts: (practiceId: string, roleOf: (staffId: string) => Role | undefined) =>
      accessCounts(counts, practiceId, roleOf, startOfDay(addDays(londonDay(now()), -COUNTED_DAYS))),
  };
}
