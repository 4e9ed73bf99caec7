/**
 * Which numbers the public may see. The rule (product.md): no count of one to four patients is shown, nor can one be
 * computed: from two numbers of a page, from two days, from two releases of one extract, or from a number of ours and
 * one that is known elsewhere (NHS England publishes the exact size of every practice's list each month).
 *
 * It is held in this form: **whatever is shown, the counts of patients that may be behind it are at least five next to
 * each other, and so are the differences of two: never none but one to four.** Why each kind of number keeps to it:
 *
 * - *Nothing of what was withheld is shown, and nothing of what came in.* In less out is withheld, so of the three only
 *   what left may be told, and that not exactly: the size of the list is known, and the list less what left would be
 *   what was withheld.
 * - *What left is told by its order of size.* Rounding to tens would not do: where each patient has twelve rows, rows to
 *   the nearest ten are patients to the nearest one. An order of size holds whatever the number of rows a patient has.
 *   It does not move when one row more or less crosses a limit: an extract keeps the size that it was last given until a
 *   release is half as large as the least of that size, or twice as large as the most (see {@link sizeOf}). A list of
 *   10,000 on which one patient objects is still "tens of thousands".
 * - *Objections in force are told to the nearest ten, fewer than ten (none included) as that,* once a month, as of the
 *   end of the month, and never changed after. So nobody can watch the number from day to day, and the day on which it
 *   passes from one ten to the next is hidden among some thirty. There is one series for each type and no other: not how
 *   many were recorded, withdrawn or by whom, because each further number would narrow what the first leaves open; and
 *   no total, so nothing to take the parts from.
 * - *How many patients were told by a notice is a share in tenths,* of lists of FEWEST patients and more, counted once a
 *   month and kept until the next: behind each tenth are thirty patients or more.
 * - *Checks of numbers are counted as objections are,* for a job may ask about one patient at a time.
 * - *Of incidents about one patient nothing is shown,* not even that there is one: each is a count of one.
 * - Counts of other things than patients (extracts, releases, stops, versions) are exact: they are what the register is
 *   there to tell.
 *
 * The size of the public log is a number as well, and each objection makes it grow: see PADDED_TO in
 * src/ledger/public-log.ts.
 */
export const sizes = [
  { size: 'tens', from: 0, below: 100 },
  { size: 'hundreds', from: 100, below: 1000 },
  { size: 'thousands', from: 1000, below: 10_000 },
  { size: 'tens-of-thousands', from: 10_000, below: 100_000 },
  { size: 'hundreds-of-thousands', from: 100_000, below: 1_000_000 },
  { size: 'millions', from: 1_000_000, below: Number.POSITIVE_INFINITY },
] as const;
export type Size = (typeof sizes)[number]['size'];

/** Objections and checks are told to the nearest of this, and fewer than this as that. */
const TEN = 10;

/**
 * The size that a release is told to have.
 *
 * @param count rows that left
 * @param before what the release of the same extract before it was told to have; null: it is the first
 */
export function sizeOf(count: number, before: Size | null): Size {
  const kept = sizes.find(({ size }) => size === before);
  if (kept !== undefined && count >= kept.from / 2 && count < kept.below * 2) return kept.size;
  return sizes.find(({ below }) => count < below)?.size ?? 'millions';
}

/** A count of patients, or of what may be one a patient: "fewer than 10", "about 310". */
export function aboutTen(count: number): string {
  return count < TEN ? `fewer than ${TEN}` : `about ${Math.round(count / TEN) * TEN}`;
}

/** Of smaller lists no share is told. */
const FEWEST = 300;

/**
 * What share of the patients on the list something is true of.
 *
 * @returns such as "about 7 in 10"; null where the list is too short to say
 */
export function tenthsOf(count: number, list: number): string | null {
  if (list < FEWEST) return null;
  const tenths = Math.round((count * TEN) / list);
  if (tenths === 0) return `fewer than 1 in ${TEN}`;
  return tenths >= TEN ? `more than 9 in ${TEN}` : `about ${tenths} in ${TEN}`;
}
