/** Every act that the ledger knows. An entry with another act is refused, and `ledger verify` reports one it meets. */
export const ledgerActs = [
  'practice-added',
  'signing-key-made',
  'practice-restored',

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
  'codes-reconciled',
  'evidence-added',
  'authority-checked',
  'birthday-noted',

  'recipient-letters-agreed',
  'recipient-letter-sent',
  'recipient-letter-answered',
  'recipient-letter-stopped',

  'incident-opened',
  'incident-assessed',
  'incident-told',
  'incident-closed',

  'extract-registered',
  'extract-edited',
  'extract-details-changed',
  'extract-sent',
  'extract-returned',
  'extract-approved',
  'extract-suspended',
  'extract-resumed',
  'extract-ended',
  'pseudonym-key-changed',
  'destruction-noted',
  'other-flow-registered',
  'other-flow-changed',
  'other-flow-ended',

  'exemption-asked',
  'exemption-approved',
  'exemption-refused',
  'exemption-ended',
  'consent-given',
  'consent-withdrawn',
  'consents-imported',
  'canary-added',
  'canary-removed',
  'usual-number-accepted',

  'notice-drafted',
  'notice-published',
  'notice-withdrawn',
  'notice-translated',
  'notice-put-elsewhere',
  'notice-run-made',
  'notice-run-sent',
  'notice-run-stopped',
  'notice-results-imported',
  'patient-told',

  'release-started',
  'release-decided',
  'release-completed',
  'release-failed',
  'release-interrupted',
  'check-decided',

  'access-digest',
  'unusual-look-reviewed',
  'monitor-look-digest',

  'register-published',
  'log-padded',
] as const;

export type LedgerAct = (typeof ledgerActs)[number];

/** Whether a word read from outside is one of the acts. */
export function isLedgerAct(word: string): word is LedgerAct {
  return (ledgerActs as readonly string[]).includes(word);
}
