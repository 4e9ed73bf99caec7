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

/** So many were said in one way, by one kind of person, of one age. */
type Mixture = Readonly<Record<'receivedVia' | 'requester' | 'age', string | null>> & {
  readonly count: number;
};

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
    type Plain = { type1: bigint; type2: bigint; count: bigint; patients: bigint };
    const plain = (await rows<Plain>(sql.plain(practiceId, at, patients))).map((row) => ({
      ofType: { 'type-1': Number(row.type1) > 0, 'type-2': Number(row.type2) > 0 },
      count: row.count,
      patients: Number(row.patients),
    }));
    const countOf = (type: ObjectionType) =>
      inForce.filter((one) => one.type === type).length +
      sum(plain.map(({ ofType, count }) => (ofType[type] ? count : 0)));
    return {
      byType: { 'type-1': countOf('type-1'), 'type-2': countOf('type-2') },
      patients: patients.length + sum(plain.map((row) => row.patients)),
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
      const mixtures = await rows<Mixture & { count: bigint }>(sql.mixtures(said));
      return {
        inForce: await countInForce(practiceId, span.to, special),
        receivedVia: groupsOf(mixtures, 'receivedVia'),
        requesters: groupsOf(mixtures, 'requester'),
        ages: groupsOf(mixtures, 'age'),
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

/** The mixtures by one of the three, the most frequent first. */
function groupsOf(mixtures: readonly Mixture[], by: Exclude<keyof Mixture, 'count'>): Group[] {
  const counts = new Map<string | null, number>();
  for (const { [by]: name, count } of mixtures) counts.set(name, (counts.get(name) ?? 0) + count);
  const groups = [...counts].map(([name, count]) => ({ name, count }));
  return groups.sort((one, other) => other.count - one.count || inWords(one, other));
}

const inWords = ({ name: one }: Group, { name: other }: Group): number =>
  (one ?? '') < (other ?? '') ? -1 : 1;

const sum = (numbers: readonly number[]): number => numbers.reduce((one, other) => one + other, 0);
