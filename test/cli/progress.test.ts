import { expect, test } from 'vitest';
import { progressLine, progressOn } from '../../src/cli/progress.ts';

test('says how far a file has come', () => {
  expect(progressLine('Sending', 318_000_000, 795_000_000)).toBe(
    'Sending [############------------------] 40% of 795 MB',
  );
  expect(progressLine('Sending', 5, 5)).toBe('Sending [##############################] 100% of 0.0 MB');
  expect(progressLine('Sending', 1_500_000, undefined)).toBe('Sending 1.5 MB');
});

test.each([
  ['Sending', 40_000_000, 100_000_000, { rows: 2104332, seconds: 2 }, '2,104,332 rows, 20 MB/s, 3 s left'],
  ['Sending', 1_000_000, 1_000_000_000, { rows: 1, seconds: 1 }, '1 row, 1.0 MB/s, 16 min 39 s left'],
  ['Sending', 1_000_000, 10_000_000_000, { seconds: 1 }, '1.0 MB/s, 2 h 46 min left'],
  ['Receiving', 10, 10, { rows: 6, withheld: 1, seconds: 1 }, '6 rows, 1 withheld, 0.0 MB/s'],
])('%s %d of %d: rows, withheld, speed and time left', (what, done, all, facts, said) => {
  expect(progressLine(what, done, all, facts)).toMatch(new RegExp(`%\\s*of [^,]*, ${said}$`));
});

test('a screen gets a line, and what is none gets nothing', () => {
  const written: string[] = [];
  const screen = (isTTY: boolean) =>
    progressOn({ isTTY, write: (text: string) => written.push(text) } as unknown as NodeJS.WriteStream);
  screen(false).show('Sending', 1, 2);
  expect(written).toEqual([]);
  screen(true).show('Sending', 1, 2, { rows: 3 });
  expect(written).toEqual([expect.stringMatching(/Sending \[#+-+\] 50% of 0\.0 MB, 3 rows/)]);
});
