import { expect, test } from 'vitest';
import { isTooUnreadable, isUnusual } from '../../src/guard/end-rules.ts';

test.each([
  ['the rule is off', 100, 100, null, false],
  ['four rows, however short the file', 4, 4, 0.01, false],
  ['five rows of 500: exactly 1%', 5, 500, 0.01, false],
  ['five rows of 499', 5, 499, 0.01, true],
  ['six rows of 1000', 6, 1000, 0.01, false],
])('unreadable, when %s', (_, unreadable, rows, share, expected) => {
  expect(isTooUnreadable(unreadable, rows, share)).toBe(expected);
});

const of = (...permitted: number[]) => permitted.map((count) => ({ permitted: count, withheld: 3 }));

test.each([
  ['the rule is off', { permitted: 5, withheld: 3 }, of(1000), null, false],
  ['there is nothing to compare with', { permitted: 5000, withheld: 3 }, [], 0.2, false],
  ['it is exactly 20% less', { permitted: 800, withheld: 3 }, of(1000), 0.2, false],
  ['it is more than 20% less', { permitted: 799, withheld: 3 }, of(1000), 0.2, true],
  ['it is more than 20% more', { permitted: 1201, withheld: 3 }, of(1000), 0.2, true],
  ['nobody leaves where many did', { permitted: 0, withheld: 1000 }, of(1000), 0.2, true],
  ['the releases are small', { permitted: 10, withheld: 3 }, of(99, 99), 0.2, false],
  ['the median of an odd number counts', { permitted: 1000, withheld: 3 }, of(1, 1000, 5000), 0.2, false],
  [
    'the median of an even number counts',
    { permitted: 1000, withheld: 3 },
    of(1, 900, 1100, 5000),
    0.2,
    false,
  ],
  ['nobody leaves, of 20, where somebody does', { permitted: 0, withheld: 20 }, of(5, 6), 0.2, true],
  ['nobody leaves, of 19', { permitted: 0, withheld: 19 }, of(5, 6), 0.2, false],
  ['nobody leaves, as before', { permitted: 0, withheld: 30 }, of(5, 0), 0.2, false],
  ['everybody leaves, of 300', { permitted: 300, withheld: 0 }, of(300, 300), 0.2, true],
  ['everybody leaves, of 299', { permitted: 299, withheld: 0 }, of(300, 300), 0.2, false],
  [
    'everybody leaves, as before',
    { permitted: 300, withheld: 0 },
    [...of(300), { permitted: 300, withheld: 0 }],
    0.2,
    false,
  ],
])('unusual, when %s', (_, now, last, share, expected) => expect(isUnusual(now, last, share)).toBe(expected));
