// Random extracts: every quoting, line ending and encoding trouble, about a handful of made-up patients.
import fc from 'fast-check';
import { nhsNumberOfKey } from '../../src/patients/nhs-number.ts';
import type { SlowPatient } from './slow-guard.ts';

export const someNumbers = [1, 2, 3, 4, 5, 6].map((last) => nhsNumberOfKey(999_000_000 + last));

const flags = fc.record({
  type1: fc.boolean(),
  type2: fc.boolean(),
  left: fc.boolean(),
  restricted: fc.boolean(),
});

/** A patient list: some of the numbers, one perhaps twice. */
export const somePatients: fc.Arbitrary<SlowPatient[]> = fc.array(
  fc
    .tuple(fc.constantFrom(...someNumbers.slice(0, 5)), fc.option(flags, { freq: 2 }))
    .map(([nhsNumber, known]) => ({
      nhsNumber,
      ...(known ?? { type1: false, type2: false, left: false, restricted: false }),
    })),
  { minLength: 2, maxLength: 7 },
);

const separator = fc.constantFrom('', '', ' ', '-', '\u00a0', '\u2009', '\u2010', '\u2011', '\t');
const wide = (digits: string) =>
  digits.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit)));

/** An NHS number as it may be written, mostly one of ours. */
const writtenNumber = fc.oneof(
  { arbitrary: fc.constantFrom(...someNumbers), weight: 4 },
  {
    arbitrary: fc
      .tuple(fc.constantFrom(...someNumbers), separator, separator, fc.boolean(), separator)
      .map(([number, a, b, full, pad]) => {
        const digits = full ? wide(number) : number;
        return `${pad}${digits.slice(0, 3)}${a}${digits.slice(3, 6)}${b}${digits.slice(6)}${pad}`;
      }),
    weight: 3,
  },
  fc.constantFrom(
    '',
    ' ',
    '9.99E+09',
    '9990000018.0',
    '9990000010',
    '1111111111',
    '999000001',
    '99900000180',
    'x',
  ),
);

const value = fc.oneof(
  fc.constantFrom(
    '',
    'a',
    'text',
    '2024-02-29',
    '29/02/2023',
    '06-May-2024',
    '2024-05-06T10:00:00Z',
    '31/12/1999',
  ),
  fc.constantFrom('EX1 1AA', 'w1a1aa', 'EX1', 'naïve', '漢字', '😀', '\u00a0', '#&+ (x)', 'a\rb', '\r'),
  writtenNumber,
);

const quoted = fc
  .array(fc.oneof(value, fc.constantFrom('""', ',', '\n', '\r\n', '\r', ' ')), { maxLength: 3 })
  .map((parts) => `"${parts.join('')}"`);
const trouble = fc.constantFrom(
  'a"b',
  '"a"b',
  '"a" ',
  ' "a"',
  '""a""',
  '\0',
  '"\0"',
  '"a"\r',
  'a,b',
  '"',
  '"a""',
);

const cell = fc.oneof(
  { arbitrary: value, weight: 24 },
  { arbitrary: quoted, weight: 8 },
  { arbitrary: trouble, weight: 1 },
);
const numberCell = fc.oneof(
  { arbitrary: writtenNumber, weight: 10 },
  { arbitrary: writtenNumber.map((text) => `"${text}"`), weight: 4 },
  { arbitrary: cell, weight: 1 },
);
const lineEnd = fc.oneof(
  { arbitrary: fc.constantFrom('\n', '\r\n'), weight: 12 },
  { arbitrary: fc.constantFrom('\n\n', '\r\n\r\n', '\n\r\n', '\r', '\r\r\n'), weight: 1 },
);

export const columnNames = ['nhs_number', 'day', 'postcode', 'note'];
const headerName = (name: string) =>
  fc.oneof(
    { arbitrary: fc.constant(name), weight: 30 },
    fc.constantFrom(`"${name}"`, ` ${name} `, name.toUpperCase(), 'NHS No', 'note', `${name}"`),
  );

/** Header and rows as text, mostly well formed. */
export const someText = fc
  .tuple(
    fc.constantFrom('', '', '', '\ufeff', '\n'),
    fc.tuple(headerName('nhs_number'), headerName('day'), headerName('postcode'), headerName('note')),
    fc.array(
      fc.record({
        cells: fc.tuple(numberCell, cell, cell, cell),
        ragged: fc.integer({ min: 0, max: 20 }),
        end: lineEnd,
      }),
      { maxLength: 7 },
    ),
    lineEnd,
    fc.boolean(),
  )
  .map(([before, header, rows, headerEnd, cutLastEnd]) => {
    const lines = rows.map(({ cells, ragged, end }) => {
      const row = ragged === 0 ? cells.slice(0, 3) : ragged === 1 ? [...cells, ''] : cells;
      return row.join(',') + end;
    });
    const text = before + header.join(',') + headerEnd + lines.join('');
    return cutLastEnd ? text.replace(/[\r\n]+$/, '') : text;
  });

