import { expect, test } from 'vitest';
import { mayKeep } from '../../src/staff/may-keep.ts';
import { isPermission, type Permission, permissions, permits } from '../../src/staff/permissions.ts';
import { type Role, roles } from '../../src/staff/roles.ts';

const of = (role: Role) => permissions.filter((permission) => permits(role, permission)).sort();

const desk: Permission[] = [
  'use-account',
  'find-patient',
  'view-patient',
  'list-objections',
  'record-objection',
  'withdraw-objection',
  'ask-error',
  'match-person',
  'view-evidence',
  'check-authority',
  'ask-for-letters',
  'record-consent',
  'view-extracts',
  'view-notices',
  'tell-patient',
  'list-untold',
];

// Written a second time from the table of roles in the design, so that a slip in one of them shows.
test('a receptionist works at the desk, and sees no report', () => {
  expect(of('receptionist')).toEqual([...desk].sort());
});

test('a manager does all of that, and keeps the practice running, but approves nothing', () => {
  const more: Permission[] = [
    'view-access-log',
    'see-restricted',
    'restrict-patient',
    'link-records',
    'reconcile',
    'view-reconciliations',
    'review-unusual-look',
    'send-letters',
    'view-incidents',
    'assess-incident',
    'import-patients',
    'confirm-error',
    'settle-objection',
    'import-objections',
    'confirm-withdrawals',
    'register-extract',
    'preview-extract',
    'hand-out-register',
    'suspend-extract',
    'view-exemptions',
    'ask-exemption',
    'end-exemption',
    'import-consents',
    'keep-canaries',
    'view-releases',
    'view-release-patients',
    'manage-keys',
    'write-notices',
    'run-notices',
    'view-coverage',
    'view-reports',
    'view-ledger',
    'verify-ledger',
    'keep-staff',
    'manage-staff',
  ];
  expect(of('manager')).toEqual([...desk, ...more].sort());
});

test('a guardian approves and decides, and registers nothing', () => {
  const more: Permission[] = [
    'view-access-log',
    'view-reconciliations',
    'review-unusual-look',
    'see-restricted',
    'restrict-patient',
    'link-records',
    'view-incidents',
    'assess-incident',
    'close-incident',
    'send-letters',
    'confirm-error',
    'decide-objection',
    'approve-extract',
    'preview-extract',
    'hand-out-register',
    'suspend-extract',
    'view-exemptions',
    'ask-exemption',
    'approve-exemption',
    'end-exemption',
    'keep-canaries',
    'view-releases',
    'view-release-patients',
    'view-coverage',
    'view-reports',
    'view-ledger',
    'verify-ledger',
    'keep-staff',
    'manage-guardians',
  ];
  expect(of('guardian')).toEqual([...desk, ...more].sort());
});

test('a monitor reads, sees no patient, and changes nothing but their own password', () => {
  expect(of('monitor')).toEqual([
    'hand-out-register',
    'use-account',
    'verify-ledger',
    'view-coverage',
    'view-exemptions',
    'view-extracts',
    'view-ledger',
    'view-notices',
    'view-releases',
    'view-reports',
  ]);
});

test('a word that is not in the table is no permission', () => {
  expect(isPermission('find-patient')).toBe(true);
  expect(['toString', 'constructor', '', 'export-everything'].filter(isPermission)).toEqual([]);
});

test('who keeps whose account', () => {
  const kept = (actor: Role) => roles.filter((role) => mayKeep(actor, role));
  expect(Object.fromEntries(roles.map((role) => [role, kept(role)]))).toEqual({
    receptionist: [],
    manager: ['receptionist', 'manager'],
    guardian: ['guardian', 'monitor'],
    monitor: [],
  });
});

test('a change of role that touches a guardian or monitor on either side is for guardians', () => {
  const pairs = roles.flatMap((was) => roles.map((role) => [was, role] as const));
  const bare: Role[] = ['receptionist', 'manager'];
  for (const [was, role] of pairs) {
    const plain = bare.includes(was) && bare.includes(role);
    expect([was, role, mayKeep('manager', was, role)]).toEqual([was, role, plain]);
    expect([was, role, mayKeep('guardian', was, role)]).toEqual([was, role, !plain]);
    expect(mayKeep('receptionist', was, role) || mayKeep('monitor', was, role)).toBe(false);
  }
});
