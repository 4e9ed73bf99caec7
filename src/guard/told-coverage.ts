import { dayNumber, londonDay } from '../day.ts';
import type { ExtractVersion } from '../extracts/extract.ts';
import { USUAL_TOLD_DAYS } from '../extracts/telling-first.ts';
import { decidePatient, LEFT, NOT_ON_LIST } from './decide.ts';
import type { Guard } from './guard.ts';
import { ruleToday } from './rule-today.ts';

/** How many registered, living patients were told of a version by the notices that cover it. */
export type ToldCoverage = {
  readonly registered: number;
  readonly told: number;
  /** So many days ago, or more: as the version asks, else as is usual. */
  readonly days: number;
  readonly longEnough: number;
  /** How many a release of today would withhold as not told; null where nobody is, or nothing is released yet. */
  readonly withheld: number | null;
};

/**
 * Counts whom the guard knows to have been told, by the same index and decision as a release. Its whole is that of
 * coverage (src/notices/coverage.ts): everybody registered and alive.
 *
 * @param died ids of patients who have died, which the index does not know: a release does not ask
 * @throws when the index cannot be brought up to date
 */
export async function toldCoverage(
  guard: Guard,
  version: ExtractVersion,
  died: readonly string[],
): Promise<ToldCoverage> {
  const by = await guard.extracts.coveringNotices(version);
  const { ruled } = await ruleToday(guard, version);
  const rule = ruled.ok && ruled.rule.told !== undefined ? ruled.rule : undefined;
  const index = await guard.indexOf(version.practiceId).refresh();
  const days = version.toldDays ?? USUAL_TOLD_DAYS;
  const until = dayNumber(londonDay(guard.now())) - days;
  const isDead = new Set(died);
  const counts = { registered: 0, told: 0, longEnough: 0, withheld: 0 };
  for (let ordinal = 0; ordinal < index.size; ordinal++) {
    if (index.flagsOf(ordinal) & (LEFT | NOT_ON_LIST) || isDead.has(index.idOf(ordinal))) continue;
    const day = index.toldOn(by, ordinal);
    counts.registered += 1;
    if (day > 0) counts.told += 1;
    if (day > 0 && day <= until) counts.longEnough += 1;
    if (rule && decidePatient(rule, index.flagsFor(ordinal, rule)) === 'not-told') counts.withheld += 1;
  }
  return { ...counts, days, withheld: rule === undefined ? null : counts.withheld };
}
