import { matches } from './password-hash.ts';
import { normaliseEmail, type StaffMember, type StaffStore } from './staff.ts';

export type LogIn = { readonly email: string; readonly password: string };

export type LogInChecked =
  | { readonly ok: true; readonly member: StaffMember }
  | { readonly ok: false; readonly reason: 'not-recognised' };

/**
 * Checks an email address and a password, exactly as typed. Unknown address, wrong password, no password set yet and
 * closed account are one answer, after the same work.
 */
export async function checkLogIn(store: StaffStore, typed: LogIn, now: Date): Promise<LogInChecked> {
  const member = await store.findByEmail(normaliseEmail(typed.email));
  const right = await matches(member?.passwordHash, typed.password);
  if (!right || member === undefined || member.closedAt !== null)
    return { ok: false, reason: 'not-recognised' };
  await store.noteLogIn(member.id, now);
  const { passwordHash: _, codeHash: __, codeExpiresAt: ___, ...known } = member;
  return { ok: true, member: known };
}
