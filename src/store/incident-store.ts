import { z } from 'zod';
import { bitmapOf } from '../guard/members-list.ts';
import type { Incident } from '../incidents/incident.ts';
import type { DecidedRelease, IncidentChange, IncidentStore } from '../incidents/incident-store.ts';
import { objectionTypes } from '../objections/objection.ts';
import type { Database } from './database.ts';
import type { IncidentModel } from './generated/sqlite/models.ts';
import { suspects } from './incident-suspects.ts';
import { paged } from './paged.ts';
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
    decidedSince: (practiceId, since) => decidedSince(reader, practiceId, since),
    async list(practiceId, { closed, skip, take }) {
      const rows = await reader.incident.findMany({
        where: { practiceId, closedAt: closed ? { not: null } : null },
        orderBy: closed ? [{ closedAt: 'desc' }, { id: 'asc' }] : [{ openedAt: 'asc' }, { id: 'asc' }],
        skip,
        take,
      });
      return rows.map(toIncident);
    },
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

/** One that was decided and then failed sent nothing, though its account counts as if it had. */
async function* decidedSince(
  reader: Database['reader'],
  practiceId: string,
  since: Date,
): AsyncGenerator<DecidedRelease> {
  const rows = paged<{
    id: string;
    decidedAt: Date | null;
    decidedIndex: number | null;
    applied: readonly string[];
  }>(async (last, take) => {
    const found = await reader.release.findMany({
      where: {
        practiceId,
        decidedAt: { gte: since },
        status: { not: 'failed' },
        ...(last && { decidedIndex: { gt: last.decidedIndex ?? -1 } }),
      },
      orderBy: { decidedIndex: 'asc' },
      take,
    });
    return withApplied(reader, practiceId, found);
  });
  for await (const { id, decidedAt, applied } of rows) {
    if (decidedAt === null) continue;
    const where = { releaseId: id };
    const account = await reader.releaseAccount.findUnique({
      where,
      select: { members: true, memberOrdinals: true },
    });
    if (account !== null) yield { id, decidedAt, applied, members: bitmapOf(account) };
  }
}

/** With what the deciding entry says that each applied. */
async function withApplied<Row extends { decidedIndex: number | null }>(
  reader: Database['reader'],
  practiceId: string,
  rows: readonly Row[],
) {
  const indexes = rows.flatMap(({ decidedIndex }) => decidedIndex ?? []);
  const texts = await reader.ledgerText.findMany({ where: { practiceId, index: { in: indexes } } });
  const byIndex = new Map(texts.map(({ index, text }) => [index, text]));
  return rows.map((row) => ({ ...row, applied: appliedIn(byIndex.get(row.decidedIndex ?? -1)) }));
}

const decided = z.looseObject({
  data: z.looseObject({
    applies: z.looseObject({ type1: z.boolean(), type2: z.boolean(), consent: z.boolean().optional() }),
  }),
});

/** Of one whose text is gone nobody can say that it did not apply objections. */
function appliedIn(text: string | undefined): readonly string[] {
  const read = decided.safeParse(text === undefined ? undefined : JSON.parse(text));
  if (!read.success) return objectionTypes;
  const { type1, type2, consent = false } = read.data.data.applies;
  return objectionTypes.filter((type) => consent || (type === 'type-1' ? type1 : type2));
}

/** A row as the rules of incidents see it. */
export function toIncident({ practiceId: _, releases, ...row }: IncidentModel): Incident {
  return { ...row, releases: JSON.parse(releases) };
}
