import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const rows = readFileSync('docs/hazards.md', 'utf8')
  .split('\n')
  .filter((line) => /^\| H\d+ /.test(line));

test('there are hazards, each with a number of its own', () => {
  const numbers = rows.map((row) => row.split('|')[1]?.trim());
  expect(numbers.length).toBeGreaterThanOrEqual(12);
  expect(new Set(numbers).size).toBe(numbers.length);
});

test.each(rows.map((row) => [row.split('|')[1]?.trim(), row]))(
  '%s names a control, and tests that are there',
  (_, row) => {
    const [, , hazard, control, proof = ''] = row.split('|');
    expect(hazard?.trim()).not.toBe('');
    expect(control?.trim()).not.toBe('');
    const tests = [...proof.matchAll(/`([^`]+\.test\.ts)`/g)].map(([, file = '']) => file);
    expect(tests.length).toBeGreaterThan(0);
    expect(tests.filter((file) => !existsSync(file))).toEqual([]);
  },
);
