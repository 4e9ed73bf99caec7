import type { Actor } from '../ledger/entry.ts';
import { mayAct } from './may-keep.ts';
import { CODE_MS, newCode } from './one-time-code.ts';
import { hashSecret } from './password-hash.ts';
import type { StaffMember, StaffStore } from './staff.ts';

/** One account of a practice, by its id. */
export type Account = { readonly practiceId: string; readonly id: string };

export type CodeMade =
  | { readonly ok: true; readonly member: StaffMember; readonly code: string }
  | {
      readonly ok: false;
      readonly reason: 'not-found' | 'not-permitted' | 'own-account' | 'account-closed' | 'account-open';
    };

/** A new one-time code for somebody who forgot their password, which ends at once, with every session of theirs. */
export function makeCode(store: StaffStore, account: Account, by: Actor, now: Date): Promise<CodeMade> {
  return withNewCode(store, account, by, now, { wasClosed: false });
}

/** Opens a closed account again, with a one-time code. */
export function reopenAccount(store: StaffStore, account: Account, by: Actor, now: Date): Promise<CodeMade> {
  return withNewCode(store, account, by, now, { wasClosed: true });
}

async function withNewCode(
  store: StaffStore,
  { practiceId, id }: Account,
  by: Actor,
  now: Date,
  { wasClosed }: { wasClosed: boolean },
): Promise<CodeMade> {
  const code = newCode();
  const codeHash = await hashSecret(code);
  return store.change<CodeMade>(practiceId, async (change) => {
    const member = await change.find(id);
    if (member === undefined) return { ok: false, reason: 'not-found' };
    if (id === by.id) return { ok: false, reason: 'own-account' };
    if (!(await mayAct(change, by, member.role))) return { ok: false, reason: 'not-permitted' };
    const isClosed = member.closedAt !== null;
    if (isClosed !== wasClosed) return { ok: false, reason: isClosed ? 'account-closed' : 'account-open' };
    const codeExpiresAt = new Date(now.getTime() + CODE_MS);
    await change.update(id, { passwordHash: null, codeHash, codeExpiresAt, closedAt: null });
    await change.endSessions(id);
    change.append(wasClosed ? 'staff-reopened' : 'staff-code-made', by, { staff: id }, now);
    return { ok: true, member: { ...member, closedAt: null, hasPassword: false }, code };
  });
}
