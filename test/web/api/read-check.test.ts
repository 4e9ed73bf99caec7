import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainNumbers } from '../../../src/guard/check.ts';
import { keyOfText } from '../../../src/patients/nhs-number.ts';
import { readAnyJsonCheck, readJsonCheck } from '../../../src/web/api/read-check.ts';
import { MOST_NUMBERS } from '../../../src/web/api/schemas.ts';
import { someNumbers } from '../../guard/some-csv.ts';

/** What is asked about, or why not. */
function asked(read: ReturnType<typeof readJsonCheck>) {
  if (!read.ok) return read.reason;
  return read.numbers instanceof Int32Array ? [...read.numbers] : read.numbers.map(keyOfText);
}

const spaces = fc.oneof(
  { arbitrary: fc.constantFrom('', '', ' ', '\n  ', '\t', '\r\n'), weight: 40 },
  { arbitrary: fc.constant('\u00a0'), weight: 1 },
);
const text = fc.oneof(
  { arbitrary: fc.constantFrom(...someNumbers), weight: 20 },
  fc.constantFrom(
    '',
    ' ',
    '999 000 0018',
    '999-000-0018 ',
    '9990000010',
    '1111111111',
    'x',
    '９９９００００018',
    '\u00a0',
    'a"b',
    'a\\b',
    '\t',
    '\u007f',
  ),
  fc.string(),
);
const value = fc.oneof(
  { arbitrary: text.map((one) => JSON.stringify(one)), weight: 24 },
  {
    arbitrary: fc.constantFrom(
      '"\\u0039990000018"',
      '1',
      'null',
      '["9990000018"]',
      '9990000018',
      '"9990000018',
      "'9990000018'",
    ),
    weight: 1,
  },
);
const body = fc
  .tuple(
    fc.array(fc.tuple(spaces, value, spaces), { maxLength: 5 }),
    fc.array(spaces, { minLength: 5, maxLength: 5 }),
    fc.constantFrom('', '', '', '', '', '', '', '', ',"more":1', ',', ']', '}'),
    fc.constantFrom('nhsNumbers', 'nhsNumbers', 'nhsNumbers', 'nhsNumbers', 'nhsnumbers', 'x'),
  )
  .map(
    ([list, [a, b, c, d, e], more, name]) =>
      `{${a}"${name}"${b}:${c}[${list.map((one) => one.join('')).join(',')}]${more}${d}}${e}`,
  );

test('a list is read by its bytes as JSON reads it: the same numbers, or the same fault', () => {
  let plain = 0;
  const property = fc.property(body, fc.integer({ min: 0, max: 9 }), (whole, cutAt) => {
    const bytes = Buffer.from(cutAt === 0 ? whole.slice(0, whole.length / 2) : whole);
    if (plainNumbers(bytes, MOST_NUMBERS) !== undefined) plain++;
    const numbers = asked(readAnyJsonCheck(bytes));
    expect(asked(readJsonCheck(bytes))).toEqual(numbers);
    // In memory that another check has left, of which there may be too little.
    expect(asked(readJsonCheck(bytes, new Int32Array(cutAt).fill(999_000_001)))).toEqual(numbers);
  });
  fc.assert(property, { numRuns: 10_000 });
  expect(plain).toBeGreaterThan(100);
});

test('nothing but a whole plain list is read by its bytes', () => {
  const read = (one: string, most = 3) => {
    const numbers = plainNumbers(Buffer.from(one), most);
    return numbers && [...numbers.keys];
  };
  const [a = ''] = someNumbers;
  expect(read(`{"nhsNumbers":["${a}", "x",""]}\n`)).toEqual([keyOfText(a), -2, -1]);
  for (const other of [
    '',
    '{"nhsNumbers":[]}',
    '{"nhsNumbers":["1","2","3","4"]}',
    '{"nhsNumbers":["1"]',
    '{"nhsNumbers":["1"]}x',
    '{"nhsNumbers":["1",]}',
    '{"nhsNumbers":["\\n"]}',
    '{"nhsNumbers":["ü"]}',
  ])
    expect(read(other)).toBeUndefined();
  for (let cut = 0; cut < 20; cut++) expect(read('{"nhsNumbers":["1"]}'.slice(0, cut))).toBeUndefined();
});
