import { hashSecret, matches } from './password-hash.ts';
import { type PasswordFault, passwordFault } from './password-rules.ts';
import type { StaffStore } from './staff.ts';

export type NewPassword = {
  readonly practiceId: string;
  readonly staffId: string;
  readonly current: string;
  readonly password: string;
};

export type PasswordChanged =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'current-not-right' | PasswordFault };

/** Changes one's own password, knowing the current one. Ends every session of the person, this one too. */
export async function changePassword(
  store: StaffStore,
  { practiceId, staffId, current, password }: NewPassword,
  now: Date,
): Promise<PasswordChanged> {
  const known = await store.find(practiceId, staffId);
  const member = known && (await store.findByEmail(known.email));
  if (!(await matches(member?.passwordHash, current)) || member === undefined)
    return { ok: false, reason: 'current-not-right' };
  const fault = await passwordFault(password, { ...member, practice: await store.practiceOf(practiceId) });
  if (fault !== undefined) return { ok: false, reason: fault };
  const passwordHash = await hashSecret(password);
  return store.change<PasswordChanged>(practiceId, async (change) => {
    const still = await change.find(staffId);
    if (still?.passwordHash !== member.passwordHash || still.closedAt !== null)
      return { ok: false, reason: 'current-not-right' };
    await change.update(staffId, { passwordHash });
    await change.endSessions(staffId);
    change.append('staff-password-set', { kind: 'staff', id: staffId }, { staff: staffId }, now);
    return { ok: true };
  });
}
