import { expect, test } from 'vitest';
import { textLength } from '../../src/notices/gsm-7.ts';

const of = (text: string) => {
  const { alphabet, units, segments, left } = textLength(text);
  return [alphabet, units, segments, left];
};

// 160 septets in one segment, 153 in each of several; 70 and 67 for UCS-2 (3GPP TS 23.038 and 23.040).
test.each([
  ['', ['gsm-7', 0, 0, 160]],
  ['a'.repeat(160), ['gsm-7', 160, 1, 0]],
  ['a'.repeat(161), ['gsm-7', 161, 2, 145]],
  ['a'.repeat(306), ['gsm-7', 306, 2, 0]],
  ['a'.repeat(307), ['gsm-7', 307, 3, 152]],
  ['ł'.repeat(70), ['ucs-2', 70, 1, 0]],
  ['ł'.repeat(71), ['ucs-2', 71, 2, 63]],
  ['£@ΔÄñ\n', ['gsm-7', 6, 1, 154]],
  ['€', ['gsm-7', 2, 1, 158]],
  ['[]{}~^|\\', ['gsm-7', 16, 1, 144]],
])('%j', (text, expected) => {
  expect(of(text)).toEqual(expected);
});

test('an escape and its character are never cut in two: they go to the next segment', () => {
  expect(of(`${'a'.repeat(152)}€${'a'.repeat(10)}`)).toEqual(['gsm-7', 164, 2, 141]);
});

test('nor is a surrogate pair', () => {
  expect(of(`${'ł'.repeat(66)}😀${'ł'.repeat(10)}`)).toEqual(['ucs-2', 78, 2, 55]);
});

test('what makes a message long is named: typographic quotes, and letters that GSM-7 lacks', () => {
  expect(textLength('It’s Łukasz’s').outside).toEqual(['’', 'Ł']);
  expect(textLength('Grüße, señor').outside).toEqual([]);
});
