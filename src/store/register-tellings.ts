import type { VersionRecord } from '../extracts/registered-version.ts';
import { coveringNotices, noticeName } from '../notices/covers.ts';
import type { NoticeContent, NoticeState } from '../notices/notice.ts';
import type { TellingFacts } from '../register/make-register.ts';
import { readCovers } from './covering-notices.ts';
import type { Transaction } from './database.ts';

/** By which notices patients are told of each version of an extract that was approved. */
export async function tellingsOf(
  tx: Pick<Transaction, 'noticeVersion'>,
  practiceId: string,
  versions: readonly VersionRecord[],
): Promise<TellingFacts[]> {
  const rows = await tx.noticeVersion.findMany({
    where: { practiceId, publishedAt: { not: null } },
    orderBy: [{ publishedIndex: 'desc' }, { noticeId: 'asc' }],
  });
  const notices = rows.map((row) => ({
    ...row,
    state: row.state as NoticeState,
    covers: readCovers(row.covers),
  }));
  return versions
    .filter(({ approvedBy }) => approvedBy !== null)
    .flatMap((one) => {
      const names = coveringNotices(notices, one, versions);
      return notices
        .filter((notice) => names.includes(noticeName(notice)))
        .map(({ content, version, publishedAt, withdrawnAt }) => ({
          extractId: one.extractId,
          extractVersion: one.version,
          title: (JSON.parse(content) as NoticeContent).title,
          version,
          publishedAt: publishedAt ?? one.registeredAt,
          withdrawnAt,
        }));
    });
}
