import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FastLineScanner } from '../../src/guard/fast-lines.ts';
import { OBJECT } from '../../src/guard/json-kinds.ts';
import { JsonTape } from '../../src/guard/json-tape.ts';
import { LineScanner } from '../../src/guard/lines.ts';
import { cut, someSizes } from './some-csv.ts';

/** A scanner that finds and reads its lines byte by byte. */
class SlowScanner extends LineScanner {
  read = (tape: JsonTape) => tape.read(this.bytes, this.start, this.contentEnd);
  settle(): void {}
}

/** Every line as a scanner finds and a tape reads it, and how it ended; `shapes` of lines that were cut by the kernel. */
function read(scanner: SlowScanner | FastLineScanner, chunks: readonly Buffer[]) {
  const lines: unknown[] = [];
  const shapes = new Map<string, string>();
  const tape = new JsonTape();
  const take = () => {
    while (scanner.next()) {
      const { bytes, start, contentEnd, end, line, hasBom } = scanner;
      // What is no object is refused by whoever reads it.
      const isRead = scanner.read(tape) && tape.kind(0) === OBJECT;
      const text = bytes.toString('latin1', start, end);
      lines.push({
        text,
        content: contentEnd - start,
        line,
        hasBom,
        values: isRead ? valuesOf(tape, start) : [],
      });
      if (scanner instanceof FastLineScanner && scanner.shape >= 0) {
        const name = `${scanner.numbering} ${scanner.shape}`;
        const shape = JSON.stringify(shapeOf(JSON.parse(bytes.toString('utf8', start, contentEnd))));
        expect(shapes.get(name) ?? shape).toBe(shape);
        shapes.set(name, shape);
      }
    }
    scanner.settle();
  };
  for (const chunk of chunks) {
    scanner.push(chunk);
    take();
  }
  scanner.finish();
  take();
  return { result: { lines, fault: scanner.fault }, shapes };
}

const valuesOf = (tape: JsonTape, from: number) =>
  Array.from({ length: tape.next(0) }, (_, value) => [
    tape.kind(value),
    tape.start(value) - from,
    tape.end(value) - from,
    tape.next(value),
    tape.text(value),
  ]);

/** What is the same for all lines of one shape. */
const shapeOf = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).map(([name, one]) => [name, shapeOf(one)]);
};

/** Returns how many shapes were told apart. */
function expectSame(chunks: readonly Buffer[]): number {
  const { result, shapes } = read(new FastLineScanner(), chunks);
  expect(result).toEqual(read(new SlowScanner(), chunks).result);
  return shapes.size;
}

const awkward = [
  '{}',
  ' \t{ "a" : [ ] , "b":{ } }\r\r',
  '',
  ' \t\r',
  '{"a":"\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d"}',
  '{"\\u0061":1,"b":2}',
  '{"\\u0061":1,"a":2}',
  '{"a":1,"a":2}',
  '{"b":{"a":1,"c":{"x":1,"y":2,"x":3}}}',
  '{"a":[{"a":1},{"a":2}],"b":{"a":1}}',
  '{"a":-0.5e+10,"b":[0,-1,1E5,1.0],"c":true,"d":false,"e":null}',
  ...[
    '01',
    '-',
    '1.',
    '.5',
    '1e',
    '+1',
    '0x1',
    'NaN',
    'tru',
    'nulL',
    'falsy',
    "'a'",
    '"\t"',
    '"\u0001"',
    '"\0"',
  ].map((value) => `{"a":${value}}`),
  ...['"\\x"', '"\\', '"\\u12"', '"\\u12g4"', '"\\"', '"a', '"\\u', '"\u007f"'].map(
    (value) => `{"a":${value}}`,
  ),
  ...[
    '{"a"',
    '{"a":',
    '{"a":1',
    '{"a":1,',
    '{"a":1,}',
    '{,}',
    '{"a" 1}',
    '{a:1}',
    '{"a":1]',
    '{"a":[1}',
    '[',
  ].map((text) => `${text}`),
  '{"a":1}{"b":2}',
  '{"a":1} x',
  '{"a":1}\u00a0',
  '\ufeff{"a":1}',
  '["a"]',
  '"a"',
  'null',
  '[1,]',
  '{"a":[1,,2]}',
  '{"a":[1 2]}',
  '{"naïve":"漢字","😀":"\u2028"}',
  '{"":"","a":" "}',
  '{"a longer name than is compared at once":1,"a longer name than is compared at onze":2}',
  `{"a":${'['.repeat(70)}${']'.repeat(70)}}`,
  `{"a":${'['.repeat(99)}1${']'.repeat(99)}}`,
  `{"a":${'['.repeat(100)}1${']'.repeat(100)}}`,
];

