import type { AfterNotice } from '../reports/objection-counts.ts';
import type { Database } from './database.ts';
import { tellingCounts } from './telling-counts.ts';

/** Of each version that was published: who was told by it up to the last day, and who of them objected in those days. */
export async function afterNotices(
  { reader, kind }: Database,
  practiceId: string,
  days: { readonly from: string; readonly to: string },
): Promise<AfterNotice[]> {
  const counts = tellingCounts(reader, kind, practiceId);
  const versions = await reader.noticeVersion.findMany({
    where: { practiceId, publishedAt: { not: null } },
    orderBy: { publishedAt: 'asc' },
    select: { noticeId: true, version: true },
  });
  const notices = await reader.notice.findMany({ where: { practiceId }, select: { id: true, name: true } });
  const names = new Map(notices.map(({ id, name }) => [id, name]));
  const found: AfterNotice[] = [];
  for (const ref of versions) {
    const told = await counts.toldUpTo([ref], days.to);
    if (told === 0) continue;
    const objected = await counts.objectedAfter([ref], days);
    found.push({ name: names.get(ref.noticeId) ?? '', version: ref.version, told, objected });
  }
  return found;
}
