import { missingTriggers } from './append-only.ts';
import type { Database } from './database.ts';

/**
 * Asks each part that the app cannot work without whether it works. A part that throws does not.
 *
 * @param refreshIndexes brings the guard's index of every practice up to date
 * @param keysWork whether the key of every practice can be opened and made the signature that is kept
 */
export async function readiness(
  database: Database,
  refreshIndexes: () => Promise<void>,
  keysWork: () => Promise<boolean>,
): Promise<{ part: string; ok: boolean }[]> {
  const parts: Record<string, () => Promise<boolean>> = {
    database: async () => (await database.reader.$queryRawUnsafe<unknown[]>('SELECT 1')).length === 1,
    'append-only': async () => (await missingTriggers(database)).length === 0,
    'signing-key': keysWork,
    'guard-index': async () => {
      await refreshIndexes();
      return true;
    },
  };
  return Promise.all(
    Object.entries(parts).map(async ([part, works]) => ({ part, ok: await works().catch(() => false) })),
  );
}
