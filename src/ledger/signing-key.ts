import type { Actor, Ledgered } from './entry.ts';

export interface SigningKeys {
  /**
   * Makes a key that signs from now on, and runs `name` in the same transaction to append the entry that names it.
   * Undefined, and nothing made, when `name` gives undefined.
   *
   * @returns the verifier of the key
   */
  make(
    practiceId: string,
    now: Date,
    name: (ledger: Ledgered, verifier: string, before: string | null) => number | undefined,
  ): Promise<string | undefined>;
}

/**
 * Changes the key that signs a practice's checkpoints. Those who hold the old verifier have to be given the new one:
 * a checking tool refuses what follows until then.
 */
export async function changeSigningKey(
  keys: SigningKeys,
  { practiceId }: { readonly practiceId: string },
  by: Actor,
  now: Date,
): Promise<string | undefined> {
  return keys.make(practiceId, now, (ledger, verifier, before) =>
    ledger.append('signing-key-made', by, { verifier, before }, now),
  );
}

/** Gives a key to a practice that was there before checkpoints were signed; done by whichever process starts first. */
export async function ensureSigningKey(keys: SigningKeys, practiceId: string, now: Date): Promise<void> {
  const by = { kind: 'system', id: 'start' } as const;
  await keys.make(practiceId, now, (ledger, verifier, before) =>
    before === null ? ledger.append('signing-key-made', by, { verifier, before }, now) : undefined,
  );
}
