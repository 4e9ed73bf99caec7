import { showInstant } from '../../../day.ts';
import { type JobKey, whyKeyUnusable } from '../../../extracts/job-key.ts';

const states = {
  'in-force': { text: 'In force', colour: 'green' },
  'key-expired': { text: 'Expired', colour: 'grey' },
  'key-revoked': { text: 'Revoked', colour: 'red' },
} as const;

/** A key as its row shows it; the key itself is known to nobody but whoever it was given to. */
export function keyRow(key: JobKey, now: Date) {
  const state = whyKeyUnusable(key, now) ?? 'in-force';
  return {
    id: key.id,
    name: key.name,
    extracts: key.extracts,
    made: showInstant(key.createdAt),
    ends: key.revokedAt === null ? showInstant(key.expiresAt) : `Revoked ${showInstant(key.revokedAt)}`,
    state: states[state],
    revocable: key.revokedAt === null,
  };
}
