import { expect, test } from 'vitest';
import { lastTwelveMonths, readPeriod } from '../../src/reports/period.ts';

test.each([
  ['2026-11-22', '2025-12-01'],
  ['2026-01-31', '2025-02-01'],
  ['2026-12-31', '2026-01-01'],
  ['2024-02-29', '2023-03-01'],
])('the last twelve months before %s begin on %s', (today, from) => {
  expect(lastTwelveMonths(today)).toEqual({ from, to: today });
});

test.each([
  ['2026-02-30', undefined, 'from', 'real day'],
  [undefined, 'yesterday', 'to', 'real day'],
  ['2026-05-02', '2026-05-01', 'to', 'or later'],
  [undefined, '2026-11-23', 'to', 'in the past'],
  ['1999-12-31', undefined, 'from', '2000'],
])('from %s to %s is refused at %s', (from, to, field, words) => {
  const read = readPeriod(from, to, '2026-11-22');
  expect(read).toMatchObject({ ok: false, field });
  expect(read.ok ? '' : read.text).toContain(words);
});

test('a chosen period is taken as it is, an empty field as not chosen', () => {
  expect(readPeriod('2026-01-01', '', '2026-11-22')).toEqual({
    ok: true,
    period: { from: '2026-01-01', to: '2026-11-22' },
  });
});
