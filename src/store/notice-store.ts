import type { Covered, NoticeState } from '../notices/notice.ts';
import { wholeContent, wholeTranslation } from '../notices/notice-entry.ts';
import type {
  Elsewhere,
  ElsewhereHow,
  NoticeChange,
  NoticeStore,
  Translation,
  TranslationFormat,
  VersionRecord,
} from '../notices/notice-store.ts';
import type { Database, Transaction } from './database.ts';
import type {
  NoticeElsewhereModel,
  NoticeTranslationModel,
  NoticeVersionModel,
} from './generated/sqlite/models.ts';
import { changePractice, type PracticeChange } from './practice-change.ts';

/** Notices, in the database; triggers hold that a published wording never changes (published-notices.ts). */
export function noticeStore(database: Database): NoticeStore {
  const { reader } = database;
  const versions = async (where: object) => {
    const order = [{ noticeId: 'asc' }, { version: 'desc' }] as const;
    return (await reader.noticeVersion.findMany({ where, orderBy: [...order] })).map(toVersion);
  };
  return {
    list: (practiceId) =>
      reader.notice.findMany({ where: { practiceId }, orderBy: [{ name: 'asc' }, { id: 'asc' }] }),
    versions: (practiceId) => versions({ practiceId }),
    async published(practiceId) {
      const found = await versions({ practiceId, state: 'published' });
      return found.sort((one, other) => (other.publishedIndex ?? 0) - (one.publishedIndex ?? 0));
    },
    async find(practiceId, noticeId) {
      return (await reader.notice.findFirst({ where: { practiceId, id: noticeId } })) ?? undefined;
    },
    versionsOf: (practiceId, noticeId) => versions({ practiceId, noticeId }),
    translationsOf: (name) => translationsOf(reader, name),
    async elsewhereOf(practiceId, noticeId) {
      const orderBy = [{ on: 'desc' }, { notedAt: 'desc' }] as const;
      const rows = await reader.noticeElsewhere.findMany({
        where: { practiceId, noticeId },
        orderBy: [...orderBy],
      });
      return rows.map(toElsewhere);
    },
    change: (practiceId, work) =>
      changePractice(database, practiceId, (change) => work(noticeChange(change))),
  };
}

function noticeChange({ tx, practiceId, append }: PracticeChange): NoticeChange {
  return {
    append,
    async newest(noticeId) {
      const where = { practiceId, noticeId };
      const row = await tx.noticeVersion.findFirst({ where, orderBy: { version: 'desc' } });
      return row === null ? undefined : toVersion(row);
    },
    async version(noticeId, version) {
      const row = await tx.noticeVersion.findFirst({ where: { practiceId, noticeId, version } });
      return row === null ? undefined : toVersion(row);
    },
    async extractsOf(covers) {
      if (covers.length === 0) return [];
      const OR = covers.map(({ extractId, version }) => ({ extractId, version }));
      const rows = await tx.extractVersion.findMany({
        where: { practiceId, OR },
        select: { extractId: true, version: true, recipient: true, state: true, sentAt: true },
      });
      return rows.map(({ state, sentAt, ...row }) => ({
        ...row,
        isOver: ['ended', 'superseded'].includes(state),
        isDraft: state === 'draft' || sentAt === null,
      }));
    },
    async addNotice(notice) {
      await tx.notice.create({ data: notice });
    },
    async rename(id, name) {
      await tx.notice.updateMany({ where: { id, practiceId }, data: { name } });
    },
    async addVersion(version) {
      await tx.noticeVersion.create({ data: { ...version, ...texts(version) } });
    },
    async updateVersion(noticeId, version, columns) {
      const data = { ...columns, ...texts(columns) };
      await tx.noticeVersion.updateMany({ where: { practiceId, noticeId, version }, data });
    },
    async addTranslation(translation) {
      const content = JSON.stringify(translation.content);
      await tx.noticeTranslation.create({ data: { ...translation, content } });
    },
    translations: (noticeId, version) => translationsOf(tx, { practiceId, noticeId, version }),
    async addElsewhere(elsewhere) {
      await tx.noticeElsewhere.create({ data: { ...elsewhere, practiceId } });
    },
  };
}

async function translationsOf(
  reader: Pick<Transaction, 'noticeTranslation'>,
  { practiceId, noticeId, version }: { practiceId: string; noticeId: string; version: number },
): Promise<Translation[]> {
  const where = { practiceId, noticeId, version };
  return (await reader.noticeTranslation.findMany({ where, orderBy: { addedIndex: 'asc' } })).map(
    toTranslation,
  );
}

/** The columns that are kept as JSON. */
function texts({ content, covers }: Partial<VersionRecord>) {
  return {
    ...(content && { content: JSON.stringify(content) }),
    ...(covers && { covers: JSON.stringify(covers) }),
  } as { content: string; covers: string };
}

/** A row as the rules read it. Throws when its wording is no JSON. */
export function toVersion(row: NoticeVersionModel): VersionRecord {
  return {
    ...row,
    state: row.state as NoticeState,
    content: wholeContent(JSON.parse(row.content)),
    covers: JSON.parse(row.covers) as Covered[],
  };
}

/** The same of a translation. */
export function toTranslation(row: NoticeTranslationModel): Translation {
  const format = row.format as TranslationFormat;
  return { ...row, format, content: wholeTranslation(JSON.parse(row.content)) };
}

function toElsewhere({ practiceId: _, ...row }: NoticeElsewhereModel): Elsewhere {
  return { ...row, how: row.how as ElsewhereHow };
}
