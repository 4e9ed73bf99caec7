import type { Actor } from '../ledger/entry.ts';
import type { NoticeStore, VersionName } from './notice-store.ts';

export type NoticeWithdrawn =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'no-such-version' | 'not-published' };

/** Withdraws a published version: nobody is told by it any more. Who was told by it stays told; nothing is deleted. */
export function withdrawNotice(
  store: NoticeStore,
  { practiceId, noticeId, version }: VersionName,
  by: Actor,
  now: Date,
): Promise<NoticeWithdrawn> {
  return store.change(practiceId, async (change): Promise<NoticeWithdrawn> => {
    const found = await change.version(noticeId, version);
    if (found === undefined) return { ok: false, reason: 'no-such-version' };
    if (found.state !== 'published') return { ok: false, reason: 'not-published' };
    const withdrawn = { state: 'withdrawn', withdrawnAt: now, withdrawnBy: by.id } as const;
    await change.updateVersion(noticeId, version, withdrawn);
    change.append('notice-withdrawn', by, { notice: noticeId, version }, now);
    return { ok: true };
  });
}
