import { expect, test } from 'vitest';
import { progressLine } from '../../src/cli/progress.ts';

test('says how far a file has come', () => {
  expect(progressLine('Sending', 318_000_000, 795_000_000)).toBe(
    'Sending [############------------------] 40% of 795 MB',
  );
  expect(progressLine('Sending', 5, 5)).toBe('Sending [##############################] 100% of 0.0 MB');
  expect(progressLine('Sending', 1_500_000, undefined)).toBe('Sending 1.5 MB');
});
