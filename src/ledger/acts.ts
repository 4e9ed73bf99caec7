/** Every act that the ledger knows. An entry with another act is refused, and `ledger verify` reports one it meets. */
export const ledgerActs = [
  'practice-added',
  'signing-key-made',

  'staff-added',
  'staff-changed',
  'staff-code-made',
  'staff-password-set',
  'staff-closed',
  'staff-reopened',

  'key-made',
  'key-revoked',

  'patients-imported',
  'patients-gone',
  'patients-import-undone',
  'patient-changed',
  'patient-restricted',
  'person-recorded',
  'person-linked',
  'person-unlinked',

  'objection-recorded',
  'objection-confirmed',
  'objection-withdrawn',
  'error-asked',
  'error-confirmed',
  'error-refused',
  'objection-settled',
  'objection-decided',
  'objections-imported',
  'objections-taken-in',
  'withdrawals-put-aside',
  'withdrawals-refused',
  'national-opt-out-told',
  'objections-acknowledged',
  'objections-coded',
  'evidence-added',
  'authority-checked',
  'birthday-noted',

  'incident-opened',
  'incident-assessed',
  'incident-told',
  'incident-closed',

  'extract-registered',
  'extract-approved',
  'extract-suspended',
  'extract-resumed',
  'extract-ended',

  'release-started',
  'release-decided',
  'release-completed',
  'release-failed',
  'release-interrupted',
  'check-decided',

  'access-digest',
] as const;

export type LedgerAct = (typeof ledgerActs)[number];

/** Whether a word read from outside is one of the acts. */
export function isLedgerAct(word: string): word is LedgerAct {
  return (ledgerActs as readonly string[]).includes(word);
}
