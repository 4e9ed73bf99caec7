import type { Actor } from '../ledger/entry.ts';
import type { KeyStore } from './job-key.ts';

/**
 * Revokes a key, at once and for good. Releases that run with it stop: they look at their key while they work, and
 * once more in the transaction that decides them.
 *
 * @returns ok also for a key revoked before, which stays as it was
 */
export async function revokeKey(
  store: KeyStore,
  { practiceId, id }: { readonly practiceId: string; readonly id: string },
  by: Actor,
  now: Date,
): Promise<{ ok: true } | { ok: false; reason: 'unknown-key' }> {
  return store.change(practiceId, async (change) => {
    const key = await change.find(id);
    if (key === undefined) return { ok: false, reason: 'unknown-key' };
    if (key.revokedAt !== null) return { ok: true };
    await change.revoke(id, by.id, now);
    change.append('key-revoked', by, { key: id }, now);
    return { ok: true };
  });
}
