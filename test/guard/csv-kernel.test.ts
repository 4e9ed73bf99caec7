import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CsvScanner } from '../../src/guard/csv.ts';
import { FastCsvScanner } from '../../src/guard/fast-csv.ts';
import { cut, someBytes, someSizes } from './some-csv.ts';

/** Every record as a scanner reads it, and how it ended. */
function read(scanner: CsvScanner, chunks: readonly Buffer[], columns: number) {
  const records: unknown[] = [];
  const take = () => {
    while (scanner.next()) {
      const { bytes, start, contentEnd, end, cells, readable } = scanner;
      const places = readable ? Array.from({ length: cells }, (_, cell) => cellAt(scanner, cell)) : [];
      const line = readable ? undefined : scanner.line;
      const text = bytes.toString('latin1', start, end);
      records.push({ text, content: contentEnd - start, readable, cells, places, line });
      scanner.columns = columns;
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

function expectSame(chunks: readonly Buffer[], columns: number): void {
  const slow = read(new CsvScanner(), chunks, columns);
  expect(read(new FastCsvScanner(), chunks, columns)).toEqual(slow);
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
  for (let at = 0; at <= file.length; at++) {
    expectSame([file.subarray(0, at), file.subarray(at)], 3);
    for (let next = at; next <= file.length; next += 7)
      expectSame([file.subarray(0, at), file.subarray(at, next), file.subarray(next)], 3);
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
  fc.assert(property, { numRuns: 5_000 });
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
