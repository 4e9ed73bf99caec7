import { readCode } from './one-time-code.ts';
import { hashSecret, matches } from './password-hash.ts';
import { type PasswordFault, passwordFault } from './password-rules.ts';
import { normaliseEmail, type StaffStore } from './staff.ts';

export type FirstPassword = { readonly email: string; readonly code: string; readonly password: string };

export type PasswordSet =
  | { readonly ok: true; readonly staffId: string; readonly practiceId: string }
  | { readonly ok: false; readonly reason: 'code-not-right' | PasswordFault };

/**
 * Sets a password with a one-time code, which ends with it, and every session with both. Unknown address, closed
 * account and a code that is wrong, used or older than 24 hours are one answer, after the same work.
 */
export async function setFirstPassword(
  store: StaffStore,
  typed: FirstPassword,
  now: Date,
): Promise<PasswordSet> {
  const member = await store.findByEmail(normaliseEmail(typed.email));
  const right = await matches(member?.codeHash, readCode(typed.code));
  const inTime = member?.codeExpiresAt != null && member.codeExpiresAt > now;
  if (member === undefined || !right || !inTime || member.closedAt !== null)
    return { ok: false, reason: 'code-not-right' };
  const { id, practiceId, codeHash } = member;
  const fault = await passwordFault(typed.password, {
    ...member,
    practice: await store.practiceOf(practiceId),
  });
  if (fault !== undefined) return { ok: false, reason: fault };
  const passwordHash = await hashSecret(typed.password);
  return store.change<PasswordSet>(practiceId, async (change) => {
    // The same code may have been used, or the account closed, since it was looked up.
    const still = await change.find(id);
    if (still?.codeHash !== codeHash || still?.closedAt !== null)
      return { ok: false, reason: 'code-not-right' };
    await change.update(id, { passwordHash, codeHash: null, codeExpiresAt: null });
    await change.endSessions(id);
    change.append('staff-password-set', { kind: 'staff', id }, { staff: id }, now);
    return { ok: true, staffId: id, practiceId };
  });
}
