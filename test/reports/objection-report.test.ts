import { expect, test } from 'vitest';
import { objectionReport, type ReportedAct } from '../../src/reports/objection-report.ts';

let index = 0;
const act = (patientId: string, kind: string, day: string, more: Partial<ReportedAct> = {}): ReportedAct => {
  index += 1;
  return {
    id: `act-${index}`,
    patientId,
    type: 'type-1',
    kind,
    ledgerIndex: index,
    receivedOn: day,
    recordedAt: new Date(`${day}T12:00:00Z`),
    receivedVia: 'phone',
    ...more,
  };
};

const year = { from: '2026-01-01', to: '2026-03-31' };

test('counts what is in force at the end of the period, and whose share of the list', () => {
  const acts = [
    act('ann', 'record', '2020-05-01'),
    act('ann', 'record', '2026-02-01', { type: 'type-2' }),
    act('bob', 'record', '2026-01-10'),
    act('bob', 'withdraw', '2026-03-10'),
    act('cat', 'record', '2026-03-31', { receivedVia: 'letter' }),
    act('dan', 'record', '2026-04-01'),
  ];
  const report = objectionReport(acts, 200, year);
  expect(report.inForce).toEqual({ 'type-1': 2, 'type-2': 1 });
  expect(report.patients).toBe(2);
  expect(report.sharePerCent).toBe(1);
  expect(report.months).toEqual([
    { month: '2026-01', recorded: { 'type-1': 1, 'type-2': 0 }, withdrawn: { 'type-1': 0, 'type-2': 0 } },
    { month: '2026-02', recorded: { 'type-1': 0, 'type-2': 1 }, withdrawn: { 'type-1': 0, 'type-2': 0 } },
    { month: '2026-03', recorded: { 'type-1': 1, 'type-2': 0 }, withdrawn: { 'type-1': 1, 'type-2': 0 } },
  ]);
  expect(report.receivedVia).toEqual([
    { via: 'phone', count: 2 },
    { via: 'letter', count: 1 },
  ]);
});

test('what was entered in error is not counted; what is only said to be is', () => {
  const wrong = act('ann', 'record', '2026-01-05');
  const doubted = act('bob', 'record', '2026-01-06');
  const acts = [
    wrong,
    doubted,
    act('ann', 'ask-error', '2026-01-07', { targetActId: wrong.id }),
    act('ann', 'confirm-error', '2026-01-08', { targetActId: wrong.id }),
    act('bob', 'ask-error', '2026-01-07', { targetActId: doubted.id }),
  ];
  const report = objectionReport(acts, 10, year);
  expect(report.patients).toBe(1);
  expect(report.months[0]?.recorded['type-1']).toBe(1);
});

test('an act keyed just after midnight in summer belongs to the month in London', () => {
  const late = act('ann', 'record', '2026-06-30', { recordedAt: new Date('2026-06-30T23:30:00Z') });
  const report = objectionReport([late], 10, { from: '2026-06-01', to: '2026-07-31' });
  expect(report.months.map(({ recorded }) => recorded['type-1'])).toEqual([0, 1]);
});

test('an empty list has no share', () => {
  expect(objectionReport([], 0, year).sharePerCent).toBeNull();
});