/** Some bytes, now and then with something in them that is not UTF-8, or cut in the middle of a character. */
export const someBytes = fc
  .tuple(
    someText,
    fc.integer({ min: 0, max: 24 }),
    fc.nat(),
    fc.constantFrom(
      [0xff],
      [0xc3],
      [0x80],
      [0xe2, 0x82],
      [0xf0, 0x9f, 0x98],
      [0xed, 0xa0, 0x80],
      [0xc0, 0x80],
    ),
  )
  .map(([text, kind, place, wrong]) => {
    const bytes = Buffer.from(text);
    const at = place % (bytes.length + 1);
    if (kind === 0) return Buffer.concat([bytes.subarray(0, at), Buffer.from(wrong), bytes.subarray(at)]);
    return kind === 1 ? bytes.subarray(0, at) : bytes;
  });

const plainCells: Record<string, fc.Arbitrary<string>> = {
  nhs_number: fc.oneof(
    { arbitrary: fc.constantFrom(...someNumbers), weight: 30 },
    { arbitrary: numberCell, weight: 1 },
  ),
  day: fc.oneof(
    { arbitrary: fc.constantFrom('2024-05-06', '2024-12-01', '0000-01-28', '2023-02-28', ''), weight: 6 },
    fc.constantFrom('2024-05-31', '2024-02-29', '2023-02-29', '2023-13-01', '2023-00-10', '2023-04-31'),
    fc.constantFrom(
      '2024-05-00',
      '2024/05/06',
      '"2024-05-06"',
      ' 2024-05-06',
      '2024-05-06T10:00',
      '06/05/2024',
    ),
  ),
  postcode: fc.constantFrom('EX1 1AA', '', 'w1a1aa', 'naïve', '"a, b"', '"a\r\nb"'),
  note: fc.constantFrom(
    '',
    'a',
    'text',
    '"said ""so"""',
    '"a\nb"',
    'a much longer note than the others, of 60 bytes or so',
  ),
};

/** Rows as most are, many of each patient, with the columns in any order; one in some has some trouble. */
export const someManyRows: fc.Arbitrary<Buffer> = fc
  .tuple(
    fc.oneof(fc.constant(columnNames), fc.shuffledSubarray(columnNames, { minLength: 4 })),
    fc.array(
      fc.record({
        cells: fc.record(plainCells),
        trouble: fc.option(cell, { freq: 30 }),
        end: fc.oneof({ arbitrary: fc.constant('\n'), weight: 3 }, lineEnd),
      }),
      { minLength: 20, maxLength: 60 },
    ),
  )
  .map(([names, rows]) => {
    const lines = rows.map(({ cells, trouble, end }) => {
      const row = names.map((name) => cells[name]);
      if (trouble !== null) row[1] = trouble;
      return row.join(',') + end;
    });
    return Buffer.from(`${names.join(',')}\n${lines.join('')}`);
  });

/** Everybody of whom these rows are, each once, most of them without anything that withholds. */
export const everybody: fc.Arbitrary<SlowPatient[]> = fc
  .tuple(...someNumbers.map(() => fc.option(flags, { freq: 3 })))
  .map((known) =>
    someNumbers.map((nhsNumber, place) => ({
      nhsNumber,
      ...(known[place] ?? { type1: false, type2: false, left: false, restricted: false }),
    })),
  );

/** Cuts bytes into chunks of the given sizes, over and over; an empty chunk is a chunk. */
export function cut(bytes: Buffer, sizes: readonly number[]): Buffer[] {
  const chunks: Buffer[] = [];
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes.length === 0 ? bytes.length : (sizes[i % sizes.length] as number);
    chunks.push(bytes.subarray(at, at + size));
    at += size;
  }
  return chunks;
}

export const someSizes = fc.oneof(
  fc.constant([1]),
  fc.constant([]),
  fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 6 }).map((sizes) => [...sizes, 3]),
);

/** Cuts of the files of many rows, most of which leave rows together. */
export const longSizes = fc.oneof(
  { arbitrary: fc.constantFrom([], [1000], [900, 61]), weight: 4 },
  { arbitrary: someSizes, weight: 1 },
);
