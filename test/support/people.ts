import type { Services } from '../../src/services.ts';
import type { Practice } from '../../src/staff/add-practice.ts';
import { type Role, roles } from '../../src/staff/roles.ts';
import type { StaffMember } from '../../src/staff/staff.ts';
import type { Person } from './log-in.ts';

/** An account with its password, to log in with. */
export type Account = Person & StaffMember;

/** A practice with somebody in each role. */
export type StaffedPractice = { readonly practice: Practice } & Readonly<Record<Role, Account>>;

export const password = 'tidal lantern 41 quarry';
const by = { kind: 'command-line', id: 'test' } as const;

/** Adds a practice with an account for each role, all with the same password. */
export async function addStaffedPractice(services: Services, ods = 'A12345'): Promise<StaffedPractice> {
  const added = await services.staff.addPractice({ ods, name: `Surgery ${ods}` }, by);
  if (!added.ok) throw new Error(added.reason);
  const { practice } = added;
  const accounts: Partial<Record<Role, Account>> = {};
  for (const role of roles) accounts[role] = await addAccount(services, practice, role, role);
  return { practice, ...(accounts as Record<Role, Account>) };
}

/** Adds one more account; `word` makes its name and email address. */
export async function addAccount(
  { staff }: Services,
  { id: practiceId, ods }: Practice,
  role: Role,
  word: string,
): Promise<Account> {
  const email = `${word}@${ods.toLowerCase()}.example`;
  const added = await staff.add({ practiceId, email, name: `The ${word}`, role, password }, by);
  if (!added.ok) throw new Error(added.reason);
  return { ...added.member, password };
}
