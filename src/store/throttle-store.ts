import { RateLimiterPrisma } from 'rate-limiter-flexible';
import type { Database } from './database.ts';

/** Counts tries under a key. Opened for one purpose; each purpose has its own number of tries and window. */
export type Limiter = Pick<RateLimiterPrisma, 'consume' | 'reward' | 'delete'>;

/** So many tries in so many seconds; `name` keeps the keys of one purpose from those of another. */
export type Limit = { readonly name: string; readonly points: number; readonly seconds: number };

/**
 * A limiter of `points` tries per key in `seconds`, counted in the database: a restart does not forget them, and all
 * processes count together.
 */
export function openLimiter(database: Database, { name, points, seconds }: Limit): Limiter {
  type Args<M extends 'deleteMany' | 'upsert' | 'findFirst'> = Parameters<
    Database['reader']['rateLimiterFlexible'][M]
  >[0];
  // The library's way into Prisma, through our own reader and writer (see database.ts for why there are two).
  const storeClient = {
    RateLimiterFlexible: {
      deleteMany: (args: Args<'deleteMany'>) =>
        database.write((tx) => tx.rateLimiterFlexible.deleteMany(args)),
      upsert: (args: Args<'upsert'>) => database.write((tx) => tx.rateLimiterFlexible.upsert(args)),
      findFirst: (args: Args<'findFirst'>) => database.reader.rateLimiterFlexible.findFirst(args),
    },
  };
  return new RateLimiterPrisma({
    storeClient,
    keyPrefix: name,
    points,
    duration: seconds,
    // Its own timer would outlive the database; session-store.ts forgets expired keys.
    clearExpiredByTimeout: false,
  });
}
