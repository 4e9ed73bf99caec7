import type { Config } from '../config.ts';
import type { Actor } from '../ledger/entry.ts';
import { addPractice, type NewPractice } from '../staff/add-practice.ts';
import { addStaff } from '../staff/add-staff.ts';
import { changePassword, type NewPassword } from '../staff/change-password.ts';
import { changeRole } from '../staff/change-role.ts';
import { checkLogIn, type LogIn } from '../staff/check-log-in.ts';
import { closeAccount } from '../staff/close-account.ts';
import { makeCode, reopenAccount } from '../staff/make-code.ts';
import { type FirstPassword, setFirstPassword } from '../staff/set-first-password.ts';
import { practiceStore } from '../store/practice-store.ts';
import { staffStore } from '../store/staff-store.ts';
import type { Opened } from './opened.ts';

/** Practices, and the accounts of those who work there. */
export function staffServices({ database, now, on }: Opened, { publicUrl }: Pick<Config, 'publicUrl'>) {
  const practices = practiceStore(database);
  const staff = staffStore(database);
  const staffing = on(staff);
  return {
    addPractice: (input: Omit<NewPractice, 'host'>, by: Actor) =>
      addPractice(practices, { ...input, host: new URL(publicUrl).host }, by, now()),
    practice: practices.find,
    practiceByOds: practices.findByOds,
    practices: practices.list,
    find: staff.find,
    findOpen: staff.findOpen,
    list: staff.list,
    add: staffing(addStaff),
    makeCode: staffing(makeCode),
    changeRole: staffing(changeRole),
    close: staffing(closeAccount),
    reopen: staffing(reopenAccount),
    checkLogIn: (typed: LogIn) => checkLogIn(staff, typed, now()),
    setFirstPassword: (typed: FirstPassword) => setFirstPassword(staff, typed, now()),
    changePassword: (input: NewPassword) => changePassword(staff, input, now()),
  };
}
