import { randomUUID } from 'node:crypto';
import { type NoticeContent, noticeParts } from '../../src/notices/notice.ts';
import type { Services } from '../../src/services.ts';

/** Words for every part of a notice, with what a test wants to be different. */
export function someWords(different: Partial<NoticeContent> = {}): NoticeContent {
  const words = Object.fromEntries(noticeParts.map((part) => [part, `Words of ${part}.`])) as NoticeContent;
  return { ...words, title: 'Who uses your data', ...different };
}

/** A published version of a notice, put straight into the tables: publishing itself is not what is tested. */
export async function aPublishedNotice(
  { database, now }: Services,
  practiceId: string,
  different: { noticeId?: string; version?: number; content?: Partial<NoticeContent>; at?: Date } = {},
) {
  const { noticeId = randomUUID(), version = 1, at = now() } = different;
  await database.write(async (tx) => {
    const by = { draftedAt: at, draftedBy: 'test', publishedAt: at, publishedBy: 'test', publishedIndex: 0 };
    if (version === 1)
      await tx.notice.create({
        data: { id: noticeId, practiceId, name: 'Nightly extracts', createdAt: at, createdBy: 'test' },
      });
    const content = JSON.stringify(someWords(different.content));
    await tx.noticeVersion.create({
      data: { practiceId, noticeId, version, state: 'published', content, covers: '[]', ...by },
    });
  });
  return { noticeId, version };
}

/** The same in another language or format. */
export async function aTranslation(
  { database, now }: Services,
  practiceId: string,
  ref: { noticeId: string; version: number },
  language: string,
  format = 'standard',
): Promise<string> {
  const id = randomUUID();
  const content = JSON.stringify(someWords({ title: `In ${language}`, textMessage: `In ${language}.` }));
  await database.write((tx) =>
    tx.noticeTranslation.create({
      data: {
        id,
        practiceId,
        ...ref,
        language,
        format,
        content,
        addedAt: now(),
        addedBy: 'test',
        addedIndex: 0,
      },
    }),
  );
  return id;
}
