import { randomUUID } from 'node:crypto';
import { isDay, londonDay } from '../day.ts';
import type { Actor } from '../ledger/entry.ts';
import type { Elsewhere, ElsewhereHow, NoticeStore, VersionName } from './notice-store.ts';

export type PutElsewhere = VersionName & {
  readonly how: ElsewhereHow;
  /** Where, in words. */
  readonly place: string;
  readonly on: string;
};

export type ElsewhereNoted =
  | { readonly ok: true; readonly id: string }
  | {
      readonly ok: false;
      readonly reason:
        | 'no-such-version'
        | 'not-published'
        | 'no-place'
        | 'not-a-day'
        | 'in-future'
        | 'before-published';
    };

/**
 * Notes that a notice was put up or handed round, addressed to nobody: a poster, a door drop. It tells nobody, however
 * many saw it (src/notices/telling.ts knows no such way).
 */
export async function putNoticeElsewhere(
  store: NoticeStore,
  { practiceId, noticeId, version, how, place, on }: PutElsewhere,
  by: Actor,
  now: Date,
): Promise<ElsewhereNoted> {
  if (place.trim() === '') return { ok: false, reason: 'no-place' };
  if (!isDay(on)) return { ok: false, reason: 'not-a-day' };
  if (on > londonDay(now)) return { ok: false, reason: 'in-future' };
  return store.change(practiceId, async (change): Promise<ElsewhereNoted> => {
    const found = await change.version(noticeId, version);
    if (found === undefined) return { ok: false, reason: 'no-such-version' };
    if (found.publishedAt === null) return { ok: false, reason: 'not-published' };
    if (on < londonDay(found.publishedAt)) return { ok: false, reason: 'before-published' };
    const elsewhere: Elsewhere = {
      ...{ id: randomUUID(), noticeId, version, how, place: place.trim(), on },
      ...{ notedAt: now, notedBy: by.id },
    };
    await change.addElsewhere(elsewhere);
    const entry = { notice: noticeId, version, elsewhere: elsewhere.id, how, on };
    change.append('notice-put-elsewhere', by, entry, now);
    return { ok: true, id: elsewhere.id };
  });
}
