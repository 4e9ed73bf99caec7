import { afterAll, beforeAll, expect, test } from 'vitest';
import { anApprovedExtract } from '../support/extracts.ts';
import { aDraftNotice, aPublishedNotice } from '../support/notices.ts';
import { addStaffedPractice } from '../support/people.ts';
import { openRegistry, type Registry } from '../support/registry.ts';

let registry: Registry;
let published: { noticeId: string; version: number };
let draft: { noticeId: string; version: number };

beforeAll(async () => {
  registry = await openRegistry();
  const { practice } = await addStaffedPractice(registry.services);
  const covers = [{ extractId: await anApprovedExtract(registry.services, practice.id), version: 1 }];
  published = await aPublishedNotice(registry.services, practice, covers);
  draft = await aDraftNotice(registry.services, practice, covers);
});
afterAll(() => registry.close());

const run = (sql: string, { noticeId }: { noticeId: string }) =>
  registry.services.database.write((tx) => tx.$executeRawUnsafe(`${sql} WHERE "noticeId" = '${noticeId}'`));
const stays = /wording of a published notice never changes/;

test.each([
  `UPDATE "NoticeVersion" SET "content" = '{}'`,
  `UPDATE "NoticeVersion" SET "covers" = '[]'`,
  `UPDATE "NoticeVersion" SET "state" = 'draft'`,
  `UPDATE "NoticeVersion" SET "publishedIndex" = 0`,
  `UPDATE "NoticeVersion" SET "publishedIndex" = NULL`,
  `UPDATE "NoticeVersion" SET "noticeId" = 'another'`,
  `UPDATE "NoticeVersion" SET "practiceId" = 'another'`,
  `UPDATE "NoticeVersion" SET "version" = 7`,
  `DELETE FROM "NoticeVersion"`,
])('the database itself refuses on what was published: %s', async (sql) => {
  await expect(run(sql, published)).rejects.toThrow(stays);
});

test('it refuses to write over it, or to empty the table, too', async () => {
  const whole =
    registry.services.database.kind === 'sqlite'
      ? 'INSERT OR REPLACE INTO "NoticeVersion" SELECT * FROM "NoticeVersion"'
      : 'TRUNCATE "NoticeVersion"';
  await expect(registry.services.database.write((tx) => tx.$executeRawUnsafe(whole))).rejects.toThrow(stays);
});

test('a draft is free, and so is the withdrawal of what was published', async () => {
  // Done and undone again: the ledger is verified at the end.
  const { database } = registry.services;
  const words = (await database.reader.noticeVersion.findFirst({ where: draft }))?.content ?? '';
  expect(await run(`UPDATE "NoticeVersion" SET "content" = '{}'`, draft)).toBe(1);
  await database.write((tx) => tx.noticeVersion.updateMany({ where: draft, data: { content: words } }));
  expect(await run(`UPDATE "NoticeVersion" SET "state" = 'withdrawn'`, published)).toBe(1);
  expect(await run(`UPDATE "NoticeVersion" SET "state" = 'published'`, published)).toBe(1);
  await expect(run(`UPDATE "NoticeVersion" SET "state" = 'draft'`, published)).rejects.toThrow(stays);
});
