import { expect, test } from 'vitest';
import { handedOutCount, roundedCount } from '../../src/reports/small-counts.ts';

test.each([
  [0, '0'],
  [1, 'Fewer than 5'],
  [4, 'Fewer than 5'],
  [5, 'About 5'],
  [7, 'About 5'],
  [8, 'About 10'],
  [12_344, 'About 12,345'],
])('%i is told as %s', (count, told) => {
  expect(roundedCount(count)).toBe(told);
});

test.each([
  [0, 'fewer than 10'],
  [4, 'fewer than 10'],
  [9, 'fewer than 10'],
  [14, '10'],
  [15, '20'],
  [12_344, '12340'],
])('%i is handed out as “%s”', (count, told) => {
  expect(handedOutCount(count)).toBe(told);
});

test('every count that is told stands for three at least', () => {
  const alike = new Map<string, number>();
  for (let count = 1; count <= 1002; count++) {
    const told = roundedCount(count);
    alike.set(told, (alike.get(told) ?? 0) + 1);
  }
  expect(Math.min(...alike.values())).toBeGreaterThanOrEqual(3);
});
