import { expect, test } from 'vitest';
import { birthdaySince } from '../../src/work/birthdays.ts';
import { ageWords, latenessOf } from '../../src/work/lateness.ts';

// 20 November 2026 is a Friday.
test.each([
  ['2026-11-20', '2026-11-20', 'in-time'],
  ['2026-11-20', '2026-11-26', 'in-time'],
  ['2026-11-20', '2026-11-27', 'alert'],
  ['2026-12-23', '2026-12-31', 'in-time'],
  ['2026-12-23', '2027-01-04', 'alert'],
  ['2026-11-20', '2026-12-20', 'alert'],
  ['2026-11-20', '2026-12-21', 'breach'],
] as const)('since %s, on %s: %s', (since, today, late) => expect(latenessOf(since, today)).toBe(late));

test('ages in words', () => {
  expect(ageWords('2026-11-20', '2026-11-20')).toBe('today');
  expect(ageWords('2026-11-19', '2026-11-20')).toBe('1 day');
  expect(ageWords('2026-10-20', '2026-11-20')).toBe('31 days');
});

test.each([
  [
    'born 2013, a parent objected at 12',
    '2013-11-20',
    '2026-01-01',
    '2026-11-20',
    { age: 13, on: '2026-11-20' },
  ],
  ['the day before the birthday', '2013-11-21', '2026-01-01', '2026-11-20', null],
  ['objected when 13 already', '2012-11-20', '2026-01-01', '2026-11-20', null],
  ['objected at 14, now 16', '2010-11-20', '2025-01-01', '2026-11-21', { age: 16, on: '2026-11-20' }],
  [
    'objected at 12, now 16: the last birthday',
    '2010-11-20',
    '2022-01-01',
    '2026-11-20',
    { age: 16, on: '2026-11-20' },
  ],
] as const)('%s', (_what, born, objected, today, birthday) =>
  expect(birthdaySince(born, objected, today)).toEqual(birthday),
);
