import { expect, test } from 'vitest';
import { killAgainAndAgain } from '../house/kill-again.ts';

test.each(['sqlite', 'postgresql'])(
  'killed 200 times on %s, it keeps every promise',
  async (kind) => {
    process.env.TEST_DATABASE = kind;
    const { acknowledged, left } = await killAgainAndAgain(200);
    expect(acknowledged.size).toBeGreaterThan(200);
    expect(left.length).toBeGreaterThan(60);
  },
  10_800_000,
);
