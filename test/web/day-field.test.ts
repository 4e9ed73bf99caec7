import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayField, dayValues, optionalDay } from '../../src/web/day-field.ts';

const field = dayField('Date of birth', 'Enter the date of birth');
const read = (day: string, month: string, year: string) => {
  const { data, error } = field.safeParse({ day, month, year });
  return error ? [error.issues[0]?.path[0], error.issues[0]?.message] : data;
};

test.each([
  ['3', '3', '2026', '2026-03-03'],
  [' 03 ', ' 03 ', ' 2026 ', '2026-03-03'],
  ['29', '2', '2024', '2024-02-29'],
  ['1', 'Sept', '1999', '1999-09-01'],
  ['1', 'december', '1899', '1899-12-01'],
])('%s %s %s is %s', (day, month, year, expected) => {
  expect(read(day, month, year)).toBe(expected);
});

test.each([
  ['', '', '', 'day', 'Enter the date of birth'],
  ['3', '', '2026', 'month', 'Date of birth must include a month'],
  ['', '3', '', 'day', 'Date of birth must include a day and year'],
  ['3', '3', '26', 'year', 'Year of date of birth must include 4 numbers'],
  ['29', '2', '2023', 'day', 'Date of birth must be a real date'],
  ['31', '4', '2023', 'day', 'Date of birth must be a real date'],
  ['0', '1', '2023', 'day', 'Date of birth must be a real date'],
  ['1', '13', '2023', 'day', 'Date of birth must be a real date'],
  ['1.5', '1', '2023', 'day', 'Date of birth must be a real date'],
  ['1e1', '1', '2023', 'day', 'Date of birth must be a real date'],
  ['1', '', '', 'month', 'Date of birth must include a month and year'],
  ['1', 'junk', '2023', 'day', 'Date of birth must be a real date'],
  ['1', 'Smarch', '2023', 'day', 'Date of birth must be a real date'],
  ['1', '1', '0001', 'day', 'Date of birth must be a real date'],
])('%s %s %s points to the %s: "%s"', (day, month, year, part, message) => {
  expect(read(day, month, year)).toEqual([part, message]);
});

test('each day of the calendar is read as it is', () => {
  const days = fc.date({ min: new Date('1850-01-01'), max: new Date('2150-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(days, (date) => {
      const iso = date.toISOString().slice(0, 10);
      const [year = '', month = '', day = ''] = iso.split('-');
      expect(read(String(Number(day)), month, year)).toBe(iso);
    }),
  );
});

test.each([
  [undefined, null],
  [{ day: '', month: ' ', year: '' }, null],
  [{ day: '3', month: 'mar', year: '2026' }, '2026-03-03'],
])('a day that may be left out: %o is %s', (boxes, expected) => {
  expect(optionalDay('First asked on').parse(boxes)).toBe(expected);
});

test('left out in part, it is at fault as any other', () => {
  const { error } = optionalDay('First asked on').safeParse({ day: '3', month: '', year: '2026' });
  expect(error?.issues).toMatchObject([{ path: ['month'], message: 'First asked on must include a month' }]);
});

test.each([
  ['2026-03-09', { 'on-day': '9', 'on-month': '3', 'on-year': '2026' }],
  [null, { 'on-day': '', 'on-month': '', 'on-year': '' }],
])('%s is put into the three boxes', (day, boxes) => {
  expect(dayValues('on', day)).toEqual(boxes);
});
