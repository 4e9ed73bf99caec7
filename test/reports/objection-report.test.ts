import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { actKinds } from '../../src/objections/objection.ts';
import type { ComparedReport, ObjectionReport } from '../../src/reports/objection-report.ts';
import { periodBefore } from '../../src/reports/period.ts';
import { openRegistry, type Registry } from '../support/registry.ts';
import { type ActRow, inOrder, type PersonRow, type Rows, slowReport } from './slow-report.ts';

const now = new Date('2026-07-02T09:00:00Z');
const today = '2026-07-02';
let registry: Registry;

beforeAll(async () => {
  registry = await openRegistry({}, { now: () => now });
});
afterAll(() => registry.close());

const nobodySaid = {
  authoritySeen: null,
  requesterName: null,
  identityChecked: null,
  note: null,
  reason: null,
};

/** Puts rows straight into the tables, each time for a practice of their own, so that every mixture can be tried. */
async function put({ acts, objections, people }: Rows) {
  const practiceId = randomUUID();
  await registry.services.database.write(async (tx) => {
    const patients = [...people].map(([id, person], ordinal) => ({
      ...{ id, practiceId, ordinal, ...person, nhsNumber: '', givenName: '', familyName: '' },
      ...{ givenNameKey: '', familyNameKey: '', addedAt: now, changedAtIndex: 0 },
    }));
    await tx.patient.createMany({ data: patients });
    const all = acts.map((act) => ({ ...nobodySaid, ...act, practiceId, actorKind: 'system', actorId: 'x' }));
    await tx.objectionAct.createMany({ data: all });
    const rows = objections.map((row) => ({
      ...{ ...row, id: randomUUID(), practiceId, recordedBy: 'x', changedAtIndex: 0 },
    }));
    await tx.objection.createMany({ data: rows });
  });
  return practiceId;
}

// Hours on both sides of midnight in London, in winter, in summer, and where the clock changes.
const instants = [
  ...['2026-01-31T23:59:59.999Z', '2026-02-01T00:00:00.000Z', '2026-03-28T23:30:00.000Z'],
  ...['2026-03-29T23:30:00.000Z', '2026-05-31T22:59:59.999Z', '2026-05-31T23:00:00.000Z'],
  ...['2026-06-15T12:00:00.000Z', '2026-06-30T23:30:00.000Z', '2025-10-26T00:30:00.000Z'],
].map((text) => new Date(text));
const days = ['2016-02-29', '2025-10-26', '2026-01-31', '2026-02-01', '2026-05-25', '2026-06-30'];
const births = [
  '2026-01-31',
  '2013-02-01',
  '2012-05-25',
  '2008-02-29',
  '1986-06-30',
  '1961-02-01',
  '1936-01-01',
];
const some = <T>(...values: readonly T[]) => fc.constantFrom(...values);
const maybe = <T>(...values: readonly T[]) => fc.constantFrom(null, ...values);

const anAct = fc.record({
  patient: fc.nat(3),
  type: some('type-1', 'type-2'),
  kind: fc.oneof({ weight: 3, arbitrary: some('record', 'confirm', 'withdraw') }, some(...actKinds)),
  receivedOn: maybe(...days),
  recordedAt: some(...instants),
  target: fc.nat(8),
  settledAs: maybe('objection', 'withdrawal'),
  upheld: maybe(true, false),
  needsDecision: fc.boolean(),
  receivedVia: maybe('phone', 'letter', 'clinical-record'),
  requester: maybe('patient', 'deputy'),
  importId: maybe('an-import'),
});
const anObjection = fc.record({
  status: some('in-force', 'withdrawn', 'in-error'),
  since: maybe(...days),
  receivedVia: maybe('phone', 'clinical-record'),
  recordedAt: some(...instants),
  codedAs: maybe('dissent', 'withdrawn'),
  codedSeenAt: maybe(...instants),
  acknowledgeSince: maybe(...instants),
  acknowledgedAt: maybe(...instants),
});
const aPerson = fc.record({
  dateOfBirth: some(...births),
  status: some('registered', 'registered', 'left', 'to-be-matched'),
  personId: maybe('a-person'),
  dateOfDeath: fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, some('2026-06-01')),
});
const aPeriod = fc
  .tuple(some('2025-10-26', '2026-02-01', '2026-03-29', '2026-06-01'), some(0, 1, 27, 59, 120))
  .map(([from, length]) => {
    const last = new Date(Date.parse(`${from}T00:00:00Z`) + length * 86_400_000).toISOString().slice(0, 10);
    return { from, to: last > today ? today : last };
  });

type Of<A> = A extends fc.Arbitrary<infer T> ? T : never;

const rowsOf = (
  given: readonly Of<typeof anAct>[],
  persons: readonly PersonRow[],
  listed: readonly Of<typeof anObjection>[],
): Rows => {
  const people = new Map(persons.map((person) => [randomUUID(), person]));
  const ids = [...people.keys()];
  const owner = (at: number) => ids[at % ids.length] ?? '';
  const acts: ActRow[] = [];
  for (const { patient, target, ...act } of given) {
    const patientId = owner(patient);
    const own = acts.filter((other) => other.patientId === patientId && other.type === act.type);
    const speaksOfOthers = /error|decide/.test(act.kind);
    const targetActId = speaksOfOthers ? (own[target % Math.max(1, own.length)]?.id ?? null) : null;
    acts.push({ ...act, id: randomUUID(), patientId, targetActId, ledgerIndex: acts.length });
  }
  const objections = listed.slice(0, ids.length * 2).map((row, at) => ({
    ...row,
    patientId: owner(at >> 1),
    type: at % 2 === 0 ? 'type-1' : 'type-2',
  }));
  return { acts, objections, people };
};

