import { addDays, ageOn, londonDay, monthsBetween } from '../../src/day.ts';
import { type ObjectionAct, standing } from '../../src/objections/objection.ts';
import { lateness } from '../../src/reports/lateness.ts';
import type { ObjectionReport } from '../../src/reports/objection-report.ts';

export type ActRow = ObjectionAct & {
  readonly patientId: string;
  readonly type: string;
  readonly receivedVia: string | null;
  readonly requester: string | null;
  readonly importId: string | null;
};
export type PersonRow = {
  readonly dateOfBirth: string;
  readonly status: string;
  readonly personId: string | null;
  readonly dateOfDeath: string | null;
};
export type ObjectionRow = {
  readonly patientId: string;
  readonly type: string;
  readonly status: string;
  readonly since: string | null;
  readonly receivedVia: string | null;
  readonly recordedAt: Date;
  readonly codedAs: string | null;
  readonly codedSeenAt: Date | null;
  readonly acknowledgeSince: Date | null;
  readonly acknowledgedAt: Date | null;
};
export type Rows = {
  readonly acts: readonly ActRow[];
  readonly objections: readonly ObjectionRow[];
  readonly people: ReadonlyMap<string, PersonRow>;
};

/** The report as somebody would count it who has every row on paper: the slow second implementation. */
export function slowReport(rows: Rows, from: string, to: string, today: string): ObjectionReport {
  const known = rows.acts.filter((act) => londonDay(act.recordedAt) <= to);
  const inForce = { 'type-1': 0, 'type-2': 0 };
  const patients = new Set<string>();
  const inError = new Set<string>();
  for (const patientId of rows.people.keys()) {
    for (const type of ['type-1', 'type-2'] as const) {
      const { inForce: stands, states } = standing(
        known.filter((act) => act.patientId === patientId && act.type === type),
      );
      if (stands) inForce[type] += 1;
      if (stands) patients.add(patientId);
      for (const [id, state] of states) if (state === 'in-error') inError.add(id);
    }
  }
  const counted = known.filter((act) => londonDay(act.recordedAt) >= from && !inError.has(act.id));
  const said = counted.filter(({ kind }) => kind === 'record' || kind === 'confirm');
  const totalsOf = (acts: readonly ActRow[]) => {
    const count = (kind: string, type: string) =>
      acts.filter((act) => act.kind === kind && act.type === type).length;
    const of = (kind: string) => ({ 'type-1': count(kind, 'type-1'), 'type-2': count(kind, 'type-2') });
    return { recorded: of('record'), confirmed: of('confirm'), withdrawn: of('withdraw') };
  };
  const waysTo = {
    recorded: said
      .filter(({ importId, receivedOn }) => importId === null && receivedOn !== null)
      .map(({ receivedOn, recordedAt }) => way(receivedOn, recordedAt)),
    coded: ofPeriod(rows, from, to)
      .filter(
        ({ type, status, receivedVia }) =>
          type === 'type-1' && status === 'in-force' && receivedVia !== 'clinical-record',
      )
      .filter(({ codedAs, patientId }) => codedAs === 'dissent' || hasRecord(rows.people.get(patientId)))
      .map(({ since, codedAs, codedSeenAt }) => way(since, codedAs === 'dissent' ? codedSeenAt : null)),
    acknowledged: ofPeriod(rows, from, to)
      .filter(({ acknowledgeSince, acknowledgedAt }) => acknowledgeSince !== null || acknowledgedAt !== null)
      .map(({ since, acknowledgeSince, acknowledgedAt }) =>
        way(since, acknowledgeSince === null ? acknowledgedAt : null),
      ),
  };
  return {
    period: { from, to },
    inForce,
    patients: patients.size,
    totals: totalsOf(counted),
    months: monthsBetween(from, to).map((month) => ({
      month,
      ...totalsOf(counted.filter((act) => londonDay(act.recordedAt).startsWith(month))),
    })),
    receivedVia: tally(said.map(({ receivedVia }) => receivedVia)),
    requesters: tally(said.map(({ requester }) => requester)),
    ages: tally(
      said.map(({ patientId, receivedOn }) =>
        receivedOn === null ? null : band(ageOn(rows.people.get(patientId)?.dateOfBirth ?? '', receivedOn)),
      ),
    ),
    // Nobody is told here: what comes after a notice has a test of its own.
    afterNotices: [],
    times: (['recorded', 'coded', 'acknowledged'] as const).map((step) => {
      const ways = waysTo[step];
      const days = ways
        .flatMap(({ receivedOn, doneOn }) => (doneOn === null ? [] : [daysFrom(receivedOn, doneOn)]))
        .sort((one, other) => one - other);
      const middle = [days[Math.ceil(days.length / 2) - 1] ?? 0, days[Math.floor(days.length / 2)] ?? 0];
      const late = (name: string) =>
        ways.filter(({ receivedOn, doneOn }) => lateness(receivedOn, doneOn ?? today) === name).length;
      return {
        step,
        done: days.length,
        waiting: ways.length - days.length,
        median: days.length === 0 ? null : ((middle[0] ?? 0) + (middle[1] ?? 0)) / 2,
        slowest: days.at(-1) ?? null,
        late: {
          'same-day': late('same-day'),
          'in-time': late('in-time'),
          alert: late('alert'),
          breach: late('breach'),
        },
      };
    }),
  };
}

const way = (receivedOn: string | null, done: Date | null) => ({
  receivedOn: receivedOn ?? '',
  doneOn: done && londonDay(done),
});

const hasRecord = (person: PersonRow | undefined): boolean => {
  if (person === undefined || person.dateOfDeath !== null) return false;
  return person.status === 'registered' || (person.status === 'to-be-matched' && person.personId !== null);
};

const ofPeriod = ({ objections }: Rows, from: string, to: string) =>
  objections.filter(({ since, recordedAt }) => {
    const day = londonDay(recordedAt);
    return since !== null && day >= from && day <= to;
  });

/** Day by day: slow, and plainly right. */
function daysFrom(first: string, last: string): number {
  let count = 0;
  for (let day = first; day < last; day = addDays(day, 1)) count += 1;
  return count;
}

function band(age: number): string | null {
  if (age < 0) return null;
  if (age <= 12) return '0-12';
  if (age <= 17) return '13-17';
  if (age <= 39) return '18-39';
  if (age <= 64) return '40-64';
  return age <= 79 ? '65-79' : '80+';
}

/** Most first; equal ones by name, those not known last. */
function tally(names: readonly (string | null)[]) {
  return [...new Set(names)]
    .map((name) => ({ name, count: names.filter((one) => one === name).length }))
    .sort(inOrder);
}

export const inOrder = (
  one: { name: string | null; count: number },
  other: { name: string | null; count: number },
): number => other.count - one.count || (one.name ?? '~').localeCompare(other.name ?? '~');
