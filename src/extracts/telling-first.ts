import type { ExtractVersion } from './extract.ts';
import { rulesOfGround } from './grounds.ts';

/** How many days ago patients must have been told where an extract asks, unless it says otherwise. */
export const USUAL_TOLD_DAYS = 28;
/** The most that an extract can ask. */
export const MOST_TOLD_DAYS = 365;

/** Whether this can be the number of days; null: nobody needs to have been told. */
export function areToldDays(days: number | null): boolean {
  return days === null || (Number.isInteger(days) && days >= 1 && days <= MOST_TOLD_DAYS);
}

/**
 * Whether the guard withholds patients who were not told before. Where the ground leaves no choice the setting is kept
 * as a warning: pages count who was not told, and nobody is withheld for it.
 */
export function waitsForTelling({ toldDays, ground }: Pick<ExtractVersion, 'toldDays' | 'ground'>): boolean {
  return toldDays !== null && rulesOfGround(ground).tellingOnlyWarns !== true;
}