test('every trouble is read the same at every place of what is loaded together', () => {
  for (const trouble of awkward) {
    for (let before = 0; before < 34; before++) {
      const good = `{"id":"${'x'.repeat(before)}","y":"","z":[1]}\n`;
      expectSame([Buffer.from(`${good}${trouble}\n${good}${good}${trouble}`)]);
      expectSame([Buffer.from(`${good}{"id":"${'x'.repeat(before)}","y":${trouble},"z":[1]}\r\n${good}`)]);
    }
  }
});

test('a file of all troubles is read the same with a chunk boundary at every byte, and at every two', () => {
  for (const bom of ['', '\ufeff']) {
    const file = Buffer.from(
      `${bom}${awkward.map((line, n) => line + (n % 3 === 0 ? '\r\n' : '\n')).join('')}{"a":1}`,
    );
    // The mark matters at the start only.
    for (let at = 0; at <= (bom === '' ? file.length : 100); at++) {
      expectSame([file.subarray(0, at), file.subarray(at)]);
      if (at < 100) expectSame([file.subarray(0, at), file.subarray(at, at + 7), file.subarray(at + 7)]);
    }
    expectSame(cut(file, [1]));
  }
});

test('lines have one shape when they differ in nothing but texts, numbers and literals', () => {
  const shapes = (...lines: string[]) => expectSame([Buffer.from(lines.map((line) => `${line}\n`).join(''))]);
  expect(shapes('{"a":1,"b":"x"}', ' { "a" : null, "b" : true } ', '{"a":"","b":2}')).toBe(1);
  expect(
    shapes('{"a":1}', '{"b":1}', '{"a":{}}', '{"a":[]}', '{"a":[1]}', '{"a":1}', '{"a":[{}]}', '{}'),
  ).toBe(7);
  expect(shapes('{"a":{"b":1},"c":2}', '{"a":{"b":1,"c":2}}', '{"a":["b",1],"c":2}')).toBe(3);
  // More than are told apart: the others are read, each by itself.
  expect(shapes(...Array.from({ length: 60 }, (_, n) => `{"member${n % 30}":1}`))).toBe(16);
  const long = 'a name of exactly thirty-two b';
  expect(shapes(...['', 'x', 'y', 'xx', 'xxy', 'xxx'].map((end) => `{"${long}${end}":1}`))).toBe(6);
});

test('a line that is written like the one before but for one byte is read the same', () => {
  const line = '{"a": 1,"bc":[ "x\\n/" , {"d":null} ], "e":{ },"f":-0.5e1 }';
  for (let at = 0; at < line.length; at++) {
    for (const byte of ' "{}[],:\\/\t\u0001\r1-n.eax') {
      const other = line.slice(0, at) + byte + line.slice(at + 1);
      expectSame([Buffer.from(`${line}\n${other}\n${line}\n${line.slice(0, at)}\n`)]);
    }
  }
});

const someValue = fc.oneof(
  fc.json({ maxDepth: 4, noUnicodeString: false }),
  fc.constantFrom(...awkward, '"\\u0031"', '-', '{', '}', '[', ']', ',', ':', '"', '\\', '1', ' ', 'e5'),
);
const someLine = fc
  .tuple(
    fc.array(fc.tuple(fc.constantFrom('"a"', '"b"', '"nhs_number"', '"\\u0061"', '""', 'x'), someValue), {
      maxLength: 5,
    }),
    fc.constantFrom('', ' ', '\t', '\r'),
    fc.constantFrom('\n', '\r\n', '\n\n', ''),
  )
  .map(
    ([members, space, end]) =>
      `${space}{${members.map(([name, value]) => `${name}${space}:${value}`).join(`,${space}`)}}${end}`,
  );

test('any lines are read the same, in any chunks', () => {
  const property = fc.property(fc.array(someLine, { maxLength: 6 }), someSizes, (lines, sizes) => {
    expectSame(cut(Buffer.from(lines.join('')), sizes));
  });
  fc.assert(property, { numRuns: 5_000 });
});

test('lines longer than what is looked at together, with more values or more of them than there is room for', () => {
  const many = Array.from({ length: 9_000 }, (_, n) => `{"n":${n},"of":"${'x'.repeat(n % 40)}"}\n`).join('');
  const values = `{"list":[${'1,'.repeat(20_000)}1]}\n`;
  const members = `{${Array.from({ length: 300 }, (_, n) => `"m${n}":${n}`)}}\n`;
  const long = `{"text":"${'y'.repeat(300_000)}"}\n`;
  const file = Buffer.from(many + values + many + long + members + values + many.slice(0, 70_000));
  expectSame(cut(file, [65_536]));
  expectSame(cut(file, [190_000, 5_000, 300_000]));
  expectSame([Buffer.from('{}\n'.repeat(20_000))]);
});

test('two scanners do not read each other’s lines', () => {
  const [one, other] = [new FastLineScanner(), new FastLineScanner()];
  one.push(Buffer.from('{"a":1}\n{"b":2}\n'));
  expect(one.next()).toBe(true);
  other.push(Buffer.from('{"c":3}\n'));
  expect(() => one.next()).toThrow('settle');
  expect(other.next()).toBe(true);
});
