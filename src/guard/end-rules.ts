/** How many patients left in a release, and how many were withheld. */
export type Numbers = { readonly permitted: number; readonly withheld: number };

/** So many unreadable rows are let pass in any release. */
const FEW_UNREADABLE = 4;
/** Below this many patients, a number says nothing. */
const ENOUGH_PATIENTS = 100;
/** From this many patients on it is strange when nobody at all is permitted. */
const ENOUGH_FOR_NOBODY = 20;
/** From this many patients on it is strange when nobody at all is withheld. */
const ENOUGH_FOR_EVERYBODY = 300;

/**
 * Whether so many rows could not be read that a human has to look at the file.
 *
 * @param share the most, as a share of the rows; null when the rule is off
 */
export function isTooUnreadable(unreadable: number, rows: number, share: number | null): boolean {
  return share !== null && unreadable > FEW_UNREADABLE && unreadable > share * rows;
}

/**
 * Whether the number of patients permitted is far from the usual, everybody was permitted where usually some are
 * withheld, or nobody where usually somebody is: then something may be wrong with the list, the file or the guard.
 *
 * @param last the last complete releases of the version; with none, nothing is usual yet
 * @param share how far the number may be from their median, as a share of it; null when the rule is off
 */
export function isUnusual(now: Numbers, last: readonly Numbers[], share: number | null): boolean {
  if (share === null || last.length === 0) return false;
  const usual = usualNumber(last);
  const enough = Math.max(now.permitted, usual) >= ENOUGH_PATIENTS;
  if (enough && Math.abs(now.permitted - usual) > share * usual) return true;
  const everybody = now.permitted >= ENOUGH_FOR_EVERYBODY && now.withheld === 0;
  if (everybody && last.every(({ withheld }) => withheld > 0)) return true;
  const nobody = now.permitted === 0 && now.withheld >= ENOUGH_FOR_NOBODY;
  return nobody && last.every(({ permitted }) => permitted > 0);
}

/** How many patients usually leave: the median of the last releases. */
export function usualNumber(last: readonly Numbers[]): number {
  return median(last.map(({ permitted }) => permitted));
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const [low = 0, high = 0] =
    sorted.length % 2 === 1 ? [sorted[middle], sorted[middle]] : sorted.slice(middle - 1);
  return (low + high) / 2;
}
