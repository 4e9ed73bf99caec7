import { randomUUID } from 'node:crypto';
import type { Actor } from '../../src/ledger/entry.ts';
import { type Covered, type NoticeContent, noticeParts } from '../../src/notices/notice.ts';
import { versionEntry } from '../../src/notices/notice-entry.ts';
import type { ToldAct } from '../../src/notices/telling.ts';
import { toldEntry } from '../../src/notices/told-entry.ts';
import type { Services } from '../../src/services.ts';
import { changePractice } from '../../src/store/practice-change.ts';

const by: Actor = { kind: 'staff', id: 'who-tells' };

/** A notice as the guard sees it: published now, by the clock of the services, and about these versions of extracts. */
export async function aPublishedNotice(
  { database, now }: Pick<Services, 'database' | 'now'>,
  practiceId: string,
  covers: readonly Covered[],
): Promise<{ readonly noticeId: string; readonly version: number }> {
  const noticeId = randomUUID();
  const at = now();
  const content = Object.fromEntries(noticeParts.map((part) => [part, part])) as NoticeContent;
  const said = versionEntry(noticeId, 1, { content, covers });
  await changePractice(database, practiceId, async ({ tx, append }) => {
    await tx.notice.create({
      data: { id: noticeId, practiceId, name: 'Your data', createdAt: at, createdBy: by.id },
    });
    append('notice-drafted', by, said, at);
    const publishedIndex = append('notice-published', by, said, at);
    await tx.noticeVersion.create({
      data: {
        ...{ practiceId, noticeId, version: 1, state: 'published', content: JSON.stringify(content) },
        ...{ covers: JSON.stringify(covers), draftedAt: at, draftedBy: by.id },
        ...{ publishedAt: at, publishedBy: by.id, publishedIndex },
      },
    });
  });
  return { noticeId, version: 1 };
}

/** An act of telling; what is left out is a letter that was sent, an attempt of its own. */
export type Told = Pick<ToldAct, 'patientId' | 'noticeId' | 'on'> & Partial<ToldAct>;

/** Keeps acts of telling with their entries, whether or not anybody may record them. */
export async function keepTellings(
  { database, now }: Pick<Services, 'database' | 'now'>,
  practiceId: string,
  told: readonly Told[],
): Promise<void> {
  const recordedAt = now();
  await changePractice(database, practiceId, async ({ tx, append }) => {
    for (const one of told) {
      const usual = { version: 1, attemptId: randomUUID(), how: 'letter', outcome: 'sent' };
      const none = { runId: null, translationId: null };
      const act = { ...usual, ...none, ...one, id: randomUUID() };
      const { act: ledgerAct, data } = toldEntry({ ...act, recordedAt, actor: by });
      const ledgerIndex = append(ledgerAct, by, data, recordedAt);
      const actor = { actorKind: by.kind, actorId: by.id };
      await tx.toldAct.create({ data: { ...act, practiceId, ledgerIndex, recordedAt, ...actor } });
      // Every record of the person is read again, as the store of tellings has it.
      const { personId } = await tx.patient.findUniqueOrThrow({ where: { id: act.patientId } });
      const records = personId === null ? { id: act.patientId } : { practiceId, personId };
      await tx.patient.updateMany({ where: records, data: { changedAtIndex: ledgerIndex } });
    }
  });
}
