import { type Role, roles } from './roles.ts';

const everybody = roles;
const seesPatients = ['receptionist', 'manager', 'guardian'] as const;

/**
 * The one table of who may do what in their own practice. What is not in it, nobody may.
 * A monitor sees no patient; an extract's approval is never the manager's; two people where product.md asks for two
 * is a rule of the command itself, because it depends on who acted before.
 */
const table = {
  'use-account': everybody,

  'find-patient': seesPatients,
  'view-patient': seesPatients,
  'view-access-log': ['manager', 'guardian'],
  'review-unusual-look': ['manager', 'guardian'],
  'see-restricted': ['manager', 'guardian'],
  'restrict-patient': ['manager', 'guardian'],
  'match-person': seesPatients,
  'link-records': ['manager', 'guardian'],
  'import-patients': ['manager'],

  'list-objections': seesPatients,
  'record-objection': seesPatients,
  'withdraw-objection': seesPatients,
  'ask-error': seesPatients,
  'confirm-error': ['manager', 'guardian'],
  'settle-objection': ['manager'],
  'decide-objection': ['guardian'],
  'import-objections': ['manager'],
  'confirm-withdrawals': ['manager'],
  'view-evidence': seesPatients,
  'check-authority': seesPatients,
  reconcile: ['manager'],
  'view-reconciliations': ['manager', 'guardian'],
  'ask-for-letters': seesPatients,
  'send-letters': ['manager', 'guardian'],

  'view-incidents': ['manager', 'guardian'],
  'assess-incident': ['manager', 'guardian'],
  'close-incident': ['guardian'],

  'view-extracts': everybody,
  'register-extract': ['manager'],
  'preview-extract': ['manager', 'guardian'],
  'approve-extract': ['guardian'],
  'suspend-extract': ['manager', 'guardian'],
  'hand-out-register': ['manager', 'guardian', 'monitor'],
  'view-exemptions': ['manager', 'guardian', 'monitor'],
  'ask-exemption': ['manager', 'guardian'],
  'approve-exemption': ['guardian'],
  'end-exemption': ['manager', 'guardian'],
  'record-consent': seesPatients,
  'import-consents': ['manager'],
  'keep-canaries': ['manager', 'guardian'],
  'view-releases': ['manager', 'guardian', 'monitor'],
  'view-release-patients': ['manager', 'guardian'],
  'manage-keys': ['manager'],

  'view-notices': everybody,
  'write-notices': ['manager'],
  'tell-patient': seesPatients,
  'view-coverage': ['manager', 'guardian', 'monitor'],
  'list-untold': seesPatients,
  'run-notices': ['manager'],

  'view-reports': ['manager', 'guardian', 'monitor'],
  'view-ledger': ['manager', 'guardian', 'monitor'],
  'verify-ledger': ['manager', 'guardian', 'monitor'],

  'keep-staff': ['manager', 'guardian'],
  'manage-staff': ['manager'],
  'manage-guardians': ['guardian'],
} as const satisfies Readonly<Record<string, readonly Role[]>>;

export type Permission = keyof typeof table;

/** Every permission there is. */
export const permissions = Object.keys(table) as Permission[];

/** Whether a word is a permission at all. */
export function isPermission(word: string): word is Permission {
  return Object.hasOwn(table, word);
}

/** Whether somebody with this role may do this. */
export function permits(role: Role, permission: Permission): boolean {
  return (table[permission] as readonly Role[]).includes(role);
}
