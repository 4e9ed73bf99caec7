import { londonDay } from '../day.ts';
import { type ObjectionType, objectionTypes, standing } from '../objections/objection.ts';
import type { CountStore, Group, KindCount, Span, Step, Way } from '../reports/objection-counts.ts';
import { recordedAct } from './act-row.ts';
import { type CountSql, countSql, type Sql } from './count-sql.ts';
import type { Database } from './database.ts';
import type { ObjectionActModel } from './generated/sqlite/models.ts';
import { groupBy } from './group-by.ts';
import { portionsOf } from './portions.ts';

/**
 * Counts made by the database. What only the rules of objections can tell is told by them: histories with more in
 * them than objections and withdrawals with their days, which are few.
 */
export function objectionCounts(database: Database): CountStore {
  const { reader } = database;
  const sql = countSql(database.kind);
  const rows = async <Row extends { count: bigint }>(query: Sql) =>
    (await reader.$queryRaw<Row[]>(query)).map((row) => ({ ...row, count: Number(row.count) }));

  /** The acts known at an instant of each history that only the rules can tell. */
  async function specialHistories(practiceId: string, at: Date): Promise<ObjectionActModel[][]> {
    const special = await reader.$queryRaw<{ patientId: string; type: string }[]>(
      sql.special(practiceId, at),
    );
    const keyOf = ({ patientId, type }: { patientId: string; type: string }) => `${patientId} ${type}`;
    const keys = new Set(special.map(keyOf));
    const acts: ObjectionActModel[] = [];
    for (const some of portionsOf([...new Set(special.map(({ patientId }) => patientId))])) {
      const where = { practiceId, patientId: { in: some }, recordedAt: { lt: at } };
      acts.push(...(await reader.objectionAct.findMany({ where })));
    }
    return [
      ...groupBy(
        acts.filter((act) => keys.has(keyOf(act))),
        keyOf,
      ).values(),
    ];
  }

  return {
    async inForce(practiceId, at) {
      const counts = new Map<string, number>();
      for (const { type, count } of await rows<{ type: string; count: bigint }>(
        sql.plainByType(practiceId, at),
      ))
        counts.set(type, count);
      const patients = new Set<string>();
      for (const history of await specialHistories(practiceId, at)) {
        const [{ patientId, type } = { patientId: '', type: '' }] = history;
        if (!standing(history.map(recordedAct)).inForce) continue;
        counts.set(type, (counts.get(type) ?? 0) + 1);
        patients.add(patientId);
      }
      const others = await rows<{ count: bigint }>(sql.plainPatients(practiceId, at, [...patients]));
      const byType = objectionTypes.map((type) => [type, counts.get(type) ?? 0]);
      return {
        byType: Object.fromEntries(byType) as Record<ObjectionType, number>,
        patients: patients.size + (others[0]?.count ?? 0),
      };
    },
    async count(practiceId, span, parts) {
      const inError = (await specialHistories(practiceId, span.to)).flatMap((history) => {
        const { states } = standing(history.map(recordedAct));
        return [...states].filter(([, state]) => state === 'in-error').map(([id]) => id);
      });
      const said = sql.said(practiceId, span, inError);
      const groups = (query: Sql) => rows<Group & { count: bigint }>(query);
      return {
        receivedVia: await groups(sql.byVia(said)),
        requesters: await groups(sql.byRequester(said)),
        ages: await groups(sql.byAge(said)),
        kinds: await rows<KindCount & { count: bigint }>(sql.byKind(practiceId, span, inError, parts)),
        ways: await ways(sql, practiceId, span, said),
      };
    },
  };

  async function ways(queries: CountSql, practiceId: string, span: Span, said: Sql): Promise<Way[]> {
    const queried: [Step, Sql][] = [
      ['recorded', queries.toRecorded(said)],
      ['coded', queries.toCoded(practiceId, span)],
      ['acknowledged', queries.toAcknowledged(practiceId, span)],
    ];
    const found: Way[] = [];
    for (const [step, query] of queried) {
      type Hour = { receivedOn: string; hour: string | null; count: bigint };
      for (const { receivedOn, hour, count } of await rows<Hour>(query)) {
        const doneOn = hour === null ? null : londonDay(new Date(`${hour}:00:00Z`));
        found.push({ step, receivedOn, doneOn, count });
      }
    }
    return found;
  }
}
