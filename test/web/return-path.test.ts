import fc from 'fast-check';
import { expect, test } from 'vitest';
import { networkOf } from '../../src/web/network.ts';
import { returnPath } from '../../src/web/return-path.ts';

test.each([
  ['/patients/7c1e', '/patients/7c1e'],
  ['/releases?cursor=abc&limit=20', '/releases?cursor=abc&limit=20'],
  ['/a/../staff', '/staff'],
])('after log in, on to %s', (asked, path) => {
  expect(returnPath(asked)).toBe(path);
});

test.each([
  undefined,
  '',
  'https://evil.example/',
  '//evil.example/',
  '/\\evil.example/',
  '\\\\evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '/.//evil.example',
  '/..//evil.example',
  'javascript:alert(1)',
  '/log-out',
  '/log-in?then=/staff',
  '/timed-out',
  ['/staff', '/staff'],
])('%j leads to the home page', (asked) => {
  expect(returnPath(asked)).toBe('/');
});

test('whatever is asked, a browser stays on this site', () => {
  const piece = fc.constantFrom(
    '/',
    '\\',
    '.',
    '..',
    '//',
    '\t',
    '\n',
    '@',
    ':',
    '?',
    '#',
    'evil.example',
    'http:',
    '%2f',
    ' ',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const path = returnPath(`/${pieces.join('')}`);
      expect(new URL(path, 'https://registry.example').origin).toBe('https://registry.example');
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['2001:db8:0:1::9', '2001:db8:0:1'],
  ['2001:0DB8:0000:0001:aaaa:bbbb:cccc:dddd', '2001:db8:0:1'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
  ['', ''],
])('%s belongs to network %s', (ip, network) => {
  expect(networkOf(ip)).toBe(network);
});
