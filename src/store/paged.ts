/** Rows are read in pieces of this many, so that a long table never is in memory at once. */
const ROWS_AT_ONCE = 500;

/**
 * Reads a table piece by piece.
 *
 * @param page reads the next rows, in order, after `last` (undefined: from the beginning), at most `take`
 */
export async function* paged<T>(page: Page<T>): AsyncGenerator<T> {
  for await (const rows of pagesOf(page)) yield* rows;
}

type Page<T> = (last: T | undefined, take: number) => Promise<T[]>;

/** The same, a piece at a time. */
export async function* pagesOf<T>(page: Page<T>): AsyncGenerator<T[]> {
  for (let last: T | undefined; ; ) {
    const rows: T[] = await page(last, ROWS_AT_ONCE);
    yield rows;
    last = rows.at(-1);
    if (rows.length < ROWS_AT_ONCE) return;
  }
}
