import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '../../src/day.ts';
import { type DateOrder, findDateOrder, readListDay } from '../../src/patients/list-day.ts';

const names = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const bare = (text = '') => String(Number(text));

/** How one system or another writes a day; `order` is the one in which it can be read. */
const shapes: readonly { write: (year: string, month: string, day: string) => string; order?: DateOrder }[] =
  [
    { write: (year, month, day) => `${year}-${month}-${day}` },
    { write: (year, month, day) => `${year}-${month}-${day}T00:00:00` },
    { write: (year, month, day) => `${year}/${month}/${day}` },
    { write: (year, month, day) => `${year}${month}${day}` },
    { write: (year, month, day) => `${day} ${names[Number(month) - 1]} ${year}` },
    { write: (year, month, day) => `${day}-${names[Number(month) - 1]}-${year}` },
    { write: (year, month, day) => `${bare(day)} ${names[Number(month) - 1]?.toUpperCase()} ${year} 00:00` },
    { write: (year, month, day) => `${day}/${month}/${year}`, order: 'day-first' },
    { write: (year, month, day) => `${bare(day)}.${bare(month)}.${year} 10:15`, order: 'day-first' },
    { write: (year, month, day) => `${month}/${day}/${year}`, order: 'month-first' },
    { write: (year, month, day) => `${bare(month)}-${bare(day)}-${year} 00:00:00`, order: 'month-first' },
  ];
const aShape = fc.constantFrom(...shapes);
const aDay = fc.integer({ min: 0, max: 46_000 }).map((days) => addDays('1900-01-01', days));
const written = ({ write }: (typeof shapes)[number], iso: string) => {
  const [year = '', month = '', day = ''] = iso.split('-');
  return write(year, month, day);
};

test('every real day is read back from every shape, in its order', () => {
  fc.assert(
    fc.property(aShape, aDay, (shape, day) => {
      expect(readListDay(written(shape, day), shape.order)).toBe(day);
    }),
  );
});

test('a file of one shape is read right, or asked about: never another day', () => {
  fc.assert(
    fc.property(aShape, fc.array(aDay, { minLength: 1, maxLength: 30 }), (shape, days) => {
      const cells = days.map((day) => written(shape, day));
      const found = findDateOrder(cells);
      if (found.order === undefined) expect(cells.join()).toContain(found.example);
      else expect(cells.map((cell) => readListDay(cell, found.order))).toEqual(days);
    }),
  );
});

test('one day after the 12th tells it for the whole file, wherever it stands', () => {
  const unclear = fc.array(
    fc
      .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }))
      .map(([a, b]) => `${a}/${b}/1980`),
  );
  fc.assert(
    fc.property(unclear, fc.integer({ min: 13, max: 28 }), unclear, (before, day, after) => {
      expect(findDateOrder([...before, `${day}/03/1980`, ...after])).toEqual({ order: 'day-first' });
      expect(findDateOrder([...before, `03/${day}/1980`, ...after])).toEqual({ order: 'month-first' });
    }),
  );
});

test.each([
  [['03/04/1980'], '03/04/1980'],
  [['05/05/1980', '3.4.1980 00:00', 'rubbish', ''], '3.4.1980'],
  [['13/04/1980', '04/13/1980', '03/04/1980'], '03/04/1980'],
])('%j does not tell: %s is asked about', (cells, example) => {
  expect(findDateOrder(cells)).toEqual({ order: undefined, example });
});

test.each([
  [[]],
  [['05/05/1980']],
  [['1980-03-04', '19800304', '3 Apr 1980']],
  [['13/04/1980', '04/13/1980']],
])('%j need not be asked about', (cells) => {
  expect(findDateOrder(cells)).toEqual({ order: 'day-first' });
});

test.each([
  '31/02/1980',
  '1980-13-01',
  '1980-1-1',
  '7 Maypole 1985',
  '7 Ma 1985',
  '03/04/80',
  '0',
  '',
  '1980',
])('%j is no day', (cell) => {
  expect([readListDay(cell), readListDay(cell, 'month-first')]).toEqual([undefined, undefined]);
});
