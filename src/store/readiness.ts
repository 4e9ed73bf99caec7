import { missingTriggers } from './append-only.ts';
import type { Database } from './database.ts';

/** Asks each part that the app cannot work without whether it works. A part that throws does not. */
export async function readiness(database: Database): Promise<{ part: string; ok: boolean }[]> {
  const parts: Record<string, () => Promise<boolean>> = {
    database: async () => (await database.reader.$queryRawUnsafe<unknown[]>('SELECT 1')).length === 1,
    'append-only': async () => (await missingTriggers(database)).length === 0,
  };
  return Promise.all(
    Object.entries(parts).map(async ([part, works]) => ({ part, ok: await works().catch(() => false) })),
  );
}
