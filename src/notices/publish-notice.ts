import type { Actor } from '../ledger/entry.ts';
import type { Covered, NoticeContent } from './notice.ts';
import { digestOfContent, versionEntry } from './notice-entry.ts';
import { type Fault, noticeFaults, type PointsContext } from './notice-points.ts';
import type { NoticeStore, VersionName } from './notice-store.ts';

/** Of the practice: what every notice has to name, and whether it can be printed. */
export type PublishRules = Pick<PointsContext, 'link' | 'practiceName'> & {
  /** Why a wording cannot be printed, in sentences; empty when it can (print/cannot-print.ts). */
  readonly cannotPrint: (content: NoticeContent) => readonly string[];
};

export type Publication = VersionName & {
  readonly rules: PublishRules;
  /** The digest of the wording that the person looked at. */
  readonly seen?: string;
};

export type Published =
  | { readonly ok: true; readonly index: number }
  | { readonly ok: false; readonly reason: 'no-such-version' | 'not-a-draft' | 'changed-meanwhile' }
  | {
      readonly ok: false;
      readonly reason: 'not-complete';
      readonly faults: readonly Fault[];
      /** Why it cannot be printed, in sentences. */
      readonly unprintable: readonly string[];
      /** Covered versions of extracts that ended, were replaced or are not there; or null: it covers none at all. */
      readonly notCovered: readonly Covered[] | null;
      /** Covered versions of extracts that were not sent for approval: they may still become something else. */
      readonly notSent: readonly Covered[];
    };

/**
 * Publishes a draft: from then on its wording never changes, and patients are told by it. Refused while a point is
 * missing, and while it covers a draft of an extract: nobody could say of what patients were told then, and the guard
 * would not count it (covers.ts). The version before is withdrawn with it: it tells nobody any more, and who was told by it stays told.
 */
export async function publishNotice(
  store: NoticeStore,
  { practiceId, noticeId, version, rules, seen }: Publication,
  by: Actor,
  now: Date,
): Promise<Published> {
  // Laying out takes its time: done before the practice is locked, for words that are then looked at again.
  const versions = await store.versionsOf(practiceId, noticeId);
  const laidOut = versions.find((one) => one.version === version);
  const unprintable = laidOut?.state === 'draft' ? rules.cannotPrint(laidOut.content) : [];
  return store.change(practiceId, async (change): Promise<Published> => {
    const found = await change.version(noticeId, version);
    if (found === undefined) return { ok: false, reason: 'no-such-version' };
    if (found.state !== 'draft') return { ok: false, reason: 'not-a-draft' };
    const digest = digestOfContent(found.content);
    const looked = [seen, laidOut && digestOfContent(laidOut.content)];
    if (looked.some((one) => one !== undefined && one !== digest))
      return { ok: false, reason: 'changed-meanwhile' };
    const { content, covers } = found;
    const extracts = await change.extractsOf(covers);
    const recipients = [...new Set(extracts.map(({ recipient }) => recipient))];
    const faults = noticeFaults(content, { ...rules, recipients });
    const live = extracts.filter(({ isOver }) => !isOver);
    const lost = covers.filter((one) => !live.some((extract) => isSame(one, extract)));
    const notSent = live
      .filter(({ isDraft }) => isDraft)
      .map(({ extractId, version: number }) => ({ extractId, version: number }));
    const notCovered = covers.length === 0 ? null : lost;
    const refused = { faults, unprintable, notCovered, notSent };
    if ([faults, unprintable, lost, notSent].some((some) => some.length > 0) || notCovered === null)
      return { ok: false, reason: 'not-complete', ...refused };

    const before = version > 1 ? await change.version(noticeId, version - 1) : undefined;
    if (before?.state === 'published') {
      const withdrawn = { state: 'withdrawn', withdrawnAt: now, withdrawnBy: by.id } as const;
      await change.updateVersion(noticeId, before.version, withdrawn);
      change.append('notice-withdrawn', by, { notice: noticeId, version: before.version }, now);
    }
    const index = change.append('notice-published', by, versionEntry(noticeId, version, found), now);
    await change.updateVersion(noticeId, version, {
      state: 'published',
      publishedAt: now,
      publishedBy: by.id,
      publishedIndex: index,
    });
    return { ok: true, index };
  });
}

const isSame = (one: Covered, other: Covered): boolean =>
  one.extractId === other.extractId && one.version === other.version;
