import { expect, test } from 'vitest';
import { lateness } from '../../src/reports/lateness.ts';
import type { Way } from '../../src/reports/objection-counts.ts';
import { stepTimes } from '../../src/reports/step-times.ts';

const way = (receivedOn: string, doneOn: string | null, count = 1): Way => ({
  step: 'coded',
  receivedOn,
  doneOn,
  count,
});
const today = '2026-11-20';
const coded = (...ways: Way[]) => stepTimes(ways, today).find(({ step }) => step === 'coded');

test('median and slowest are of what is done, in days', () => {
  const times = coded(
    way('2026-11-02', '2026-11-02', 2),
    way('2026-11-02', '2026-11-05'),
    way('2026-11-02', '2026-11-12', 2),
    way('2026-11-19', null, 3),
  );
  expect(times).toMatchObject({ done: 5, median: 3, slowest: 10, waiting: 3 });
});

test('between two middle ones, the median is their mean', () => {
  expect(coded(way('2026-11-02', '2026-11-03'), way('2026-11-02', '2026-11-06'))?.median).toBe(2.5);
});

test('nothing done has no median; every step is there', () => {
  expect(stepTimes([], today).map(({ step }) => step)).toEqual(['recorded', 'coded', 'acknowledged']);
  expect(coded(way('2026-11-19', null))).toMatchObject({ done: 0, median: null, slowest: null, waiting: 1 });
});

test('what waits is overdue by the time it has waited until today', () => {
  const times = coded(way('2026-11-19', null), way('2026-11-13', null), way('2026-10-19', null, 4));
  expect(times?.late).toEqual({ 'same-day': 0, 'in-time': 1, alert: 1, breach: 4 });
});

test('what was done before it was received, by a clock or a correction, took no time', () => {
  expect(coded(way('2026-11-05', '2026-11-02'))).toMatchObject({ median: 0, late: { 'same-day': 1 } });
});

test.each([
  ['2026-11-06', '2026-11-06', 'same-day'],
  // Friday: the fifth working day is the Friday after.
  ['2026-11-06', '2026-11-07', 'in-time'],
  ['2026-11-06', '2026-11-12', 'in-time'],
  ['2026-11-06', '2026-11-13', 'alert'],
  // Christmas and Boxing Day are none.
  ['2026-12-22', '2026-12-30', 'in-time'],
  ['2026-12-22', '2026-12-31', 'alert'],
  ['2026-11-06', '2026-12-06', 'alert'],
  ['2026-11-06', '2026-12-07', 'breach'],
  // A month with fewer days ends on its last.
  ['2026-01-31', '2026-02-28', 'alert'],
  ['2026-01-31', '2026-03-01', 'breach'],
  ['2016-05-04', '2026-11-20', 'breach'],
])('from %s to %s: %s', (from, to, late) => {
  expect(lateness(from, to)).toBe(late);
});
