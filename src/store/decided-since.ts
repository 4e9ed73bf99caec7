import { z } from 'zod';
import { bitmapOf } from '../guard/members-list.ts';
import { isMember } from '../guard/membership.ts';
import type { DecidedRelease } from '../incidents/incident-store.ts';
import { objectionTypes } from '../objections/objection.ts';
import type { Database } from './database.ts';
import { pagesOf } from './paged.ts';
import { portionsOf } from './portions.ts';

/** Accounts that are in memory at once: that of a large practice has some 60 kB. */
const ACCOUNTS_AT_ONCE = 50;

/**
 * Of many releases few have somebody in them who is looked for, so no more is read of each than it takes to know that. One
 * that was decided and then failed sent nothing, though its account counts as if it had.
 */
export async function* decidedSince(
  reader: Database['reader'],
  practiceId: string,
  since: Date,
  ordinals: readonly number[],
): AsyncGenerator<DecidedRelease> {
  const pages = pagesOf<Row>((last, take) =>
    reader.release.findMany({
      where: {
        practiceId,
        status: { not: 'failed' },
        decidedAt: { gte: last?.decidedAt ?? since },
        ...(last && {
          OR: [
            { decidedAt: { gt: last.decidedAt ?? since } },
            { decidedIndex: { gt: last.decidedIndex ?? -1 } },
          ],
        }),
      },
      orderBy: [{ decidedAt: 'asc' }, { decidedIndex: 'asc' }],
      select: { id: true, decidedAt: true, decidedIndex: true },
      take,
    }),
  );
  // Who is looked for may be everybody whose objection an import brought: what is found of few releases at a time is kept.
  for await (const rows of pages)
    for (const some of portionsOf(rows, ACCOUNTS_AT_ONCE))
      yield* await withApplied(reader, practiceId, await leftIn(reader, some, ordinals));
}

type Row = { readonly id: string; readonly decidedAt: Date | null; readonly decidedIndex: number | null };
type RowLeft = Row & { readonly left: ReadonlySet<number> };

/** Of a few releases those in which data of any of these ordinals left. */
async function leftIn(
  reader: Database['reader'],
  rows: readonly Row[],
  ordinals: readonly number[],
): Promise<RowLeft[]> {
  const left = new Map<string, ReadonlySet<number>>();
  const accounts = await reader.releaseAccount.findMany({
    where: { releaseId: { in: rows.map(({ id }) => id) } },
    select: { releaseId: true, members: true, memberOrdinals: true },
  });
  for (const { releaseId, ...account } of accounts) {
    const members = bitmapOf(account);
    left.set(releaseId, new Set(ordinals.filter((ordinal) => isMember(members, ordinal))));
  }
  return rows.flatMap((row) => {
    const own = left.get(row.id);
    return own !== undefined && own.size > 0 ? { ...row, left: own } : [];
  });
}

/** With what the deciding entry says that each applied. */
async function withApplied(
  reader: Database['reader'],
  practiceId: string,
  rows: readonly RowLeft[],
): Promise<DecidedRelease[]> {
  const indexes = rows.flatMap(({ decidedIndex }) => decidedIndex ?? []);
  const texts =
    indexes.length === 0
      ? []
      : await reader.ledgerText.findMany({ where: { practiceId, index: { in: indexes } } });
  const byIndex = new Map(texts.map(({ index, text }) => [index, text]));
  return rows.flatMap(({ id, decidedAt, decidedIndex, left }) =>
    decidedAt === null ? [] : { id, decidedAt, left, applied: appliedIn(byIndex.get(decidedIndex ?? -1)) },
  );
}

const decided = z.looseObject({
  data: z.looseObject({
    applies: z.looseObject({ type1: z.boolean(), type2: z.boolean(), consent: z.boolean().optional() }),
  }),
});

/** Of one whose text is gone nobody can say that it did not apply objections. */
function appliedIn(text: string | undefined): readonly string[] {
  const read = decided.safeParse(text === undefined ? undefined : JSON.parse(text));
  if (!read.success) return objectionTypes;
  const { type1, type2, consent = false } = read.data.data.applies;
  return objectionTypes.filter((type) => consent || (type === 'type-1' ? type1 : type2));
}
