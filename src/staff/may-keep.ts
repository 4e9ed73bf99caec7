import type { Actor } from '../ledger/entry.ts';
import { permits } from './permissions.ts';
import type { Role } from './roles.ts';
import type { StaffChange } from './staff.ts';

const guarded: readonly Role[] = ['guardian', 'monitor'];

/**
 * Whether somebody with the role `actor` may act on accounts that have, or will have, these roles: managers keep
 * receptionists and managers; whatever touches a guardian or a monitor is for guardians, so that who is supervised
 * does not choose the supervisor.
 */
export function mayKeep(actor: Role, ...touched: readonly Role[]): boolean {
  return permits(actor, touched.some((role) => guarded.includes(role)) ? 'manage-guardians' : 'manage-staff');
}

/** The same for whoever acts, as their account stands inside this change. The command line may do all of it. */
export async function mayAct(change: StaffChange, by: Actor, ...touched: readonly Role[]): Promise<boolean> {
  if (by.kind === 'command-line' || by.kind === 'system') return true;
  const actor = by.kind === 'staff' ? await change.find(by.id) : undefined;
  return actor !== undefined && actor.closedAt === null && mayKeep(actor.role, ...touched);
}
