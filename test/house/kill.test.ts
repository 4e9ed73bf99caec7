import { expect, test } from 'vitest';
import { killAgainAndAgain } from './kill-again.ts';

test('killed ten times while recording and releasing, it keeps every promise', async () => {
  const { acknowledged, left } = await killAgainAndAgain(10);
  expect(acknowledged.size).toBeGreaterThan(10);
  expect(left.length).toBeGreaterThan(3);
}, 600_000);
