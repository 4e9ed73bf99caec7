/** A stream of numbers that looks random and is the same for the same seed: made-up data is equal on every machine. */
export type Random = {
  /** From 0 up to, but not including, 1. */
  next(): number;
  /** A whole number, both ends included. */
  between(least: number, most: number): number;
  pick<T>(from: readonly [T, ...T[]]): T;
  /** True this often: 0 never, 1 always. */
  chance(share: number): boolean;
};

/** Mulberry32: small, fast, good enough to make people up with; never for secrets. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  return {
    next,
    between,
    pick: <T>(from: readonly [T, ...T[]]) => from[between(0, from.length - 1)] as T,
    chance: (share) => next() < share,
  };
}

/** What to pick from, each with how often: `[['often', 9], ['seldom', 1]]`. */
export type Weighted<T> = readonly [readonly [T, number], ...(readonly [T, number])[]];

/** Picks by weight. */
export function pickWeighted<T>(random: Random, from: Weighted<T>): T {
  const total = from.reduce((sum, [, weight]) => sum + weight, 0);
  let left = random.next() * total;
  for (const [value, weight] of from) {
    left -= weight;
    if (left < 0) return value;
  }
  return from[0][0];
}
