import { numbersOf } from '../guard/membership.ts';
import type { Decision, ReleaseStore, ReleaseView } from '../guard/release-store.ts';
import { stopKinds } from '../guard/stop.ts';
import { noteStop } from '../incidents/note-stop.ts';
import { stopIncident } from '../incidents/stop-incident.ts';
import { checkGroups } from './check-groups.ts';
import { commitDecision } from './commit-decision.ts';
import type { Database } from './database.ts';
import { incidentChange } from './incident-store.ts';
import { changePractice } from './practice-change.ts';
import { appendStarted, deadReleases, endDead, endRelease, whyStop } from './release-entries.ts';
import { partsOf } from './release-parts.ts';

/** Releases and checks, in the database. */
export function releaseStore(database: Database): ReleaseStore {
  const { reader } = database;
  return {
    start: (release, leaseUntil) =>
      changePractice(database, release.practiceId, async (change) => {
        await endDead(change, release.startedAt);
        const stop = await whyStop(change.tx, release, release.startedAt);
        if (stop !== undefined) return stop;
        const startedIndex = appendStarted(change, release);
        const row = { ...release, kind: 'release', status: 'started', leaseUntil, startedIndex };
        await change.tx.release.create({ data: row });
        return undefined;
      }),
    async renew({ id }, leaseUntil) {
      const { count } = await database.write((tx) =>
        tx.release.updateMany({ where: { id, status: 'started' }, data: { leaseUntil } }),
      );
      return count === 0 ? 'interrupted' : undefined;
    },
    whyStop: (release, now) => whyStop(reader, release, now),
    decide(release, decision, underLock, isGone) {
      // The transaction may be run again, and by then rows were taken out: what was decided before that is not said any more.
      let latest: Decision | undefined = decision;
      return changePractice(database, release.practiceId, async (change) => {
        const where = { id: release.id };
        const { status } = await change.tx.release.findUniqueOrThrow({ where });
        if (status !== 'started') return { ok: false, reason: 'interrupted' };
        if (isGone?.()) return { ok: false, reason: 'client-gone' };
        const committed = latest && (await commitDecision(change, release, latest));
        if (committed && (committed.ok || committed.reason !== 'changed')) return committed;
        latest = undefined;
        latest = await underLock?.();
        return latest ? commitDecision(change, release, latest) : { ok: false, reason: 'changed' };
      });
    },
    decideCheck: checkGroups(database),
    end: (release, ending, reason, at) =>
      changePractice(database, release.practiceId, async (change) => {
        const { status } = await change.tx.release.findUniqueOrThrow({ where: { id: release.id } });
        if (status === 'started') await endRelease(change, release, ending, reason, at);
      }),
    async interruptDead(practiceId, now) {
      if ((await reader.release.count({ where: deadReleases(practiceId, now) })) === 0) return;
      await changePractice(database, practiceId, (change) => endDead(change, now));
    },
    async lastNumbers({ practiceId, extractId, version }, count) {
      const of = { practiceId, extractId, version };
      const accepted = await reader.usualNumber.findFirst({ where: of, orderBy: { acceptedAt: 'desc' } });
      const releases = await reader.release.findMany({
        where: {
          ...of,
          kind: 'release',
          status: 'complete',
          ...(accepted && { startedAt: { gt: accepted.acceptedAt } }),
        },
        orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
        take: count,
        select: { id: true },
      });
      const ids = releases.map(({ id }) => id);
      const accounts = await reader.releaseAccount.findMany({ where: { releaseId: { in: ids } } });
      return [...accounts.map(numbersOf), ...(accepted ? [accepted] : [])].slice(0, count);
    },
    async openStops({ practiceId, extractId }) {
      const where = { practiceId, extractId, closedAt: null };
      const rows = await reader.incident.findMany({ where, select: { kind: true } });
      return stopKinds.filter((kind) => rows.some((row) => row.kind === stopIncident(kind)));
    },
    noteStop: (stop, at) =>
      changePractice(database, stop.practiceId, (change) => noteStop(incidentChange(change), stop, at)),
    async find(practiceId, id) {
      const row = await reader.release.findFirst({ where: { id, practiceId } });
      if (row === null) return undefined;
      const parts = (await partsOf(reader, [id])).get(id) ?? [];
      return { ...row, status: row.status as ReleaseView['status'], parts };
    },
  };
}
