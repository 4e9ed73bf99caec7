import { randomUUID } from 'node:crypto';
import { type NoticeContent, noticeParts, type TranslatedContent } from '../../src/notices/notice.ts';
import { translationEntry, versionEntry } from '../../src/notices/notice-entry.ts';
import type { Services } from '../../src/services.ts';
import { changePractice } from '../../src/store/practice-change.ts';

const by = { kind: 'staff', id: 'test' } as const;

/** Words for every part of a notice, with what a test wants to be different. */
export function someWords(different: Partial<NoticeContent> = {}): NoticeContent {
  const words = Object.fromEntries(noticeParts.map((part) => [part, `Words of ${part}.`])) as NoticeContent;
  return { ...words, title: 'Who uses your data', ...different };
}

/** A published version of a notice, kept with its entries, whether or not it could be published. */
export async function aPublishedNotice(
  { database, now }: Pick<Services, 'database' | 'now'>,
  practiceId: string,
  different: { noticeId?: string; version?: number; content?: Partial<NoticeContent>; at?: Date } = {},
) {
  const { noticeId = randomUUID(), version = 1, at = now() } = different;
  const content = someWords(different.content);
  await changePractice(database, practiceId, async ({ tx, append }) => {
    if (version === 1)
      await tx.notice.create({
        data: { id: noticeId, practiceId, name: 'Nightly extracts', createdAt: at, createdBy: by.id },
      });
    const said = versionEntry(noticeId, version, { content, covers: [] });
    append('notice-drafted', by, said, at);
    const publishedIndex = append('notice-published', by, said, at);
    await tx.noticeVersion.create({
      data: {
        ...{ practiceId, noticeId, version, state: 'published', covers: '[]', publishedIndex },
        ...{ content: JSON.stringify(content), draftedAt: at, draftedBy: by.id },
        ...{ publishedAt: at, publishedBy: by.id },
      },
    });
  });
  return { noticeId, version };
}

/** The same in another language or format. */
export async function aTranslation(
  { database, now }: Pick<Services, 'database' | 'now'>,
  practiceId: string,
  ref: { noticeId: string; version: number },
  language: string,
  format = 'standard',
  different: Partial<TranslatedContent> = {},
): Promise<string> {
  const id = randomUUID();
  const words = someWords({ title: `In ${language}`, textMessage: `In ${language}.` });
  const content: TranslatedContent = { ...words, ...different };
  const said = { id, practiceId, ...ref, language, format };
  await changePractice(database, practiceId, async ({ tx, append }) => {
    const addedIndex = append('notice-translated', by, translationEntry({ ...said, content }), now());
    const added = { addedAt: now(), addedBy: by.id, addedIndex };
    await tx.noticeTranslation.create({ data: { ...said, ...added, content: JSON.stringify(content) } });
  });
  return id;
}
