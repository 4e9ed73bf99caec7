import { createHash } from 'node:crypto';
import { canonicalJson } from '../ledger/entry.ts';
import type { ListMember } from './patient-store.ts';

/**
 * SHA-256 of the whole list as the guard uses it: who has which number, and who has left. The ledger holds it after
 * every import, so that a number changed behind the app's back shows. It is of everybody at once: of one person, the
 * digest could be found by guessing.
 *
 * @param everybody in the order of arrival
 */
export function listDigest(everybody: readonly ListMember[]): string {
  const hash = createHash('sha256');
  for (const { ordinal, id, nhsNumber, dateOfBirth, status } of everybody) {
    hash.update(`${canonicalJson([ordinal, id, nhsNumber, dateOfBirth, status])}\n`);
  }
  return hash.digest('hex');
}

/** SHA-256 of patients' random references, in the order given: binds each to its place on the list. */
export function digestOfIds(ids: readonly string[]): string {
  return createHash('sha256').update(canonicalJson(ids)).digest('hex');
}
