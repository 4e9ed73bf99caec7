import { dayNumber } from '../day.ts';
import { groupBy } from '../group-by.ts';
import type { ToldOn } from '../guard/told-days.ts';
import type { Actor } from '../ledger/entry.ts';
import type { Portions, ToldRow } from '../ledger/ledger-reader.ts';
import { noticeName } from '../notices/covers.ts';
import { toldSince } from '../notices/telling.ts';
import type { Transaction } from './database.ts';
import { AT_ONCE, type LedgerOf, portions } from './ledger-rows.ts';

/** Tells of a record by which notices its patient counts as told, and since when. */
export async function toldOf(
  reader: Pick<Transaction, 'toldAct'>,
  practiceId: string,
  patientIds: readonly string[],
): Promise<(patientId: string) => readonly ToldOn[]> {
  const rows = await reader.toldAct.findMany({ where: { practiceId, patientId: { in: [...patientIds] } } });
  if (rows.length === 0) return () => [];
  const byPatient = groupBy(rows, ({ patientId }) => patientId);
  return (patientId) =>
    [...groupBy(byPatient.get(patientId) ?? [], noticeName)].flatMap(([notice, acts]) => {
      const since = toldSince(acts);
      return since === undefined ? [] : [{ notice, day: dayNumber(since) }];
    });
}

/** Every act of telling a patient, by ledger index. */
export async function* toldRows({ tx, practiceId }: LedgerOf): Portions<ToldRow> {
  yield* portions(async (last: ToldRow | undefined) => {
    const rows = await tx.toldAct.findMany({
      where: { practiceId, ...(last && { ledgerIndex: { gt: last.ledgerIndex } }) },
      orderBy: { ledgerIndex: 'asc' },
      take: AT_ONCE,
    });
    return rows.map(({ actorKind, actorId, practiceId: _, ...row }) => ({
      ...row,
      actor: { kind: actorKind as Actor['kind'], id: actorId },
    }));
  });
}