const sorted = (report: ObjectionReport): ObjectionReport => ({
  ...report,
  receivedVia: [...report.receivedVia].sort(inOrder),
  requesters: [...report.requesters].sort(inOrder),
  ages: [...report.ages].sort(inOrder),
});

test('what the database counts is what a slow recount of every row comes to', async () => {
  let somethingInForce = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(anAct, { maxLength: 25 }),
      fc.array(aPerson, { minLength: 1, maxLength: 4 }),
      fc.array(anObjection, { maxLength: 8 }),
      aPeriod,
      async (acts, persons, listed, period) => {
        const rows = rowsOf(acts, persons, listed);
        const practiceId = await put(rows);
        const { now: counted, before }: ComparedReport = await registry.services.reports.objections(
          practiceId,
          period,
        );
        const earlier = periodBefore(period);
        expect(sorted(counted)).toEqual(slowReport(rows, period.from, period.to, today));
        expect(sorted(before)).toEqual(slowReport(rows, earlier.from, earlier.to, today));
        if (counted.patients > 0) somethingInForce += 1;
      },
    ),
    { numRuns: 40 },
  );
  // The mixtures are worth something only when they come to something.
  expect(somethingInForce).toBeGreaterThan(0);
}, 240_000);

/** Acts of one patient each, in the order given. */
const said = (...acts: readonly (readonly [patient: string, kind: string, day: string, more?: object])[]) => {
  const rows: ActRow[] = acts.map(([patientId, kind, receivedOn, more], ledgerIndex) => ({
    ...{ id: `${patientId}-${ledgerIndex}`, patientId, kind, receivedOn, ledgerIndex, type: 'type-1' },
    ...{ recordedAt: new Date(`${receivedOn}T12:00:00Z`), receivedVia: 'phone', requester: 'patient' },
    ...{ importId: null, ...more },
  }));
  return rows;
};
const somebody: PersonRow = {
  dateOfBirth: '1986-06-30',
  status: 'registered',
  personId: null,
  dateOfDeath: null,
};
const reportOf = async (acts: readonly ActRow[], names: string[], from: string, to: string) => {
  // Ids are one namespace: each case has its own.
  const own = randomUUID().slice(0, 8);
  const named = (text: string) => `${own}-${text}`;
  const moved = acts.map((act) => ({
    ...act,
    id: named(act.id),
    patientId: named(act.patientId),
    targetActId: act.targetActId ? named(act.targetActId) : null,
  }));
  const practiceId = await put({
    acts: moved,
    objections: [],
    people: new Map(names.map((name) => [named(name), somebody])),
  });
  return (await registry.services.reports.objections(practiceId, { from, to })).now;
};

test('counts what is in force at the end of the period, and by the month of keying', async () => {
  const acts = said(
    ['ann', 'record', '2020-05-01'],
    ['ann', 'record', '2026-02-01', { type: 'type-2' }],
    ['bob', 'record', '2026-01-10'],
    ['bob', 'withdraw', '2026-03-10'],
    ['cat', 'record', '2026-03-31', { receivedVia: 'letter' }],
    ['dan', 'record', '2026-04-01'],
  );
  const report = await reportOf(acts, ['ann', 'bob', 'cat', 'dan'], '2026-01-01', '2026-03-31');
  expect(report.inForce).toEqual({ 'type-1': 2, 'type-2': 1 });
  expect(report.patients).toBe(2);
  expect(report.months.map(({ recorded, withdrawn }) => [recorded['type-1'], withdrawn['type-1']])).toEqual([
    [1, 0],
    [0, 0],
    [1, 1],
  ]);
  expect(report.receivedVia).toEqual([
    { name: 'phone', count: 2 },
    { name: 'letter', count: 1 },
  ]);
  expect(report.ages).toEqual([{ name: '18-39', count: 3 }]);
});

test('what was entered in error is not counted; what is only said to be is', async () => {
  const acts = said(
    ['ann', 'record', '2026-01-05'],
    ['bob', 'record', '2026-01-06'],
    ['ann', 'ask-error', '2026-01-07', { targetActId: 'ann-0' }],
    ['ann', 'confirm-error', '2026-01-08', { targetActId: 'ann-0' }],
    ['bob', 'ask-error', '2026-01-07', { targetActId: 'bob-1' }],
  );
  const report = await reportOf(acts, ['ann', 'bob'], '2026-01-01', '2026-03-31');
  expect(report.patients).toBe(1);
  expect(report.totals.recorded['type-1']).toBe(1);
});

test('an act keyed just after midnight in summer belongs to the month in London', async () => {
  const acts = said(['ann', 'record', '2026-05-30', { recordedAt: new Date('2026-05-31T23:30:00Z') }]);
  const report = await reportOf(acts, ['ann'], '2026-05-01', '2026-06-30');
  expect(report.months.map(({ recorded }) => recorded['type-1'])).toEqual([0, 1]);
});

test('a practice counts its own only', async () => {
  const act = { patient: 0, target: 0, type: 'type-1', kind: 'record', receivedOn: '2026-06-15' } as const;
  const more = { recordedAt: instants[6] ?? now, settledAs: null, upheld: null, needsDecision: false };
  const from = { receivedVia: 'phone', requester: 'patient', importId: null };
  await put(rowsOf([{ ...act, ...more, ...from }], [somebody], []));
  const period = { from: '2026-06-01', to: '2026-06-30' };
  const { now: report } = await registry.services.reports.objections(randomUUID(), period);
  expect(report.patients).toBe(0);
  expect(report.receivedVia).toEqual([]);
  expect(report.totals.recorded).toEqual({ 'type-1': 0, 'type-2': 0 });
});
