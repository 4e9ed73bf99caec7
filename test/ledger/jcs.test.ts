import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson, isCanonicalJson, type Json, sameJson } from '../../src/ledger/jcs.ts';

describe('canonical JSON (RFC 8785)', () => {
  test('sorts members by UTF-16 code units, not by code points', () => {
    // The example of RFC 8785 section 3.2.3.
    const value = {
      '€': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '😀': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      ö: 'Latin Small Letter O With Diaeresis',
    };
    expect(canonicalJson(value)).toBe(
      '{"\\r":"Carriage Return","1":"One","\u0080":"Control","ö":"Latin Small Letter O With Diaeresis",' +
        '"€":"Euro Sign","😀":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}',
    );
  });

  test('escapes as little as it may', () => {
    expect(canonicalJson('€$\u000f\nA\'B"\\\\"/')).toBe('"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"');
  });

  test('writes nested values without spaces', () => {
    expect(canonicalJson({ b: [1, null, true, { z: '', a: -7 }], a: {} })).toBe(
      '{"a":{},"b":[1,null,true,{"a":-7,"z":""}]}',
    );
  });

  test.each([
    ['a fraction', 0.5],
    ['a number past 2^53 - 1', 2 ** 53],
    ['not a number', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
    ['minus zero', -0],
    ['half of a surrogate pair', 'a\ud800'],
    ['half of a surrogate pair in a name', { '\udc00': 1 }],
    ['undefined', { a: undefined }],
    ['a hole in a list', new Array(1)],
    ['a date', new Date(0)],
    ['bytes', Uint8Array.of(1)],
    ['a bigint', 1n],
    ['a function', () => 1],
  ])('refuses %s', (_, value) => {
    expect(() => canonicalJson(value as Json)).toThrow(TypeError);
  });

  test('reads back as it was, and the order of members makes no difference', () => {
    const { value } = fc.letrec<{ value: Json }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.string({ unit: 'grapheme' }),
        fc.maxSafeInteger().map((n) => n + 0),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('value')),
        fc.dictionary(fc.string({ unit: 'grapheme' }), tie('value'), { noNullPrototype: true }),
      ),
    }));
    fc.assert(
      fc.property(value, (given) => {
        const text = canonicalJson(given);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
        expect(canonicalJson(upsideDown(given))).toBe(text);
      }),
    );
  });
});

function upsideDown(value: Json): Json {
  if (Array.isArray(value)) return value.map(upsideDown);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, upsideDown(member)]),
  );
}

describe('a text is found canonical', () => {
  test.each([
    ['sorted', '{"a":1,"b":[true,null]}', true],
    ['not sorted', '{"b":1,"a":2}', false],
    ['not sorted, deep inside', '{"a":[{"c":1,"b":2}]}', false],
    ['sorted as texts, not as numbers', '{"10":1,"9":2}', true],
    ['sorted as numbers', '{"9":1,"10":2}', false],
    ['a member twice', '{"a":1,"a":1}', false],
    ['a space', '{"a": 1}', false],
    ['a fraction', '{"a":0.5}', false],
    ['a number written otherwise', '{"a":1e2}', false],
    ['minus zero', '{"a":-0}', false],
    ['an escape that need not be', '{"a":"\\u0041"}', false],
    ['half of a surrogate pair', '{"a":"\\ud800"}', false],
    ['a backslash before ud', '{"a":"\\\\ud800"}', true],
  ])('%s', (_, text, isCanonical) => {
    expect(isCanonicalJson(text, JSON.parse(text))).toBe(isCanonical);
  });

  test('exactly when it is what is written, and values the same when their texts are', () => {
    const written = (json: unknown) => {
      try {
        return canonicalJson(json as Json);
      } catch {
        return undefined;
      }
    };
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (value, other) => {
        const text = JSON.stringify(value);
        expect(isCanonicalJson(text, JSON.parse(text))).toBe(written(JSON.parse(text)) === text);
        const [one, two] = [written(value), written(other)];
        if (one === undefined || two === undefined) return;
        expect(sameJson(value as Json, other as Json)).toBe(one === two);
        expect(sameJson(value as Json, JSON.parse(one))).toBe(true);
      }),
    );
  });
});
