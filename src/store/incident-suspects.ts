import { groupBy } from '../group-by.ts';
import type { Suspect } from '../incidents/incident-store.ts';
import { recordedAct } from './act-row.ts';
import type { Database } from './database.ts';
import { portionsOf } from './portions.ts';

type Reader = Database['reader'];

/** Those of whose objections something is new between two entries of the ledger. */
export async function suspects(
  reader: Reader,
  practiceId: string,
  from: number,
  to: number,
): Promise<Suspect[]> {
  const isNew = { gte: from, lt: to };
  const acted = await reader.objectionAct.findMany({
    where: { practiceId, ledgerIndex: isNew },
    select: { patientId: true },
    distinct: ['patientId'],
  });
  const linked = await reader.patient.findMany({
    where: { practiceId, changedAtIndex: { gte: from }, personId: { not: null } },
    select: { personId: true },
  });
  const linkedIds = new Set(linked.map(({ personId }) => personId));
  const records = await recordsOf(reader, practiceId, [
    ...acted.map(({ patientId }) => ({ id: patientId })),
    ...[...linkedIds].map((personId) => ({ personId })),
  ]);
  const ids = records.map(({ id }) => id);
  const acts = await actsOf(reader, practiceId, ids, to);
  const known = await knownOf(reader, practiceId, ids);
  return [...groupBy(records, ({ id, personId }) => personId ?? id).values()]
    .map((group) => ({
      records: group.map(({ id, ordinal }) => ({ patientId: id, ordinal, acts: acts.get(id) ?? [] })),
      isLinkedAnew: linkedIds.has(group[0]?.personId ?? null) && group[0]?.personId != null,
      known: new Set(group.flatMap(({ id }) => known.get(id) ?? [])),
    }))
    .filter((suspect) => suspect.records.some((record) => record.acts.length > 0));
}

/** The records that these name, and every other record of the same person. */
async function recordsOf(
  reader: Reader,
  practiceId: string,
  wanted: readonly ({ readonly id: string } | { readonly personId: string | null })[],
) {
  const select = { id: true, ordinal: true, personId: true } as const;
  const found = new Map<string, { id: string; ordinal: number; personId: string | null }>();
  const keep = (rows: readonly { id: string; ordinal: number; personId: string | null }[]) => {
    for (const row of rows) found.set(row.id, row);
  };
  const ids = wanted.flatMap((one) => ('id' in one ? one.id : []));
  for (const some of portionsOf(ids))
    keep(await reader.patient.findMany({ where: { practiceId, id: { in: some } }, select }));
  const persons = [
    ...new Set([
      ...wanted.flatMap((one) => ('personId' in one && one.personId !== null ? one.personId : [])),
      ...[...found.values()].flatMap(({ personId }) => personId ?? []),
    ]),
  ];
  for (const some of portionsOf(persons))
    keep(await reader.patient.findMany({ where: { practiceId, personId: { in: some } }, select }));
  return [...found.values()];
}

async function actsOf(reader: Reader, practiceId: string, ids: readonly string[], to: number) {
  const rows = [];
  for (const some of portionsOf(ids)) {
    const where = { practiceId, patientId: { in: some }, ledgerIndex: { lt: to } };
    rows.push(...(await reader.objectionAct.findMany({ where, orderBy: { ledgerIndex: 'asc' } })));
  }
  return groupBy(rows.map(recordedAct), ({ patientId }) => patientId);
}

/** The releases that incidents of these patients name. */
async function knownOf(reader: Reader, practiceId: string, ids: readonly string[]) {
  const known = new Map<string, string[]>();
  for (const some of portionsOf(ids)) {
    const where = { practiceId, patientId: { in: some } };
    const select = { patientId: true, releases: true } as const;
    for (const { patientId, releases } of await reader.incident.findMany({ where, select }))
      if (patientId) known.set(patientId, [...(known.get(patientId) ?? []), ...JSON.parse(releases)]);
  }
  return known;
}
