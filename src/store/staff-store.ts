import type { Role } from '../staff/roles.ts';
import type { Secrets, StaffChange, StaffChanges, StaffMember, StaffStore } from '../staff/staff.ts';
import type { Database } from './database.ts';
import type { Staff } from './generated/sqlite/client.ts';
import { changePractice, type PracticeChange } from './practice-change.ts';
import { isTaken } from './unique.ts';

/** Accounts in the database. */
export function staffStore(database: Database): StaffStore {
  const { staff, practice: practices } = database.reader;
  return {
    async findOpen(id) {
      const row = await staff.findFirst({ where: { id, disabledAt: null } });
      if (row === null) return undefined;
      const { practiceId, role, name } = memberOf(row);
      const practice = await practices.findUniqueOrThrow({
        where: { id: practiceId },
        select: { name: true, ods: true, madeUp: true },
      });
      return { id, practiceId, role, name, practice };
    },
    async find(practiceId, id) {
      const row = await staff.findFirst({ where: { id, practiceId } });
      return row === null ? undefined : memberOf(row);
    },
    async findByEmail(email) {
      const row = await staff.findUnique({ where: { email } });
      return row === null ? undefined : withSecrets(row);
    },
    async list(practiceId) {
      const rows = await staff.findMany({ where: { practiceId }, orderBy: [{ name: 'asc' }, { id: 'asc' }] });
      return rows.map(memberOf);
    },
    async change(practiceId, work) {
      const run = () => changePractice(database, practiceId, (change) => work(staffChange(change)));
      // Another practice may take an email address at this moment. The second look finds it taken.
      return run().catch((error: unknown) => (isTaken(error) ? run() : Promise.reject(error)));
    },
    practiceOf: (id) => practices.findUniqueOrThrow({ where: { id }, select: { name: true, ods: true } }),
    async noteLogIn(id, at) {
      await database.write((tx) => tx.staff.update({ where: { id }, data: { lastLoggedInAt: at } }));
    },
  };
}

function staffChange({ practiceId, tx, append }: PracticeChange): StaffChange {
  return {
    append,
    async find(id) {
      const row = await tx.staff.findFirst({ where: { id, practiceId } });
      return row === null ? undefined : withSecrets(row);
    },
    async add(member, createdBy) {
      // Looked up first: on PostgreSQL a refused insert would spoil the rest of the transaction.
      if ((await tx.staff.count({ where: { email: member.email } })) > 0) return false;
      const { id, email, name, role, createdAt } = member;
      await tx.staff.create({
        data: { id, practiceId, email, name, role, createdAt, createdBy, ...columnsOf(member) },
      });
      return true;
    },
    async update(id, changes) {
      await tx.staff.updateMany({ where: { id, practiceId }, data: columnsOf(changes) });
    },
    countOpen: (role) => tx.staff.count({ where: { practiceId, role, disabledAt: null } }),
    async endSessions(id) {
      await tx.session.deleteMany({ where: { staffId: id } });
      await tx.draft.deleteMany({ where: { staffId: id } });
    },
  };
}

function columnsOf({ role, closedAt, passwordHash, codeHash, codeExpiresAt }: StaffChanges) {
  return {
    ...(role !== undefined && { role }),
    ...(closedAt !== undefined && { disabledAt: closedAt }),
    ...(passwordHash !== undefined && { passwordHash }),
    ...(codeHash !== undefined && { oneTimeCodeHash: codeHash }),
    ...(codeExpiresAt !== undefined && { oneTimeCodeExpiresAt: codeExpiresAt }),
  };
}

function memberOf(row: Staff): StaffMember {
  const { id, practiceId, email, name, role, createdAt, lastLoggedInAt, disabledAt, passwordHash } = row;
  return {
    id,
    practiceId,
    email,
    name,
    role: role as Role,
    createdAt,
    lastLoggedInAt,
    closedAt: disabledAt,
    hasPassword: passwordHash !== null,
  };
}

function withSecrets(row: Staff): StaffMember & Secrets {
  return {
    ...memberOf(row),
    passwordHash: row.passwordHash,
    codeHash: row.oneTimeCodeHash,
    codeExpiresAt: row.oneTimeCodeExpiresAt,
  };
}
