import { randomUUID } from 'node:crypto';
import type { ReleaseLine, ReportStore } from '../reports/report-store.ts';
import type { Database } from './database.ts';

/** Reading for reports, on either database. */
export function reportStore(database: Database): ReportStore {
  const { reader } = database;
  return {
    listSize: (practiceId) =>
      reader.patient.count({ where: { practiceId, status: 'registered', dateOfDeath: null } }),
    async releases(practiceId, { extractId, status, limit, cursor }) {
      const where = { practiceId, ...(extractId && { extractId }), ...(status && { status }) };
      const after =
        cursor === undefined ? null : await reader.release.findFirst({ where: { id: cursor, practiceId } });
      const rows = await reader.release.findMany({
        where: after ? { AND: [where, before(after)] } : where,
        orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
        take: limit + 1,
      });
      const items = await named(database, practiceId, rows.slice(0, limit));
      return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
    },
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
    async keepVerification(practiceId, { at, ok, size, checked, problem }) {
      const data = { id: randomUUID(), practiceId, at, ok, size, checked: JSON.stringify(checked), problem };
      await database.write((tx) => tx.verification.create({ data }));
    },
    async practiceIds() {
      return (await reader.practice.findMany({ select: { id: true } })).map(({ id }) => id);
    },
  };
}

/** What comes after a row in a list with the newest first. */
const before = ({ startedAt, id }: { startedAt: Date; id: string }) => ({
  OR: [{ startedAt: { lt: startedAt } }, { startedAt, id: { lt: id } }],
});

type Row = Awaited<ReturnType<Database['reader']['release']['findMany']>>[number];

/** Puts the extract's name and recipient, as they were in that version, beside each release. */
async function named(database: Database, practiceId: string, rows: readonly Row[]): Promise<ReleaseLine[]> {
  const extractIds = [...new Set(rows.map(({ extractId }) => extractId))];
  const versions = await database.reader.extractVersion.findMany({
    where: { practiceId, extractId: { in: extractIds } },
    select: { extractId: true, version: true, name: true, recipient: true },
  });
  return rows.map((row) => {
    const of = versions.find(
      ({ extractId, version }) => extractId === row.extractId && version === row.version,
    );
    return {
      ...row,
      kind: row.kind === 'check' ? 'check' : 'release',
      extractName: of?.name ?? row.extractId,
      recipient: of?.recipient ?? 'Not known',
      reasons: row.reasons === null ? {} : (JSON.parse(row.reasons) as Record<string, number>),
    };
  });
}
