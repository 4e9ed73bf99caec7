import { ageBands } from '../reports/objection-counts.ts';
import type { Facts } from './facts.ts';
import type { CoverageStore, FactsCount, NoticeRef } from './telling-store.ts';

/** What telling has come to, of each patient on the list. Silence counts: whoever is not told is one of the others. */
export const coverStates = ['told', 'failed', 'unheard', 'waiting', 'new', 'not-tried'] as const;
export type CoverState = (typeof coverStates)[number];
export type CoverCounts = Readonly<Record<CoverState, number>>;

export type Coverage = {
  /** Everybody registered and alive. */
  readonly list: number;
  readonly counts: CoverCounts;
  readonly bands: readonly { readonly name: string; readonly list: number; readonly counts: CoverCounts }[];
  /** Those told, by the month since which they count, the first month first. */
  readonly months: readonly { readonly month: string; readonly count: number }[];
  /** Of everybody ever told, whoever objected on that day or later. */
  readonly objected: number;
};

/** @returns what a registered patient counts as; `unheard`: of what was sent nothing came so long that it is taken as lost */
export function coverState({
  state,
  isNew,
  isRecent,
}: Pick<Facts, 'state' | 'isNew' | 'isRecent'>): CoverState {
  if (state === 'waiting' && !isRecent) return 'unheard';
  if (state !== 'none') return state;
  return isNew ? 'new' : 'not-tried';
}

/**
 * How many of the whole list were told by any of these versions, and what became of the others. Counted by the
 * database; a few hundred kinds of patients come here, however long the list is.
 *
 * @param versions published versions of notices, such as those that cover an extract
 * @param today `YYYY-MM-DD` in London
 */
export async function coverageOf(
  store: CoverageStore,
  practiceId: string,
  versions: readonly NoticeRef[],
  today: string,
): Promise<Coverage> {
  const groups = await groupsOf(store, practiceId, versions, today);
  return {
    ...{ list: total(groups), counts: countsOf(groups) },
    bands: ageBands.map(({ name }) => {
      const own = groups.filter(({ facts }) => facts.ageBand === name);
      return { name, list: total(own), counts: countsOf(own) };
    }),
    months: await store.months(practiceId, versions),
    objected: await store.objectedAfter(practiceId, versions),
  };
}

/** How many were told of how many: the same counts, and nothing that takes longer. */
export async function toldOfList(
  store: Pick<CoverageStore, 'groups'>,
  practiceId: string,
  versions: readonly NoticeRef[],
  today: string,
): Promise<{ readonly told: number; readonly list: number }> {
  const groups = await groupsOf(store, practiceId, versions, today);
  return { told: countsOf(groups).told, list: total(groups) };
}

const groupsOf = (
  store: Pick<CoverageStore, 'groups'>,
  practiceId: string,
  versions: readonly NoticeRef[],
  today: string,
): Promise<readonly FactsCount[]> =>
  store.groups(practiceId, { versions, openFor: versions[0]?.noticeId ?? '', today });

const total = (groups: readonly FactsCount[]): number => groups.reduce((sum, { count }) => sum + count, 0);

function countsOf(groups: readonly FactsCount[]): CoverCounts {
  const counts = { told: 0, failed: 0, unheard: 0, waiting: 0, new: 0, 'not-tried': 0 };
  for (const { facts, count } of groups) counts[coverState(facts)] += count;
  return counts;
}
