import { randomBytes, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { actOfCode, checkCode } from '../../src/objections/check-code.ts';

const key = randomBytes(32);

test('a code gives its act back, however it is typed, and no other key does', () => {
  fc.assert(
    fc.property(fc.uuid({ version: 4 }), (id) => {
      const code = checkCode(id, key);
      expect(code).toMatch(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
      const typed = code
        .toLowerCase()
        .replaceAll('0', 'o')
        .replaceAll('1', 'l')
        .replace(/(.{4})/g, '$1 ');
      expect(actOfCode(typed, key)).toBe(id);
      expect(actOfCode(code, randomBytes(32))).not.toBe(id);
    }),
  );
});

test('one letter away is another act, of which there is none', () => {
  const id = randomUUID();
  const code = checkCode(id, key);
  const others = [...code].map(
    (letter, at) => `${code.slice(0, at)}${letter === '2' ? '3' : '2'}${code.slice(at + 1)}`,
  );
  for (const other of others) expect(actOfCode(other, key)).not.toBe(id);
});

test.each([
  '',
  'A',
  'Z'.repeat(26),
  'U'.repeat(26),
  '0'.repeat(25),
  '0'.repeat(27),
  '../../../../../etc/passwd00',
])('%j is no code', (typed) => {
  expect(actOfCode(typed, key)).toBeUndefined();
});
