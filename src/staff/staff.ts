import type { Ledgered } from '../ledger/entry.ts';
import type { Role } from './roles.ts';

/** Somebody's account at one practice. Closed accounts stay, because entries name them by id. */
export type StaffMember = {
  readonly id: string;
  readonly practiceId: string;
  /** Normalised, and unique in the whole installation: it is what people log in with. */
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly createdAt: Date;
  readonly lastLoggedInAt: Date | null;
  readonly closedAt: Date | null;
  /** Whether a password is set: until then only the one-time code opens the account. */
  readonly hasPassword: boolean;
};

/** What log in compares with; it never leaves the staff folder and its store. */
export type Secrets = {
  readonly passwordHash: string | null;
  readonly codeHash: string | null;
  readonly codeExpiresAt: Date | null;
};

export type StaffChanges = Partial<Pick<StaffMember, 'role' | 'closedAt'> & Secrets>;

/** One change of a practice's accounts, with its ledger entries: a transaction under the practice's lock. */
export type StaffChange = Ledgered & {
  find(id: string): Promise<(StaffMember & Secrets) | undefined>;
  /** False when the email address has an account already, at whichever practice. */
  add(member: StaffMember & Secrets, createdBy: string): Promise<boolean>;
  update(id: string, changes: StaffChanges): Promise<void>;
  /** Open accounts with this role. */
  countOpen(role: Role): Promise<number>;
  /** Ends every session of a person, and forgets their drafts. */
  endSessions(id: string): Promise<void>;
};

/** Who works with a session, looked up anew for each request: a closed account ends at once. */
export type LoggedIn = Pick<StaffMember, 'id' | 'practiceId' | 'role' | 'name'> & {
  readonly practice: { readonly name: string; readonly ods: string; readonly madeUp: boolean };
};

export interface StaffStore {
  /** By id alone, for a session: undefined when the account is closed or gone. */
  findOpen(id: string): Promise<LoggedIn | undefined>;
  find(practiceId: string, id: string): Promise<StaffMember | undefined>;
  /** By normalised email address, with what a log in is checked against. */
  findByEmail(email: string): Promise<(StaffMember & Secrets) | undefined>;
  list(practiceId: string): Promise<StaffMember[]>;
  change<T>(practiceId: string, work: (change: StaffChange) => Promise<T>): Promise<T>;
  /** Name and ODS code of a practice: nobody's password may be made of them. */
  practiceOf(practiceId: string): Promise<{ readonly name: string; readonly ods: string }>;
  noteLogIn(id: string, at: Date): Promise<void>;
}

/** An email address as it is kept and compared: without spaces around it, in small letters. */
export function normaliseEmail(typed: string): string {
  return typed.trim().normalize('NFKC').toLowerCase();
}

/** Enough of a check to catch slips; whether it exists shows when somebody logs in. */
export function isEmail(email: string): boolean {
  return email.length <= 254 && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email);
}
