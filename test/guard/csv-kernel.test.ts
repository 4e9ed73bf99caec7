import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CsvScanner } from '../../src/guard/csv.ts';
import { FastCsvScanner } from '../../src/guard/fast-csv.ts';
import type { RowShape } from '../../src/guard/found-rows.ts';
import { nhsNumberKey } from '../../src/patients/nhs-number.ts';
import { cut, someBytes, someSizes } from './some-csv.ts';

/** Every record as a scanner reads it, and how it ended. Of a shape that asks for one cell, the others are not compared. */
function read(scanner: CsvScanner, chunks: readonly Buffer[], shape: RowShape) {
  const records: unknown[] = [];
  const take = () => {
    while (scanner.next()) {
      const { bytes, start, contentEnd, end, cells, readable } = scanner;
      const isRow = scanner.columns > 0;
      const asked = Array.from({ length: cells }, (_, cell) => cell).filter(
        (cell) => !isRow || !shape.onlyNumber || cell === shape.numberColumn,
      );
      const places = readable ? asked.map((cell) => cellAt(scanner, cell)) : [];
      const line = readable ? undefined : scanner.line;
      const text = bytes.toString('latin1', start, end);
      records.push({ text, content: contentEnd - start, readable, cells, places, line });
      scanner.columns = shape.columns;
      if (scanner instanceof FastCsvScanner) {
        expectKeys(scanner, shape.numberColumn);
        scanner.shape = shape;
      }
    }
  };
  for (const chunk of chunks) {
    scanner.push(chunk);
    take();
  }
  scanner.finish();
  take();
  return { records, fault: scanner.fault };
}

const cellAt = (scanner: CsvScanner, cell: number) =>
  scanner.bytes.toString('latin1', scanner.cellStart(cell), scanner.cellEnd(cell));

/** The number of each row found together is read as always, when it is ten digits and valid. */
function expectKeys({ bytes, found, taken }: FastCsvScanner, column: number): void {
  if (column < 0 || taken !== 1) return;
  for (let row = 0; row < found.count; row++) {
    const [start, end] = [found.cellStart(row, column), found.cellEnd(row, column)];
    const key = end - start === 10 ? nhsNumberKey(bytes, start, end) : -1;
    const isPlain = /^\d{10}$/.test(bytes.toString('latin1', start, end));
    expect(Math.max(found.key(row), -1)).toBe(isPlain ? Math.max(key, -1) : -1);
  }
}

const shapesOf = (columns: number): RowShape[] => [
  { columns, numberColumn: -1, onlyNumber: false },
  { columns, numberColumn: columns >> 1, onlyNumber: false },
  { columns, numberColumn: 0, onlyNumber: true },
  { columns, numberColumn: columns - 1, onlyNumber: true },
];

function expectSame(chunks: readonly Buffer[], columns: number, shapes = shapesOf(columns)): void {
  for (const shape of shapes)
    expect(read(new FastCsvScanner(), chunks, shape)).toEqual(read(new CsvScanner(), chunks, shape));
}

const awkward = [
  'a,b,c\r\n',
  '1,"x, ""y""\r\nz",3\n',
  '"",,""\r\n',
  '"""","""x""",","\n',
  '\n\r\n',
  'a"b,2,3\n',
  '1,"2"x,3\n',
  '1,"2",3,4\n',
  '1,2\n',
  '1,"a\0",3\n',
  '1,\0,3\n',
  '1,2,"3"\r\r\n',
  '1,2,"3"\r,\n',
  'lone\rreturn,2,"\r"\n',
  ',,\n',
  '1,""2"",3\n',
  'naïve,漢字,"😀"\r\n',
  '9990000018,9990000026,9990000034\r\n',
  '9990000010,0000000000,999000003\n',
  '1111111111,1111111111,7777777777\n',
  '7777777777,9999999999,9999999999\n',
  '"9990000018",999 000 0026,99900000/4\n',
  '1,2,"last"',
];

test('every trouble is read the same at every place of a block of 64 bytes', () => {
  for (const trouble of awkward) {
    for (let before = 0; before < 66; before++) {
      const good = `${'x'.repeat(before)},"y",z\n`;
      expectSame([Buffer.from(`a,b,c\n1,2,3\n${good}${trouble}${good}${good}`)], 3);
    }
  }
});

test('a file of all troubles is read the same with a chunk boundary at every byte, and at every two', () => {
  const file = Buffer.from(awkward.join(''));
  const two = shapesOf(3).slice(1, 3);
  for (let at = 0; at <= file.length; at++) {
    expectSame([file.subarray(0, at), file.subarray(at)], 3);
    for (let next = at; next <= file.length; next += 7)
      expectSame([file.subarray(0, at), file.subarray(at, next), file.subarray(next)], 3, two);
  }
  expectSame(cut(file, [1]), 3);
});

test('a file of one column has empty lines, and no rows in them', () => {
  expectSame([Buffer.from('a\n\n1\r\n\r\n\n"2"\n""\n\r\r\n')], 1);
});

test('any bytes are read the same, in any chunks', () => {
  const property = fc.property(
    someBytes,
    someSizes,
    fc.integer({ min: 1, max: 6 }),
    (bytes, sizes, columns) => expectSame(cut(bytes, sizes), columns),
  );
  fc.assert(property, { numRuns: 3_000 });
});

test('rows longer than what is looked at together, and thousands of them, are read the same', () => {
  const long = `1,"${'y\n'.repeat(100_000)}",3\n`;
  const many = Array.from(
    { length: 9_000 },
    (_, n) => `${n},${n % 50 === 0 ? '"a\nb"' : 'c'},${n % 777 === 0 ? '"' : ''}d\n`,
  );
  expectSame(
    cut(Buffer.from(`a,b,c\n${many.join('')}${long}${many.join('').slice(0, 70_000)}"`), [65_536]),
    3,
  );
});
