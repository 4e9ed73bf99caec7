import { expect, test } from 'vitest';
import { faultOf, lastTwelveMonths, periodBefore } from '../../src/reports/period.ts';

test.each([
  ['2026-11-22', '2025-12-01'],
  ['2026-01-31', '2025-02-01'],
  ['2026-12-31', '2026-01-01'],
  ['2024-02-29', '2023-03-01'],
])('the last twelve months before %s begin on %s', (today, from) => {
  expect(lastTwelveMonths(today)).toEqual({ from, to: today });
});

test.each([
  ['2026-05-02', '2026-05-01', 'to', 'To must be the same day as From, or later'],
  ['2026-05-01', '2026-11-23', 'to', 'To must be today or in the past'],
  ['1999-12-31', '2026-01-01', 'from', 'From must be 1 January 2000 or later'],
])('from %s to %s is refused at %s', (from, to, field, text) => {
  expect(faultOf({ from, to }, '2026-11-22')).toEqual({ field, text });
});

test('one day, and today, are periods', () => {
  expect(faultOf({ from: '2026-11-22', to: '2026-11-22' }, '2026-11-22')).toBeNull();
});

test.each([
  ['2026-11-21', '2026-11-22', '2026-11-19', '2026-11-20'],
  ['2026-11-22', '2026-11-22', '2026-11-21', '2026-11-21'],
  ['2026-03-01', '2026-03-31', '2026-01-29', '2026-02-28'],
  ['2024-03-01', '2025-02-28', '2023-03-02', '2024-02-29'],
])('before %s to %s come as many days: %s to %s', (from, to, first, last) => {
  expect(periodBefore({ from, to })).toEqual({ from: first, to: last });
});
