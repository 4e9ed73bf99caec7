import type { Actor } from '../../ledger/entry.ts';
import type { CanaryStore } from './canary-store.ts';

/** Takes a made-up patient away from an extract: its files need not hold them any more. */
export function removeCanary(
  store: CanaryStore,
  { practiceId, id }: { readonly practiceId: string; readonly id: string },
  by: Actor,
  now: Date,
): Promise<{ readonly ok: true } | { readonly ok: false; readonly reason: 'no-such-canary' }> {
  return store.change(practiceId, async (change) => {
    if (!(await change.remove(id, by.id, now))) return { ok: false, reason: 'no-such-canary' };
    change.append('canary-removed', by, { canary: id }, now);
    return { ok: true };
  });
}
