/**
 * A count for somebody who is not to learn of a single patient: rounded to fives, and one to four not told. Beside
 * several of them no sum may stand: with it the smallest could be computed.
 */
export function roundedCount(count: number): string {
  if (count === 0) return '0';
  return count < 5 ? 'Fewer than 5' : `About ${grouped.format(Math.round(count / 5) * 5)}`;
}

const grouped = new Intl.NumberFormat('en-GB');
