import type { Actor } from '../ledger/entry.ts';
import type { Account } from './make-code.ts';
import { mayAct } from './may-keep.ts';
import type { StaffStore } from './staff.ts';

export type AccountClosed =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'not-found' | 'not-permitted' | 'own-account' | 'last-manager' };

/** Closes an account: nobody logs in with it, and its sessions end at once. What the person did stays under their name. */
export function closeAccount(
  store: StaffStore,
  { practiceId, id }: Account,
  by: Actor,
  now: Date,
): Promise<AccountClosed> {
  return store.change<AccountClosed>(practiceId, async (change) => {
    const member = await change.find(id);
    if (member === undefined) return { ok: false, reason: 'not-found' };
    if (id === by.id) return { ok: false, reason: 'own-account' };
    if (!(await mayAct(change, by, member.role))) return { ok: false, reason: 'not-permitted' };
    if (member.closedAt !== null) return { ok: true };
    if (member.role === 'manager' && (await change.countOpen('manager')) < 2)
      return { ok: false, reason: 'last-manager' };
    await change.update(id, { closedAt: now, codeHash: null, codeExpiresAt: null });
    await change.endSessions(id);
    change.append('staff-closed', by, { staff: id }, now);
    return { ok: true };
  });
}
