import type { Patient } from '../patients/patient.ts';

/** What of a patient says whether a letter goes to them. */
export type Postal = Pick<Patient, 'dateOfDeath' | 'restricted' | 'address' | 'postcode'>;

/**
 * Whether the letter of a batch goes to a patient who was in it when it was made. Who died, was restricted or lost their
 * address since gets none: it is not printed, and nobody counts as told by it.
 */
export function isPosted({ dateOfDeath, restricted, address, postcode }: Postal): boolean {
  return dateOfDeath === null && !restricted && Boolean(address || postcode);
}
