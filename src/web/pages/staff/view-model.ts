import { mayKeep } from '../../../staff/may-keep.ts';
import { showCode } from '../../../staff/one-time-code.ts';
import { type Role, roleNames, roles } from '../../../staff/roles.ts';
import type { LoggedIn, StaffMember } from '../../../staff/staff.ts';
import { html } from '../../html.ts';
import { paths } from '../../paths.ts';

/** What a refusal of a command means, for the person who asked. */
export const refusals = {
  'email-invalid': 'Enter an email address, like name@example.com',
  'name-missing': 'Enter the person’s name',
  'email-taken': 'Somebody with this email address has an account already',
  'not-permitted': 'Your role does not keep accounts with this role',
  'own-account': 'Nobody can change their own role, close their own account or make a code for themselves',
  'account-closed': 'This account is closed. Open it again first',
  'account-open': 'This account is open already',
  'last-manager': 'A practice needs at least one manager. Add another one first',
} as const;

/** Roles that this person may give, as radio buttons: to somebody new, or to somebody who has a role now. */
export function roleChoices(person: LoggedIn, now?: Role): { value: Role; text: string; hint: string }[] {
  return roles
    .filter((role) => mayKeep(person.role, role, ...(now === undefined ? [] : [now])))
    .map((role) => ({ value: role, text: roleNames[role], hint: hints[role] }));
}

const hints: Readonly<Record<Role, string>> = {
  receptionist: 'Finds patients, records and withdraws objections, prints receipts',
  manager: 'All of that, and reports, imports, keys and accounts of receptionists and managers',
  guardian: 'Approves extracts, confirms errors, keeps the accounts of guardians and monitors',
  monitor: 'Sees releases, the ledger and counts, and no patient',
};

/** An account in words: what became of it. */
export function stateOf({
  closedAt,
  hasPassword,
}: StaffMember): 'Closed' | 'Waits for a first password' | 'Open' {
  if (closedAt !== null) return 'Closed';
  return hasPassword ? 'Open' : 'Waits for a first password';
}

/** The rows of the list of accounts. */
export function rowsOf(members: readonly StaffMember[]): object[] {
  return members.map((member) => [
    { html: html`<a href="${paths.staffMember(member.id)}">${member.name}</a>` },
    { html: html`<span class="app-digest">${member.email}</span>` },
    { text: roleNames[member.role] },
    { text: stateOf(member) },
  ]);
}

/** One account, and what this person may do with it. */
export function accountView(person: LoggedIn, member: StaffMember) {
  const own = person.id === member.id;
  return {
    id: member.id,
    name: member.name,
    email: member.email,
    role: roleNames[member.role],
    state: stateOf(member),
    own,
    isClosed: member.closedAt !== null,
    mayKeep: !own && mayKeep(person.role, member.role),
    roleChoices: own || member.closedAt !== null ? [] : roleChoices(person, member.role),
  };
}

/** A one-time code to hand over: shown on this answer, and nowhere again. */
export function codeView(member: StaffMember, code: string, address: string) {
  return { name: member.name, email: member.email, code: showCode(code), address };
}
