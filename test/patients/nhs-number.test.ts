import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  checkDigit,
  formatNhsNumber,
  INVALID_NUMBER,
  keyOfNhsNumber,
  keyOfText,
  NO_NUMBER,
  nhsNumberKey,
  nhsNumberOfKey,
  parseNhsNumber,
} from '../../src/patients/nhs-number.ts';

describe('an NHS number, however it is written', () => {
  const spaces =
    '\t\n\v\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a';
  const separators = [...spaces, ...'\u2028\u2029\u202f\u205f\u3000\ufeff', '-', '\u2010', '\u2011'];

  it.each([
    '9434765919',
    '943 476 5919',
    '943-476-5919',
    ' 9434765919 ',
    '９４３４７６５９１９',
    '\ufeff9434765919',
  ])('reads %j', (text) => expect(parseNhsNumber(text)).toEqual({ ok: true, nhsNumber: '9434765919' }));

  it.each(separators)('passes over the separator %j', (separator) => {
    expect(parseNhsNumber(`943${separator}476${separator}5919`)).toEqual({
      ok: true,
      nhsNumber: '9434765919',
    });
  });

  it.each([
    ['4010232137', 'the example of the data dictionary'],
    ['9990000018', 'made up'],
    ['9876543210', 'check digit 0, written for 11'],
  ])('accepts %s: %s', (text) => expect(parseNhsNumber(text).ok).toBe(true));

  it('shows it 3-3-4', () => expect(formatNhsNumber('9434765919')).toBe('943 476 5919'));
});

describe('what is not an NHS number', () => {
  it.each([
    ['', 'missing'],
    [' \u00a0\t', 'missing'],
    ['-', 'missing'],
    ['AB123456C', 'looks-like-national-insurance'],
    ['ab 12 34 56 c', 'looks-like-national-insurance'],
    ['9.99E+09', 'not-digits'],
    ['9434765919.0', 'not-digits'],
    ['9434765919a', 'not-digits'],
    ['943\u200b4765919', 'not-digits'],
    ['943\u20134765919', 'not-digits'],
    ['+9434765919', 'not-digits'],
    ['٩٤٣٤٧٦٥٩١٩', 'not-digits'],
    ['NULL', 'not-digits'],
    ['943476591', 'too-short'],
    ['94347659190', 'too-long'],
    ['0000000000', 'repeated'],
    ['1111111111', 'repeated'],
    ['9434765918', 'check-digit'],
    ['4857773456', 'check-digit'],
    ['9991234560', 'check-digit'],
  ])('%j is %s', (text, reason) => expect(parseNhsNumber(text)).toEqual({ ok: false, reason }));

  it('has no check digit ten', () => expect(checkDigit('999123456')).toBeUndefined());
});

const written = fc.oneof(
  fc.stringMatching(/^[0-9]{9,11}$/),
  // The bytes around the digits, where reading ten at once could take one for a digit.
  fc.array(fc.constantFrom(...'0123456789*+,-./:;'), { minLength: 10, maxLength: 10 }),
  fc.array(fc.constantFrom(...'0123456789', '９', '４', ' ', '-', '\u00a0', '\u2011', '\r', 'a', '.'), {
    maxLength: 14,
  }),
  fc.stringMatching(/^[0-9]{9}$/).map((nine) => nine + (checkDigit(nine) ?? '')),
  fc.string({ unit: 'binary' }),
);

test('the scanner reads bytes exactly as the one function reads text', () => {
  fc.assert(
    fc.property(written, fc.string(), (value, around) => {
      const text = [value].flat().join('');
      const before = Buffer.from(around);
      const bytes = Buffer.concat([before, Buffer.from(text), before]);
      const key = nhsNumberKey(bytes, before.length, bytes.length - before.length);
      const parsed = parseNhsNumber(bytes.toString('utf8', before.length, bytes.length - before.length));
      if (parsed.ok) expect(nhsNumberOfKey(key)).toBe(parsed.nhsNumber);
      else expect(key).toBe(parsed.reason === 'missing' ? NO_NUMBER : INVALID_NUMBER);
    }),
    { numRuns: 20_000 },
  );
});

test('ten bytes of which one is no digit are no number, whatever the others are', () => {
  const bytes = Buffer.alloc(10);
  for (let place = 0; place < 10; place++)
    for (let byte = 0; byte < 0x80; byte++)
      // So many others that one of them would make the sum right.
      for (let other = 0; other < 11; other++) {
        bytes.write(String(1_234_567_890 + 7 * other));
        bytes[place] = byte;
        expect(nhsNumberKey(bytes, 0, 10)).toBe(keyOfText(bytes.toString('latin1')));
      }
});

test('ten digits that are all the same are no number, though the check digit of each is right', () => {
  for (const digit of '0123456789') {
    expect(nhsNumberKey(Buffer.from(digit.repeat(10)), 0, 10)).toBe(INVALID_NUMBER);
    expect(nhsNumberKey(Buffer.from(` ${digit.repeat(10)}`), 0, 11)).toBe(INVALID_NUMBER);
  }
});

test('nine digits give the tenth back', () => {
  expect(nhsNumberOfKey(keyOfNhsNumber('0123456886'))).toBe('0123456886');
  expect(parseNhsNumber('0123456886').ok).toBe(true);
  expect(() => nhsNumberOfKey(999_123_456)).toThrow();
});
