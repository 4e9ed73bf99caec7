import { letterPractice, publishRules } from '../../src/notices/letter-practice.ts';
import type { Covered, NoticeContent } from '../../src/notices/notice.ts';
import { noticeTemplate } from '../../src/notices/notice-template.ts';
import type { Services } from '../../src/services.ts';
import type { Practice } from '../../src/staff/add-practice.ts';

const by = { kind: 'command-line', id: 'test' } as const;

/** Drafts a notice of the template that tells of extracts, with what the test wants to be different. */
export async function aDraftNotice(
  services: Services,
  practice: Practice,
  covers: readonly Covered[],
  different: Partial<NoticeContent> = {},
): Promise<{ noticeId: string; version: number }> {
  const told = (await services.extracts.versions(practice.id)).filter((one) =>
    covers.some(({ extractId, version }) => one.extractId === extractId && one.version === version),
  );
  const { link } = letterPractice(services.config.publicUrl, practice);
  const kept = { howLongKept: 'They may keep the facts for 5 years. Then they have to delete them.' };
  const content = { ...noticeTemplate(told, { practiceName: practice.name, link }), ...kept, ...different };
  const input = { practiceId: practice.id, name: `Notice of ${practice.ods}`, content, covers };
  const done = await services.notices.draft(input, by);
  if (!done.ok) throw new Error(done.reason);
  return { noticeId: done.noticeId, version: done.version };
}

/** The same, published: patients can be told by it. */
export async function aPublishedNotice(
  services: Services,
  practice: Practice,
  covers: readonly Covered[],
  different: Partial<NoticeContent> = {},
): Promise<{ noticeId: string; version: number }> {
  const drafted = await aDraftNotice(services, practice, covers, different);
  const rules = publishRules(letterPractice(services.config.publicUrl, practice));
  const done = await services.notices.publish({ practiceId: practice.id, ...drafted, rules }, by);
  if (!done.ok) throw new Error(JSON.stringify(done));
  return drafted;
}
