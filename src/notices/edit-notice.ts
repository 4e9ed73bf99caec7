import type { Actor } from '../ledger/entry.ts';
import type { NewNotice } from './draft-notice.ts';
import { digestOfContent, versionEntry, wholeContent } from './notice-entry.ts';
import type { NoticeStore, VersionName } from './notice-store.ts';

export type NoticeEdit = VersionName &
  Pick<NewNotice, 'name' | 'content' | 'covers'> & {
    /** The digest of the wording that the person began with: what somebody else wrote meanwhile is not written over. */
    readonly seen?: string;
  };

export type NoticeEdited =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly reason:
        | 'no-such-version'
        | 'not-a-draft'
        | 'changed-meanwhile'
        | 'not-named'
        | 'no-such-extract';
    };

/** Saves the wording of a draft. What was published never changes: a new version is made of it. */
export async function editNotice(
  store: NoticeStore,
  { practiceId, noticeId, version, name, content, covers, seen }: NoticeEdit,
  by: Actor,
  now: Date,
): Promise<NoticeEdited> {
  if (name.trim() === '') return { ok: false, reason: 'not-named' };
  return store.change(practiceId, async (change): Promise<NoticeEdited> => {
    const found = await change.version(noticeId, version);
    if (found === undefined) return { ok: false, reason: 'no-such-version' };
    if (found.state !== 'draft') return { ok: false, reason: 'not-a-draft' };
    if (seen !== undefined && seen !== digestOfContent(found.content))
      return { ok: false, reason: 'changed-meanwhile' };
    if ((await change.extractsOf(covers)).length < covers.length)
      return { ok: false, reason: 'no-such-extract' };
    const edited = { content: wholeContent(content), covers };
    await change.rename(noticeId, name.trim());
    await change.updateVersion(noticeId, version, { ...edited, draftedAt: now, draftedBy: by.id });
    change.append('notice-drafted', by, versionEntry(noticeId, version, edited), now);
    return { ok: true };
  });
}
