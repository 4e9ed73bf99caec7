import type { VersionRecord } from '../extracts/registered-version.ts';
import { toldOfList } from '../notices/coverage.ts';
import { coveringNotices, noticeName } from '../notices/covers.ts';
import type { NoticeContent, NoticeState } from '../notices/notice.ts';
import type { TellingFacts } from '../register/make-register.ts';
import { tenthsOf } from '../register/public-numbers.ts';
import { readCovers } from './covering-notices.ts';
import type { Database, Transaction } from './database.ts';
import { tellingStore } from './telling-store.ts';

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
        .map(({ noticeId, content, version, publishedAt, withdrawnAt }) => ({
          notice: noticeName({ noticeId, version }),
          extractId: one.extractId,
          extractVersion: one.version,
          title: (JSON.parse(content) as NoticeContent).title,
          version,
          publishedAt: publishedAt ?? one.registeredAt,
          withdrawnAt,
        }));
    });
}

/** What share of the list was told by each published notice, for the first register of a month. */
export async function toldShares(
  database: Database,
  practiceId: string,
  day: string,
): Promise<ReadonlyMap<string, string | null>> {
  const published = await database.reader.noticeVersion.findMany({
    where: { practiceId, publishedAt: { not: null } },
    select: { noticeId: true, version: true },
  });
  const shares = new Map<string, string | null>();
  for (const notice of published) {
    const { told, list } = await toldOfList(tellingStore(database), practiceId, [notice], day);
    shares.set(noticeName(notice), tenthsOf(told, list));
  }
  return shares;
}
