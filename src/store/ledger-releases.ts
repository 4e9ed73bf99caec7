import type { Portions, ReleaseRow } from '../ledger/ledger-reader.ts';
import type { Transaction } from './database.ts';
import type { LedgerOf } from './ledger-rows.ts';
import { packedRows } from './packed-rows.ts';
import { partsOf } from './release-parts.ts';
import { idIn, partsIn, releaseColumns, releaseRow } from './release-row.ts';

/** Releases come with their accounts, which are kilobytes each, so few at once. */
const AT_ONCE = 200;

/** A release with its account: one row, so that neither has to be looked up by the other's name. */
const table = `(SELECT r.*, a."releaseId" AS "accountOf", a."members", a."unlisted", a."withheld", a."salt", a."digest",
    a."memberOrdinals",
    (SELECT count(*) FROM "ReleasePart" AS p WHERE p."releaseId" = r."id") AS "inParts"
  FROM "Release" AS r LEFT JOIN "ReleaseAccount" AS a ON a."releaseId" = r."id") AS of_account`;

/** From an index on, by that of their first entry: those that began, and checks, which are decided at once, side by side. */
export async function* releasesOf(of: LedgerOf, from: number): Portions<ReleaseRow> {
  yield* read(of, 'id', '"startedIndex" IS NULL AND "decidedIndex" IS NULL');
  const after = from - 1;
  const begun = read(of, 'startedIndex', '"startedIndex" IS NOT NULL', after);
  const checks = read(of, 'decidedIndex', '"startedIndex" IS NULL AND "decidedIndex" IS NOT NULL', after);
  yield* inOrder(begun, checks, ({ startedIndex, decidedIndex }) => startedIndex ?? decidedIndex ?? -1);
}

export async function releasesNamed(of: LedgerOf, ids: readonly string[]): Promise<ReleaseRow[]> {
  const quoted = ids.filter((id) => /^[\w-]+$/.test(id)).map((id) => `'${id}'`);
  const found: ReleaseRow[] = [];
  if (quoted.length === 0) return found;
  for await (const rows of read(of, 'id', `"id" IN (${quoted.join(', ')})`)) found.push(...rows);
  return found;
}

/** How many releases and checks there are, and how many accounts. */
export async function accountCounts(tx: Transaction, practiceId: string) {
  const where = { practiceId };
  return { releases: await tx.release.count({ where }), accounts: await tx.releaseAccount.count({ where }) };
}

async function* read(
  { tx, kind, practiceId }: LedgerOf,
  by: string,
  only: string,
  after?: number,
): AsyncGenerator<ReleaseRow[]> {
  const of = { table, columns: releaseColumns, practiceId, by, after, only, portion: AT_ONCE };
  for await (const rows of packedRows(tx, kind, of)) {
    // Most came in one file.
    const inParts = rows.filter((values) => partsIn(values) > 0).map(idIn);
    const parts = inParts.length === 0 ? undefined : await partsOf(tx, inParts);
    yield rows.map((values) => releaseRow(values, parts?.get(idIn(values)) ?? []));
  }
}

/** Two lists that are each in order, as one. */
async function* inOrder<T>(
  one: AsyncGenerator<T[]>,
  other: AsyncGenerator<T[]>,
  placeOf: (row: T) => number,
): AsyncGenerator<T[]> {
  const sources = [one, other];
  const waiting: (T[] | undefined)[] = [[], []];
  for (;;) {
    for (const [at, source] of sources.entries())
      while (waiting[at]?.length === 0) waiting[at] = (await source.next()).value as T[] | undefined;
    // As far as both are known, they can be mixed.
    const known = Math.min(
      ...waiting.map((rows) => (rows ? placeOf(rows.at(-1) as T) : Number.POSITIVE_INFINITY)),
    );
    const mixed = waiting
      .flatMap((rows) => (rows ?? []).filter((row) => placeOf(row) <= known))
      .sort((first, second) => placeOf(first) - placeOf(second));
    if (mixed.length === 0) return;
    yield mixed;
    for (const [at, rows] of waiting.entries())
      if (rows) waiting[at] = rows.filter((row) => placeOf(row) > known);
  }
}
