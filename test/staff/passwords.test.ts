import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newCode, readCode, showCode } from '../../src/staff/one-time-code.ts';
import { hashSecret, matches } from '../../src/staff/password-hash.ts';
import { passwordFault } from '../../src/staff/password-rules.ts';
import { isEmail, normaliseEmail } from '../../src/staff/staff.ts';

const owner = {
  name: 'Priya Lindqvist',
  email: 'priya.l@willowbank.example',
  practice: { name: 'Willowbank Medical Centre', ods: 'W98765' },
};

test.each([
  ['tidal lantern 41 quarry'],
  ['opt-out-demo-2026'],
  [' spaces at both ends count '],
  ['ﬁve ünlikely wörds'],
  ['🌿🪨🧵🔭🎷🥁🧭🪴🪁🛶🧶🪕'],
  ['k7#qvTz!m2RwL9$d'],
])('%j is good enough', async (password) => {
  expect(await passwordFault(password, owner)).toBeUndefined();
});

test.each([
  ['elevenchars', 'password-too-short'],
  ['🌿🪨🧵🔭🎷🥁', 'password-too-short'],
  ['k7#q'.repeat(51), 'password-too-long'],
  ['password1234', 'password-easy-to-guess'],
  ['qwertyuiop[]', 'password-easy-to-guess'],
  ['aaaaaaaaaaaaaaaa', 'password-easy-to-guess'],
  ['Willowbank2026', 'password-easy-to-guess'],
  ['Priya Lindqvist', 'password-easy-to-guess'],
  ['priya.l@willowbank.example', 'password-easy-to-guess'],
  ['W98765W98765', 'password-easy-to-guess'],
  ['receptionist', 'password-easy-to-guess'],
])('%j is not: %s', async (password, fault) => {
  expect(await passwordFault(password, owner)).toBe(fault);
});

test('a password of 200 characters is taken, one of 201 is not', async () => {
  const long = Array.from({ length: 200 }, (_, n) =>
    String.fromCharCode(33 + ((n * n * 7 + n * 31) % 90)),
  ).join('');
  expect(await passwordFault(long, owner)).toBeUndefined();
  expect(await passwordFault(`${long}x`, owner)).toBe('password-too-long');
});

test('a hash is argon2id at the agreed cost, and of the password exactly as typed', async () => {
  const hashed = await hashSecret(' Tidal ');
  expect(hashed).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await matches(hashed, ' Tidal ')).toBe(true);
  for (const other of ['Tidal', ' tidal ', '']) expect(await matches(hashed, other)).toBe(false);
});

test('without a hash nothing fits', async () => {
  for (const none of [undefined, null, '']) expect(await matches(none, 'anything')).toBe(false);
});

test('a one-time code has 80 random bits, and is read however it is typed', () => {
  const codes = new Set(Array.from({ length: 500 }, newCode));
  expect(codes.size).toBe(500);
  fc.assert(
    fc.property(fc.constantFrom(...codes), fc.boolean(), (code, lower) => {
      const shown = showCode(code);
      expect(shown).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
      const typed = ` ${shown.replaceAll('-', ' – ')} `;
      expect(readCode(lower ? typed.toLowerCase() : typed)).toBe(code);
      expect(readCode(code.replaceAll('0', 'O').replaceAll('1', 'l'))).toBe(code);
    }),
  );
});

test('an email address is compared without spaces and in small letters', () => {
  expect(normaliseEmail('  Ann.Field@Surgery.Example ')).toBe('ann.field@surgery.example');
  expect(['a@b.c', 'o’neill@x.example'].filter(isEmail)).toHaveLength(2);
  expect(['', 'a', '@', 'a@b', 'a b@c.d', `${'a'.repeat(250)}@b.cd`].filter(isEmail)).toEqual([]);
});
