import type { Portions, ReleaseRow } from '../ledger/ledger-reader.ts';
import type { Transaction } from './database.ts';
import type { LedgerOf } from './ledger-rows.ts';
import { type Column, packedRows } from './packed-rows.ts';
import { partsOf } from './release-parts.ts';

/** Releases come with their accounts, which are kilobytes each, so few at once. */
const AT_ONCE = 200;

const columns: readonly (readonly [string, Column])[] = [
  ...['id', 'extractId', 'kind', 'status', 'reason', 'keyId', 'format'].map(
    (name) => [name, 'plain'] as const,
  ),
  ...['version', 'startedIndex', 'decidedIndex', 'countIn', 'countOut'].map(
    (name) => [name, 'plain'] as const,
  ),
  ...['countWithheld', 'reasons', 'emptied', 'digestIn', 'digestOut'].map((name) => [name, 'plain'] as const),
  ...['bytesOut', 'ledgerSize', 'ledgerRoot'].map((name) => [name, 'plain'] as const),
  ...['startedAt', 'endedAt', 'decidedAt'].map((name) => [name, 'instant'] as const),
];
const accountColumns: readonly (readonly [string, Column])[] = [
  ...['members', 'unlisted', 'withheld', 'salt'].map((name) => [name, 'bytes'] as const),
  ['digest', 'plain'],
];

/** A release with its account: one row, so that neither has to be looked up by the other's name. */
const table = `(SELECT r.*, a."releaseId" AS "accountOf", ${accountColumns.map(([name]) => `a."${name}"`).join(', ')}
  FROM "Release" AS r LEFT JOIN "ReleaseAccount" AS a ON a."releaseId" = r."id") AS of_account`;
const all = [...columns, ['accountOf', 'plain'] as const, ...accountColumns];

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
  const rows = packedRows(tx, kind, { table, columns: all, practiceId, by, after, only, portion: AT_ONCE });
  for await (const portion of rows) {
    const releases = portion.map((values) =>
      Object.fromEntries(values.map((value, at) => [all[at]?.[0], value])),
    );
    const parts = await partsOf(
      tx,
      releases.map(({ id }) => id as string),
    );
    yield releases.map(({ accountOf, members, unlisted, withheld, salt, digest, ...row }) => ({
      ...(row as unknown as ReleaseRow),
      parts: parts.get(row.id as string) ?? [],
      account:
        accountOf === null ? null : ({ members, unlisted, withheld, salt, digest } as ReleaseRow['account']),
    }));
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
