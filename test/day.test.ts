import { expect, test } from 'vitest';
import {
  addDays,
  ageOn,
  atLondonTime,
  daysBetween,
  isDay,
  londonDay,
  londonTime,
  monthsBetween,
  showDay,
  showInstant,
  showMonth,
  startOfDay,
} from '../src/day.ts';

test('a day is the one in London, summer and winter', () => {
  expect(londonDay(new Date('2026-06-30T23:30:00Z'))).toBe('2026-07-01');
  expect(londonDay(new Date('2026-12-31T23:30:00Z'))).toBe('2026-12-31');
  expect(londonTime(new Date('2026-07-01T05:00:00Z'))).toBe('06:00');
});

test('a day begins at midnight in London, summer and winter', () => {
  expect(startOfDay('2026-12-31').toISOString()).toBe('2026-12-31T00:00:00.000Z');
  expect(startOfDay('2026-07-01').toISOString()).toBe('2026-06-30T23:00:00.000Z');
  expect(startOfDay('2026-03-29').toISOString()).toBe('2026-03-29T00:00:00.000Z');
  expect(startOfDay('2026-10-25').toISOString()).toBe('2026-10-24T23:00:00.000Z');
});

test.each([
  ['2026-12-31', '06:00', '2026-12-31T06:00:00.000Z'],
  ['2026-07-01', '06:00', '2026-07-01T05:00:00.000Z'],
  // The clocks go forward at one, and back at two.
  ['2026-03-29', '00:30', '2026-03-29T00:30:00.000Z'],
  ['2026-03-29', '06:00', '2026-03-29T05:00:00.000Z'],
  ['2026-10-25', '01:30', '2026-10-25T00:30:00.000Z'],
  ['2026-10-25', '06:00', '2026-10-25T06:00:00.000Z'],
])('on %s at %s in London it is %s', (day, time, instant) =>
  expect(atLondonTime(day, time).toISOString()).toBe(instant),
);

test.each([
  ['2026-02-28', true],
  ['2024-02-29', true],
  ['2026-02-29', false],
  ['2026-13-01', false],
  ['2026-1-1', false],
  ['01/02/2026', false],
])('%s is a day: %s', (text, real) => expect(isDay(text)).toBe(real));

test('a day is what the calendar has, in leap years and others', () => {
  const two = (number: number) => String(number).padStart(2, '0');
  for (const year of ['0000', '1900', '2000', '2023', '2024'])
    for (let month = 0; month <= 13; month += 1)
      for (let day = 0; day <= 32; day += 1) {
        const text = `${year}-${two(month)}-${two(day)}`;
        const at = new Date(`${text}T00:00:00Z`);
        const real = !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
        expect([text, isDay(text)]).toEqual([text, real]);
      }
});

test('days are added across months and the change of clocks', () => {
  expect(addDays('2026-03-28', 2)).toBe('2026-03-30');
  expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
});

test('months between two days, both included', () => {
  expect(monthsBetween('2025-11-30', '2026-02-01')).toEqual(['2025-11', '2025-12', '2026-01', '2026-02']);
  expect(monthsBetween('2026-02-01', '2026-01-31')).toEqual([]);
});

test.each([
  ['2013-11-22', '2026-11-22', 13],
  ['2013-11-23', '2026-11-22', 12],
  ['2012-02-29', '2026-02-28', 13],
  ['2012-02-29', '2026-03-01', 14],
])('born on %s, on %s aged %i', (born, day, age) => expect(ageOn(born, day)).toBe(age));

test('days, months and instants are shown as the NHS writes them', () => {
  expect(showDay('2018-08-06')).toBe('6 August 2018');
  expect(showMonth('2018-08')).toBe('August 2018');
  expect(showInstant(new Date('2018-08-06T16:30:00Z'))).toBe('6 August 2018 at 5:30pm');
  expect(showInstant(new Date('2018-08-06T11:00:00Z'))).toBe('6 August 2018 at midday');
  expect(showInstant(new Date('2018-12-06T00:00:00Z'))).toBe('6 December 2018 at midnight');
});

test('days between two days, whatever the clocks did meanwhile', () => {
  expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2);
  expect(daysBetween('2026-10-24', '2026-10-26')).toBe(2);
  expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2);
  expect(daysBetween('2026-01-02', '2026-01-01')).toBe(-1);
});
