/**
 * A count for somebody who is not to learn of a single patient: rounded to fives, and one to four not told. Beside
 * several of them no sum may stand: with it the smallest could be computed.
 */
export function roundedCount(count: number): string {
  if (count === 0) return '0';
  return count < 5 ? 'Fewer than 5' : `About ${grouped.format(Math.round(count / 5) * 5)}`;
}

/** Counts in a file that leaves the practice are to the nearest of this. */
export const HANDED_OUT_STEP = 10;

/** A count for a file that leaves the practice: coarser than on a page, figures only where it is not small. */
export function handedOutCount(count: number): string {
  if (count < HANDED_OUT_STEP) return `fewer than ${HANDED_OUT_STEP}`;
  return String(Math.round(count / HANDED_OUT_STEP) * HANDED_OUT_STEP);
}

const grouped = new Intl.NumberFormat('en-GB');
