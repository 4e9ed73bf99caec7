import { randomUUID } from 'node:crypto';
import type { Field } from '../extracts/extract.ts';
import type { ReleaseFilter, ReleaseLine, ReportStore } from '../reports/report-store.ts';
import type { Database } from './database.ts';

/** Reading for reports, on either database. */
export function reportStore(database: Database): ReportStore {
  const { reader } = database;
  return {
    listSize: (practiceId) =>
      reader.patient.count({ where: { practiceId, status: 'registered', dateOfDeath: null } }),
    async releases(practiceId, { limit, skip = 0, ...filter }) {
      const where = await chosen(database, practiceId, filter);
      const rows = await reader.release.findMany({
        where,
        orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
        skip,
        take: limit,
      });
      return { items: await named(database, practiceId, rows), total: await reader.release.count({ where }) };
    },
    countReleases: async (practiceId, filter) =>
      reader.release.count({ where: await chosen(database, practiceId, filter) }),
    async release(practiceId, id) {
      const row = await reader.release.findFirst({ where: { id, practiceId } });
      return row ? ((await named(database, practiceId, [row]))[0] ?? null) : null;
    },
    leftBetween: (practiceId, from, to) =>
      reader.release.count({
        // One that was decided and then failed sent nothing, though its account counts as if it had.
        where: { practiceId, kind: 'release', decidedAt: { gte: from, lt: to }, status: { not: 'failed' } },
      }),
    async lastVerification(practiceId) {
      const row = await reader.verification.findFirst({ where: { practiceId }, orderBy: { at: 'desc' } });
      return row && { ...row, checked: JSON.parse(row.checked) };
    },
    async lastVerifiedAt() {
      const practices = await reader.practice.count();
      const last = await reader.verification.groupBy({ by: ['practiceId'], _max: { at: true } });
      const times = last
        .flatMap(({ _max: { at } }) => at ?? [])
        .sort((one, other) => one.getTime() - other.getTime());
      return times.length < practices ? null : (times[0] ?? null);
    },
    async verification(practiceId, id) {
      const row = await reader.verification.findFirst({ where: { id, practiceId } });
      return row && { ...row, checked: JSON.parse(row.checked) };
    },
    async keepVerification(practiceId, { checked, ...line }, id = randomUUID()) {
      const data = { ...line, id, practiceId, checked: JSON.stringify(checked) };
      await database.write((tx) => tx.verification.create({ data }));
    },
    async practiceIds() {
      return (await reader.practice.findMany({ select: { id: true } })).map(({ id }) => id);
    },
  };
}

/** Which releases a filter means. */
async function chosen({ reader }: Database, practiceId: string, filter: ReleaseFilter) {
  const { extractId, kind, status, from, before, text } = filter;
  return {
    practiceId,
    ...(extractId && { extractId }),
    ...(kind && { kind }),
    ...(status && { status }),
    ...((from ?? before) && { startedAt: { ...(from && { gte: from }), ...(before && { lt: before }) } }),
    ...(text && { OR: [{ id: text.toLowerCase() }, { keyId: { in: await keysCalled(text) } }] }),
  };

  async function keysCalled(part: string): Promise<string[]> {
    const keys = await reader.jobKey.findMany({ where: { practiceId }, select: { id: true, name: true } });
    return keys.filter(({ name }) => name.toLowerCase().includes(part.toLowerCase())).map(({ id }) => id);
  }
}

type Row = Awaited<ReturnType<Database['reader']['release']['findMany']>>[number];

/** Puts the extract's name and recipient, as they were in that version, beside each release. */
async function named(database: Database, practiceId: string, rows: readonly Row[]): Promise<ReleaseLine[]> {
  const extractIds = [...new Set(rows.map(({ extractId }) => extractId))];
  const versions = await database.reader.extractVersion.findMany({
    where: { practiceId, extractId: { in: extractIds } },
  });
  const keyIds = [...new Set(rows.map(({ keyId }) => keyId))];
  const keys = await database.reader.jobKey.findMany({ where: { practiceId, id: { in: keyIds } } });
  return rows.map((row) => {
    const of = versions.find(
      ({ extractId, version }) => extractId === row.extractId && version === row.version,
    );
    return {
      ...row,
      kind: row.kind === 'check' ? 'check' : 'release',
      extractName: of?.name ?? row.extractId,
      recipient: of?.recipient ?? 'Not known',
      recipientOds: of?.recipientOds ?? '',
      purpose: of?.purpose ?? 'Not known',
      ground: of?.ground ?? 'other',
      fields: of === undefined ? [] : (JSON.parse(of.fields) as Field[]),
      keyName: keys.find(({ id }) => id === row.keyId)?.name ?? 'Not known',
      reasons: row.reasons === null ? {} : (JSON.parse(row.reasons) as Record<string, number>),
    };
  });
}
