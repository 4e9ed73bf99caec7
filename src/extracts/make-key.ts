import { randomUUID } from 'node:crypto';
import type { Actor } from '../ledger/entry.ts';
import { hashOfKey, type JobKey, type KeyStore, newKey } from './job-key.ts';

export type NewKey = {
  readonly practiceId: string;
  readonly name: string;
  /** The ids of the extracts that it may use; at least one. */
  readonly extracts: readonly string[];
  readonly expiresAt: Date;
};

export type MadeKey =
  | { readonly ok: true; readonly id: string; readonly key: string }
  | { readonly ok: false; readonly reason: 'no-extracts' | 'unknown-extract' | 'already-expired' };

/**
 * Makes a key for an extract job.
 *
 * @param key only the made-up practice gives its own
 * @returns the key itself, to be shown once: it cannot be had again
 */
export async function makeKey(
  store: KeyStore,
  { practiceId, name, extracts, expiresAt }: NewKey,
  by: Actor,
  now: Date,
  key: string = newKey(),
): Promise<MadeKey> {
  const wanted = [...new Set(extracts)].sort();
  if (wanted.length === 0) return { ok: false, reason: 'no-extracts' };
  if (expiresAt <= now) return { ok: false, reason: 'already-expired' };
  return store.change(practiceId, async (change): Promise<MadeKey> => {
    const known = await change.extractsAmong(wanted);
    if (known.length < wanted.length) return { ok: false, reason: 'unknown-extract' };
    const made: JobKey = {
      id: randomUUID(),
      practiceId,
      name,
      extracts: wanted,
      createdAt: now,
      expiresAt,
      revokedAt: null,
    };
    await change.add(made, hashOfKey(key), by.id);
    // The name stays out of the ledger: it is free text, and could hold anything.
    change.append('key-made', by, { key: made.id, extracts: wanted, expires: expiresAt.toISOString() }, now);
    return { ok: true, id: made.id, key };
  });
}
