import type { Actor } from '../ledger/entry.ts';
import { draftOf } from './draft-notice.ts';
import { versionEntry } from './notice-entry.ts';
import type { NoticeStore } from './notice-store.ts';

export type NextDrafted =
  | { readonly ok: true; readonly version: number }
  | { readonly ok: false; readonly reason: 'no-such-notice' | 'draft-there' };

/** Makes a draft of the newest version of a notice, which was published. That one stays what patients are told by. */
export function draftNextVersion(
  store: NoticeStore,
  { practiceId, noticeId }: { readonly practiceId: string; readonly noticeId: string },
  by: Actor,
  now: Date,
): Promise<NextDrafted> {
  return store.change(practiceId, async (change): Promise<NextDrafted> => {
    const newest = await change.newest(noticeId);
    if (newest === undefined) return { ok: false, reason: 'no-such-notice' };
    if (newest.state === 'draft') return { ok: false, reason: 'draft-there' };
    const version = newest.version + 1;
    const draft = draftOf({ practiceId, noticeId, version }, newest, by, now);
    await change.addVersion(draft);
    change.append('notice-drafted', by, versionEntry(noticeId, version, draft), now);
    return { ok: true, version };
  });
}
