import { londonDay } from '../day.ts';
import { groupBy } from '../group-by.ts';
import { type ObjectionType, type Standing, standing } from '../objections/objection.ts';
import type { CountStore, Group, InForce, KindCount, Span, Step, Way } from '../reports/objection-counts.ts';
import { recordedAct } from './act-row.ts';
import { type CountSql, countSql, type Sql } from './count-sql.ts';
import type { Database } from './database.ts';
import type { ObjectionActModel } from './generated/sqlite/models.ts';
import { afterNotices } from './objections-after-notices.ts';
import { portionsOf } from './portions.ts';

/** A patient's acts of one type, and what they come to. */
type History = { readonly patientId: string; readonly type: string; readonly stands: Standing };

/**
 * Counts made by the database. What only the rules of objections can tell is told by them: histories with more in
 * them than objections and withdrawals with their days, which are few.
 */
export function objectionCounts(database: Database): CountStore {
  const { reader } = database;
  const sql = countSql(database.kind);
  const rows = async <Row extends { count: bigint }>(query: Sql) =>
    (await reader.$queryRaw<Row[]>(query)).map((row) => ({ ...row, count: Number(row.count) }));

  /** What each history that only the rules can tell comes to, by the acts known at an instant. */
  async function specialHistories(practiceId: string, at: Date): Promise<History[]> {
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
    const histories = groupBy(
      acts.filter((act) => keys.has(keyOf(act))),
      keyOf,
    );
    return [...histories.values()].map((history) => {
      const [{ patientId, type } = { patientId: '', type: '' }] = history;
      return { patientId, type, stands: standing(history.map(recordedAct)) };
    });
  }

  /** @param special the histories that only the rules can tell; the database counts the others */
  async function countInForce(practiceId: string, at: Date, special: readonly History[]): Promise<InForce> {
    const inForce = special.filter(({ stands }) => stands.inForce);
    const patients = [...new Set(inForce.map(({ patientId }) => patientId))];
    const plain = await rows<{ type: string; count: bigint }>(sql.plainByType(practiceId, at));
    const others = await rows<{ count: bigint }>(sql.plainPatients(practiceId, at, patients));
    const countOf = (type: ObjectionType) =>
      inForce.filter((one) => one.type === type).length +
      (plain.find((one) => one.type === type)?.count ?? 0);
    return {
      byType: { 'type-1': countOf('type-1'), 'type-2': countOf('type-2') },
      patients: patients.length + (others[0]?.count ?? 0),
    };
  }

  return {
    inForce: async (practiceId, at) => countInForce(practiceId, at, await specialHistories(practiceId, at)),
    afterNotices: (practiceId, days) => afterNotices(database, practiceId, days),
    async count(practiceId, span, parts) {
      const special = await specialHistories(practiceId, span.to);
      const inError = special.flatMap(({ stands }) =>
        [...stands.states].filter(([, state]) => state === 'in-error').map(([id]) => id),
      );
      const said = sql.said(practiceId, span, inError);
      const groups = (query: Sql) => rows<Group & { count: bigint }>(query);
      return {
        inForce: await countInForce(practiceId, span.to, special),
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
