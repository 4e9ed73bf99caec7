import { groupBy } from '../group-by.ts';
import type { PartRecord } from '../ledger/release-entry.ts';
import type { Transaction } from './database.ts';

/** The files of releases that came in parts, in their order, by the release's id. */
export async function partsOf(
  reader: Pick<Transaction, 'releasePart'>,
  releaseIds: readonly string[],
): Promise<ReadonlyMap<string, readonly PartRecord[]>> {
  const rows = await reader.releasePart.findMany({
    where: { releaseId: { in: [...releaseIds] } },
    orderBy: [{ releaseId: 'asc' }, { place: 'asc' }],
  });
  const byRelease = groupBy(rows, ({ releaseId }) => releaseId);
  return new Map(
    [...byRelease].map(([releaseId, parts]) => [
      releaseId,
      parts.map((row) => ({
        name: row.name,
        format: row.format,
        counts: { in: row.countIn, out: row.countOut, withheld: row.countWithheld },
        digests: { in: row.digestIn, out: row.digestOut },
        bytesOut: row.bytesOut,
      })),
    ]),
  );
}

/** The rows of the files of a release, in their order. */
export function partRows(releaseId: string, practiceId: string, parts: readonly PartRecord[]) {
  return parts.map(({ counts: of, digests, ...part }, place) => ({
    ...part,
    ...{ releaseId, practiceId, place },
    ...{ countIn: of.in, countOut: of.out, countWithheld: of.withheld },
    ...{ digestIn: digests.in, digestOut: digests.out },
  }));
}
