import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ComparedReport, ObjectionReport } from '../../src/reports/objection-report.ts';
import { periodBefore } from '../../src/reports/period.ts';
import { openRegistry, type Registry } from '../support/registry.ts';
import { anAct, anObjection, aPeriod, aPerson, rowsOf, today } from './any-rows.ts';
import { type ActRow, inOrder, type PersonRow, type Rows, slowReport } from './slow-report.ts';

const now = new Date('2026-07-02T09:00:00Z');
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
  const more = {
    recordedAt: new Date('2026-06-15T12:00:00Z'),
    settledAs: null,
    upheld: null,
    needsDecision: false,
  };
  const from = { receivedVia: 'phone', requester: 'patient', importId: null };
  await put(rowsOf([{ ...act, ...more, ...from }], [somebody], []));
  const period = { from: '2026-06-01', to: '2026-06-30' };
  const { now: report } = await registry.services.reports.objections(randomUUID(), period);
  expect(report.patients).toBe(0);
  expect(report.receivedVia).toEqual([]);
  expect(report.totals.recorded).toEqual({ 'type-1': 0, 'type-2': 0 });
});
