import type { NoticeContent } from '../notices/notice.ts';
import type { NoticeRef } from '../notices/telling-store.ts';
import type { World } from './history.ts';

const NOTICE_ID = '7e11a000-0000-4000-8000-000000000001';

/** What the made-up practice tells its patients. */
const words: NoticeContent = {
  title: 'How data from your health record is used',
  whatLeaves: 'Your NHS number, and the dates and codes of your visits, tests and treatments. No free text.',
  toWhom: 'The research service of the region, under a contract with the practice.',
  why: 'To plan services, and to find out which treatments work.',
  ground: 'An approval under section 251 of the NHS Act 2006.',
  howLongKept: 'For two years. Then it is destroyed, and we are sent a certificate.',
  careNotAffected: 'Whatever you decide, the care that you get stays the same.',
  howToObject: 'Tell us at the desk, by phone, by letter, or with the form on our website.',
  noReasonNeeded: 'You need give no reason, and you need not see a doctor about it.',
  changeYourMind: 'You can change your mind at any time. Tell us, and it counts from then.',
  whatItCannotStop:
    'It does not stop your own care, or what a law or a court requires. What has left is not called back.',
  nationalOptOut:
    'It covers the rest of the NHS. Set it at nhs.uk/your-nhs-data-matters, or ring 0300 303 5678.',
  textMessage:
    'The Example Surgery: data from your record is used for research and planning. Your care is not affected. You can say no: ask at the desk.',
};

/** The notice that is told: the newest that is published, or else one put straight into the tables. */
export async function aNotice({ services, practiceId, manager }: World): Promise<NoticeRef> {
  const { database, tellings, now } = services;
  const found = (await tellings.versions(practiceId)).find(({ state }) => state === 'published');
  if (found !== undefined) return { noticeId: found.noticeId, version: found.version };
  const [at, by] = [now(), manager.id];
  const ref = { noticeId: NOTICE_ID, version: 1 };
  await database.write(async (tx) => {
    const name = 'Research and planning';
    await tx.notice.create({ data: { id: NOTICE_ID, practiceId, name, createdAt: at, createdBy: by } });
    const people = { draftedAt: at, draftedBy: by, publishedAt: at, publishedBy: by, publishedIndex: 0 };
    const content = JSON.stringify(words);
    await tx.noticeVersion.create({
      data: { practiceId, ...ref, state: 'published', content, covers: '[]', ...people },
    });
  });
  return ref;
}
