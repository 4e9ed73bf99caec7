import { z } from 'zod';
import type { ExtractVersion } from '../extracts/extract.ts';
import { type CoveringNotice, coveringNotices, noticeName } from '../notices/covers.ts';
import type { Covered, NoticeState } from '../notices/notice.ts';
import type { Transaction } from './database.ts';
import { registeredVersion } from './extract-register.ts';

const covered = z.array(z.object({ extractId: z.string(), version: z.int() }));

/** The notices that cover a version of an extract, by name. */
export async function noticesCovering(
  reader: Pick<Transaction, 'noticeVersion' | 'extractVersion'>,
  { practiceId, extractId, version }: Pick<ExtractVersion, 'practiceId' | 'extractId' | 'version'>,
): Promise<string[]> {
  const rows = await reader.noticeVersion.findMany({
    where: { practiceId, publishedAt: { not: null } },
    orderBy: [{ noticeId: 'asc' }, { version: 'asc' }],
    select: { noticeId: true, version: true, state: true, covers: true, publishedAt: true },
  });
  if (rows.length === 0) return [];
  const versions = (await reader.extractVersion.findMany({ where: { practiceId, extractId } })).map(
    registeredVersion,
  );
  const now = versions.find((one) => one.version === version);
  if (now === undefined) return [];
  const notices = rows.map((row) => ({
    ...row,
    state: row.state as NoticeState,
    covers: readCovers(row.covers),
  }));
  return coveringNotices(notices, now, versions);
}

/** The same as pages show them, each by the name that staff gave it. */
export async function namedNoticesCovering(
  reader: Pick<Transaction, 'notice' | 'noticeVersion' | 'extractVersion'>,
  of: Pick<ExtractVersion, 'practiceId' | 'extractId' | 'version'>,
): Promise<CoveringNotice[]> {
  const covering = await noticesCovering(reader, of);
  if (covering.length === 0) return [];
  const { practiceId } = of;
  const names = new Map(
    (await reader.notice.findMany({ where: { practiceId } })).map(({ id, name }) => [id, name]),
  );
  const rows = await reader.noticeVersion.findMany({
    where: { practiceId, publishedAt: { not: null } },
    orderBy: { publishedAt: 'asc' },
    select: { noticeId: true, version: true, state: true },
  });
  return rows
    .filter((row) => covering.includes(noticeName(row)))
    .map(({ noticeId, version, state }) => ({
      name: names.get(noticeId) ?? 'A notice',
      version,
      isWithdrawn: state === 'withdrawn',
    }));
}

/** Reads what a notice covers; what cannot be read covers nothing. */
export function readCovers(kept: string): readonly Covered[] {
  try {
    const read = covered.safeParse(JSON.parse(kept));
    return read.success ? read.data : [];
  } catch {
    return [];
  }
}
