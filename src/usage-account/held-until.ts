import type { AccountedVersion } from './usage-account-store.ts';

const wasApproved: readonly string[] = ['approved', 'suspended', 'ended', 'superseded'];

/**
 * Until when a recipient holds what left in an extract: the day by which it has to be destroyed, else the end of the
 * agreement, as the newest version says that was approved for this recipient.
 *
 * @param versions of all extracts
 * @returns `YYYY-MM-DD`, or null when nobody has said: then it has to be taken that they hold it
 */
export function heldUntil(
  versions: readonly AccountedVersion[],
  { extractId, recipient, recipientOds }: Pick<AccountedVersion, 'extractId' | 'recipient' | 'recipientOds'>,
): string | null {
  const newest = versions
    .filter((one) => one.extractId === extractId && wasApproved.includes(one.state))
    .filter((one) => one.recipient === recipient && one.recipientOds === recipientOds)
    .sort((one, other) => other.version - one.version)[0];
  return newest?.destroyBy ?? newest?.agreementEndsOn ?? null;
}

/** Whether it has to be taken that the data is still held on a day. */
export const isStillHeld = (until: string | null, today: string): boolean => until === null || until >= today;
