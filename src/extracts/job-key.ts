import { createHash, randomBytes } from 'node:crypto';
import type { Ledgered } from '../ledger/entry.ts';

/** The key of an extract job, as it is kept: the key itself is shown once, and only its hash remains. */
export type JobKey = {
  readonly id: string;
  readonly practiceId: string;
  /** What the manager calls it. */
  readonly name: string;
  /** The ids of the extracts that it may use. */
  readonly extracts: readonly string[];
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
};

/** Why a key is of no use. */
export type KeyFault = 'key-revoked' | 'key-expired';

/** Where keys are kept. */
export interface KeyStore {
  /** The key with this hash, of whatever practice. */
  findByHash(hash: string): Promise<JobKey | undefined>;
  /** The practice's keys, the newest first. */
  list(practiceId: string): Promise<readonly JobKey[]>;
  /** The practice's extracts, which a key can name, by id. */
  extractsToName(practiceId: string): Promise<readonly { readonly id: string; readonly name: string }[]>;
  /** Runs `work` as one change of the practice's data; when it throws, nothing has happened. */
  change<T>(practiceId: string, work: (change: KeyChange) => Promise<T>): Promise<T>;
}

/** What a change of keys may read and write. */
export interface KeyChange extends Ledgered {
  find(id: string): Promise<JobKey | undefined>;
  /** Those of the ids that are extracts of the practice. */
  extractsAmong(ids: readonly string[]): Promise<readonly string[]>;
  add(key: JobKey, hash: string, createdBy: string): Promise<void>;
  revoke(id: string, by: string, at: Date): Promise<void>;
}

/** `demo_` marks the key of the made-up practice, which everybody knows. */
const shape = /^oor_(demo_)?[A-Za-z0-9_-]{43}$/;

/** A new key: 256 random bits. */
export function newKey(): string {
  return `oor_${randomBytes(32).toString('base64url')}`;
}

/** What is kept of a key. Its 256 random bits need no slow hash. */
export function hashOfKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/** Whether a text could be a key at all. */
export function looksLikeKey(text: string): boolean {
  return shape.test(text);
}

/** Why a key cannot be used at an instant, or undefined when it can. */
export function whyKeyUnusable(
  key: Pick<JobKey, 'expiresAt' | 'revokedAt'>,
  now: Date,
): KeyFault | undefined {
  if (key.revokedAt !== null) return 'key-revoked';
  return key.expiresAt <= now ? 'key-expired' : undefined;
}

/**
 * The key that a text is, when it can be used now.
 *
 * @returns undefined for what is no key, was revoked or has expired: who asks is not told which
 */
export async function findUsableKey(store: KeyStore, text: string, now: Date): Promise<JobKey | undefined> {
  const key = looksLikeKey(text) ? await store.findByHash(hashOfKey(text)) : undefined;
  return key !== undefined && whyKeyUnusable(key, now) === undefined ? key : undefined;
}
