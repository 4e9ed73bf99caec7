import type { Actor } from '../ledger/entry.ts';
import type { Account } from './make-code.ts';
import { mayAct } from './may-keep.ts';
import type { Role } from './roles.ts';
import type { StaffStore } from './staff.ts';

export type RoleChanged =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly reason: 'not-found' | 'not-permitted' | 'own-account' | 'account-closed' | 'last-manager';
    };

/** Gives an account another role. Its sessions end, so that none goes on with the role it began with. */
export function changeRole(
  store: StaffStore,
  { practiceId, id, role }: Account & { readonly role: Role },
  by: Actor,
  now: Date,
): Promise<RoleChanged> {
  return store.change<RoleChanged>(practiceId, async (change) => {
    const member = await change.find(id);
    if (member === undefined) return { ok: false, reason: 'not-found' };
    if (id === by.id) return { ok: false, reason: 'own-account' };
    if (!(await mayAct(change, by, member.role, role))) return { ok: false, reason: 'not-permitted' };
    if (member.closedAt !== null) return { ok: false, reason: 'account-closed' };
    if (member.role === role) return { ok: true };
    if (member.role === 'manager' && (await change.countOpen('manager')) < 2)
      return { ok: false, reason: 'last-manager' };
    await change.update(id, { role });
    await change.endSessions(id);
    change.append('staff-changed', by, { staff: id, role, was: member.role }, now);
    return { ok: true };
  });
}
