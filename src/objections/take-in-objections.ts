import type { Actor } from '../ledger/entry.ts';
import type { ImportChange, ImportStore } from './import-store.ts';

/** How it is known that no objection from before is missing. */
export type TakenInHow =
  /** A file was imported, and every objection in it was taken. */
  | 'imported'
  /** Somebody says that all of them were taken in. */
  | 'taken-in'
  /** Somebody says that there were none. */
  | 'none-before';

export type TakenIn = { readonly ok: true } | { readonly ok: false; readonly reason: 'already-taken-in' };

/**
 * Says that the objections which existed before the registry are in it, or that there were none. Until then nothing
 * but direct care leaves the practice.
 */
export function takeInObjections(
  store: ImportStore,
  { practiceId, how }: { readonly practiceId: string; readonly how: TakenInHow },
  by: Actor,
  now: Date,
): Promise<TakenIn> {
  return store.change(practiceId, async (change): Promise<TakenIn> => {
    const noted = await noteTakenIn(change, how, by, now);
    return noted ? { ok: true } : { ok: false, reason: 'already-taken-in' };
  });
}

/** The same inside a change; false when it was said before, which stays. */
export async function noteTakenIn(
  change: ImportChange,
  how: TakenInHow,
  by: Actor,
  now: Date,
): Promise<boolean> {
  const noted = await change.noteTakenIn(now);
  if (noted) change.append('objections-taken-in', by, { how }, now);
  return noted;
}
