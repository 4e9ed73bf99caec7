import { randomUUID } from 'node:crypto';
import type { Actor } from '../ledger/entry.ts';
import type { Covered, NoticeContent } from './notice.ts';
import { versionEntry, wholeContent } from './notice-entry.ts';
import type { NoticeStore, VersionRecord } from './notice-store.ts';

export type NewNotice = {
  readonly practiceId: string;
  /** How staff call it. */
  readonly name: string;
  readonly content: NoticeContent;
  readonly covers: readonly Covered[];
};

export type Drafted =
  | { readonly ok: true; readonly noticeId: string; readonly version: number }
  | { readonly ok: false; readonly reason: 'not-named' | 'no-such-extract' };

/** Begins a notice: its first wording, a draft. */
export async function draftNotice(
  store: NoticeStore,
  { practiceId, name, content, covers }: NewNotice,
  by: Actor,
  now: Date,
): Promise<Drafted> {
  if (name.trim() === '') return { ok: false, reason: 'not-named' };
  return store.change(practiceId, async (change): Promise<Drafted> => {
    if ((await change.extractsOf(covers)).length < covers.length)
      return { ok: false, reason: 'no-such-extract' };
    const id = randomUUID();
    await change.addNotice({ practiceId, id, name: name.trim(), createdAt: now, createdBy: by.id });
    const draft = draftOf({ practiceId, noticeId: id, version: 1 }, { content, covers }, by, now);
    await change.addVersion(draft);
    change.append('notice-drafted', by, versionEntry(id, 1, draft), now);
    return { ok: true, noticeId: id, version: 1 };
  });
}

/** A version to which nothing has happened yet. */
export function draftOf(
  name: Pick<VersionRecord, 'practiceId' | 'noticeId' | 'version'>,
  { content, covers }: Pick<NewNotice, 'content' | 'covers'>,
  by: Actor,
  now: Date,
): VersionRecord {
  return {
    ...name,
    state: 'draft',
    content: wholeContent(content),
    covers: covers.map(({ extractId, version }) => ({ extractId, version })),
    draftedAt: now,
    draftedBy: by.id,
    publishedAt: null,
    publishedBy: null,
    publishedIndex: null,
    withdrawnAt: null,
    withdrawnBy: null,
  };
}
