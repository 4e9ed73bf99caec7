import { randomUUID } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/** Argon2id at the least that OWASP's Password Storage Cheat Sheet names: 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** The hash of a password or one-time code, exactly as given. */
export function hashSecret(secret: string): Promise<string> {
  return hash(secret, cost);
}

let nobodys: Promise<string> | undefined;

/**
 * Whether `hashed` was made of `secret`. Without a hash (no such account, no password set) the answer is no, after
 * the same work: so the time that it takes tells nobody which accounts exist.
 */
export async function matches(hashed: string | null | undefined, secret: string): Promise<boolean> {
  nobodys ??= hashSecret(randomUUID());
  const right = await verify(hashed || (await nobodys), secret);
  return right && Boolean(hashed);
}
