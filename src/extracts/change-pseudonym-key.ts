import type { Actor } from '../ledger/entry.ts';
import type { ExtractRegister } from './extract-register.ts';

export type KeyChanged = { readonly ok: true } | { readonly ok: false; readonly reason: 'no-such-extract' };

/**
 * Gives an extract a new key for its pseudonyms: from then on every patient has another pseudonym in it, and nobody
 * can link what left before with what leaves after. The old key is gone.
 */
export function changePseudonymKey(
  register: ExtractRegister,
  { practiceId, extractId }: { readonly practiceId: string; readonly extractId: string },
  by: Actor,
  now: Date,
): Promise<KeyChanged> {
  return register.change(practiceId, async (change): Promise<KeyChanged> => {
    if ((await change.newest(extractId)) === 0) return { ok: false, reason: 'no-such-extract' };
    await change.changePseudonymKey(extractId, now);
    change.append('pseudonym-key-changed', by, { extract: extractId }, now);
    return { ok: true };
  });
}
