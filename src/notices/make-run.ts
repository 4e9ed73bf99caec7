import { londonDay } from '../day.ts';
import type { Actor } from '../ledger/entry.ts';
import type { BatchHow } from './facts.ts';
import { holdsNumber } from './message.ts';
import type { NoticeRun, RunScope } from './run.ts';
import { fitsRun, wordingFor } from './run-rule.ts';
import type { About, NoticeRef, TellingChange, TellingStore } from './telling-store.ts';

export type NewRun = NoticeRef & {
  readonly practiceId: string;
  /** Random, given by the form: what is sent twice makes one batch. */
  readonly id: string;
  readonly how: BatchHow;
  readonly scope: RunScope;
  readonly onlyRest: boolean;
};

export type RunMade =
  | { readonly ok: true; readonly id: string }
  | { readonly ok: false; readonly reason: 'no-such-notice' | 'holds-a-number' | 'nobody' };

/**
 * Begins to make a batch. Who is in it is found in portions by {@link goOnWithRun}, which may be left to itself: nobody
 * who was told, is in another batch that is open, or was sent something of which it may still be heard.
 */
export function makeRun(
  store: TellingStore,
  { practiceId, ...wanted }: NewRun,
  by: Actor,
  now: Date,
): Promise<RunMade> {
  return store.change(practiceId, async (change): Promise<RunMade> => {
    if ((await change.run(wanted.id)) !== null) return { ok: true, id: wanted.id };
    const version = await change.version(wanted);
    if (version?.state !== 'published') return { ok: false, reason: 'no-such-notice' };
    const words = (await change.wordings(wanted)).flatMap((wording) => Object.values(wording));
    if (words.some(holdsNumber)) return { ok: false, reason: 'holds-a-number' };
    const count = await countFitting(change, wanted, londonDay(now));
    if (count === 0) return { ok: false, reason: 'nobody' };
    await change.addRun({
      ...wanted,
      ...{ state: 'making', madeAt: now, madeBy: by.id, count, done: 0 },
      ...{ sentOn: null, sentAt: null, sentBy: null, endedAt: null },
    });
    return { ok: true, id: wanted.id };
  });
}

/** What of the versions a batch asks about. */
export function aboutRun(
  { noticeId, version, scope }: Pick<NoticeRun, 'noticeId' | 'version' | 'scope'>,
  today: string,
): About {
  // Of the notice: every version up to this one counts.
  const all = Array.from({ length: version }, (_, place) => ({ noticeId, version: place + 1 }));
  return { versions: scope === 'version' ? [{ noticeId, version }] : all, openFor: noticeId, today };
}

async function countFitting(
  change: Pick<TellingChange, 'groups' | 'translations'>,
  run: Pick<NoticeRun, 'noticeId' | 'version' | 'how' | 'scope' | 'onlyRest'>,
  today: string,
): Promise<number> {
  const translations = await change.translations(run);
  const groups = await change.groups(aboutRun(run, today));
  return groups
    .filter(({ facts }) => fitsRun(run.how, run.onlyRest, facts, wordingFor(facts, translations)))
    .reduce((sum, { count }) => sum + count, 0);
}
