/** Rows are read in pieces of this many, so that a long table never is in memory at once. */
const ROWS_AT_ONCE = 500;

/**
 * Reads a table piece by piece.
 *
 * @param page reads the next rows, in order, after `last` (undefined: from the beginning), at most `take`
 */
export async function* paged<T>(
  page: (last: T | undefined, take: number) => Promise<T[]>,
): AsyncGenerator<T> {
  for (let last: T | undefined; ; ) {
    const rows: T[] = await page(last, ROWS_AT_ONCE);
    yield* rows;
    last = rows.at(-1);
    if (rows.length < ROWS_AT_ONCE) return;
  }
}
