import { randomUUID } from 'node:crypto';
import type { Actor } from '../ledger/entry.ts';
import { mayAct } from './may-keep.ts';
import { CODE_MS, newCode } from './one-time-code.ts';
import { hashSecret } from './password-hash.ts';
import type { Role } from './roles.ts';
import { isEmail, normaliseEmail, type Secrets, type StaffMember, type StaffStore } from './staff.ts';

export type NewStaff = {
  readonly practiceId: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  /** Given for made-up people only; everybody else sets their own with the one-time code. */
  readonly password?: string;
};

export type StaffAdded =
  | {
      readonly ok: true;
      readonly member: StaffMember;
      /** To be shown once and handed over; undefined when a password was given. */
      readonly code: string | undefined;
    }
  | {
      readonly ok: false;
      readonly reason: 'email-invalid' | 'name-missing' | 'email-taken' | 'not-permitted';
    };

/** Adds an account. The person opens it with a one-time code within 24 hours. */
export async function addStaff(
  store: StaffStore,
  input: NewStaff,
  by: Actor,
  now: Date,
): Promise<StaffAdded> {
  const email = normaliseEmail(input.email);
  const name = input.name.trim();
  if (!isEmail(email)) return { ok: false, reason: 'email-invalid' };
  if (name === '') return { ok: false, reason: 'name-missing' };
  const code = input.password === undefined ? newCode() : undefined;
  const secrets: Secrets = {
    passwordHash: input.password === undefined ? null : await hashSecret(input.password),
    codeHash: code === undefined ? null : await hashSecret(code),
    codeExpiresAt: code === undefined ? null : new Date(now.getTime() + CODE_MS),
  };
  const member: StaffMember = {
    id: randomUUID(),
    practiceId: input.practiceId,
    email,
    name,
    role: input.role,
    createdAt: now,
    lastLoggedInAt: null,
    closedAt: null,
    hasPassword: secrets.passwordHash !== null,
  };
  return store.change<StaffAdded>(input.practiceId, async (change) => {
    if (!(await mayAct(change, by, member.role))) return { ok: false, reason: 'not-permitted' };
    if (!(await change.add({ ...member, ...secrets }, by.id))) return { ok: false, reason: 'email-taken' };
    change.append('staff-added', by, { staff: member.id, role: member.role }, now);
    return { ok: true, member, code };
  });
}
