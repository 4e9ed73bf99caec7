import type { LetterStore, Unanswered } from '../objections/letter-store.ts';
import { standing } from '../objections/objection.ts';
import { asksForAnswer } from '../objections/to-acknowledge.ts';
import { recordedAct } from './act-row.ts';
import type { Database } from './database.ts';

/** Who is owed a letter, and what it tells of. */
export function letterStore({ reader }: Database): LetterStore {
  return {
    async unanswered(practiceId, limit, among) {
      const rows = await reader.objection.findMany({
        where: {
          practiceId,
          acknowledgeSince: { not: null },
          ...(among && { patientId: { in: [...among] } }),
        },
        orderBy: [{ acknowledgeSince: 'asc' }, { patientId: 'asc' }, { type: 'asc' }],
        select: { patientId: true, type: true, acknowledgeSince: true },
      });
      const patientIds = [...new Set(rows.map(({ patientId }) => patientId))];
      const chosen = patientIds.slice(0, limit);
      const where = { practiceId, patientId: { in: chosen } };
      const acts = (await reader.objectionAct.findMany({ where, orderBy: { ledgerIndex: 'asc' } })).map(
        recordedAct,
      );
      const waiting = chosen.map((patientId): Unanswered => {
        const own = rows.filter((row) => row.patientId === patientId);
        const history = acts.filter(
          (act) => act.patientId === patientId && own.some(({ type }) => type === act.type),
        );
        const told = own.flatMap(({ type, acknowledgeSince }) => {
          const ofType = history.filter((act) => act.type === type);
          const { states } = standing(ofType);
          const since = acknowledgeSince ?? new Date(0);
          return ofType.filter(
            (act) => act.recordedAt >= since && asksForAnswer(act) && states.get(act.id) !== 'in-error',
          );
        });
        return { patientId, acts: told, history };
      });
      return { total: patientIds.length, waiting };
    },
  };
}
