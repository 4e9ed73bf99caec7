import type { Incident } from '../incidents/incident.ts';
import type { IncidentChange, IncidentStore } from '../incidents/incident-store.ts';
import type { Database } from './database.ts';
import { decidedSince } from './decided-since.ts';
import type { IncidentModel } from './generated/sqlite/models.ts';
import { suspects } from './incident-suspects.ts';
import { changePractice, type PracticeChange } from './practice-change.ts';

/** Incidents, and how far the ledger was looked through for them. */
export function incidentStore(database: Database): IncidentStore {
  const { reader } = database;
  return {
    async watch(practiceId) {
      const where = { practiceId };
      const watch = await reader.incidentWatch.findUnique({ where });
      const head = await reader.ledgerHead.findUniqueOrThrow({ where, select: { size: true } });
      return { from: watch?.nextIndex ?? 0, size: head.size };
    },
    skip: async (practiceId, from, to) => {
      if (from > 0) await database.write((tx) => moved(tx, practiceId, from, to));
      else await changePractice(database, practiceId, (change) => moveWatch(change, from, to));
    },
    suspects: (practiceId, from, to) => suspects(reader, practiceId, from, to),
    decidedSince: (practiceId, since, ordinals) => decidedSince(reader, practiceId, since, ordinals),
    list: (practiceId, { closed, skip, take }) =>
      reader.incident.findMany({
        omit: { practiceId: true, releases: true },
        where: { practiceId, closedAt: closed ? { not: null } : null },
        orderBy: closed ? [{ closedAt: 'desc' }, { id: 'asc' }] : [{ openedAt: 'asc' }, { id: 'asc' }],
        skip,
        take,
      }),
    count: (practiceId, closed) =>
      reader.incident.count({ where: { practiceId, closedAt: closed ? { not: null } : null } }),
    async find(practiceId, id) {
      const row = await reader.incident.findFirst({ where: { practiceId, id } });
      return row && toIncident(row);
    },
    async practiceIds() {
      return (await reader.practice.findMany({ select: { id: true } })).map(({ id }) => id);
    },
    change: (practiceId, work) =>
      changePractice(database, practiceId, (change) => work(incidentChange(change))),
  };
}

/** What commands on incidents may do inside a change, for stores that change more than incidents. */
export function incidentChange(change: PracticeChange): IncidentChange {
  const { tx, practiceId } = change;
  return {
    append: change.append,
    moveWatch: (from, to) => moveWatch(change, from, to),
    async open({ releases, ...incident }) {
      await tx.incident.create({ data: { ...incident, practiceId, releases: JSON.stringify(releases) } });
    },
    isOpen: async (what) =>
      (await tx.incident.count({ where: { practiceId, patientId: null, what, closedAt: null } })) > 0,
    async openOf(extractId, kind) {
      const row = await tx.incident.findFirst({ where: { practiceId, extractId, kind, closedAt: null } });
      return row && toIncident(row);
    },
    async versionInForce(extractId) {
      const where = { practiceId, extractId, state: 'approved' };
      return (await tx.extractVersion.findFirst({ where }))?.version;
    },
    async acceptNumber(number) {
      await tx.usualNumber.create({ data: { ...number, practiceId } });
    },
    async find(id) {
      const row = await tx.incident.findFirst({ where: { practiceId, id } });
      return row && toIncident(row);
    },
    async update(id, columns) {
      await tx.incident.updateMany({ where: { practiceId, id }, data: columns });
    },
  };
}

/** Only under the practice's lock can a watch begin. */
async function moveWatch({ tx, practiceId }: PracticeChange, from: number, to: number): Promise<boolean> {
  if (from > 0) return moved(tx, practiceId, from, to);
  if ((await tx.incidentWatch.count({ where: { practiceId } })) > 0) return false;
  await tx.incidentWatch.create({ data: { practiceId, nextIndex: to } });
  return true;
}

async function moved(
  tx: Pick<PracticeChange['tx'], 'incidentWatch'>,
  practiceId: string,
  from: number,
  to: number,
): Promise<boolean> {
  const where = { practiceId, nextIndex: from };
  return (await tx.incidentWatch.updateMany({ where, data: { nextIndex: to } })).count > 0;
}

/** A row as the rules of incidents see it. */
export function toIncident({ practiceId: _, releases, ...row }: IncidentModel): Incident {
  return { ...row, releases: JSON.parse(releases) };
}
