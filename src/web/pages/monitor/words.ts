import type { LedgerAct } from '../../../ledger/entry.ts';
import { paths } from '../../paths.ts';

/** What happened, in the order in which somebody who watches asks for it. */
export type Topic = { readonly title: string; readonly href: string; readonly acts: readonly LedgerAct[] };

export const topics: readonly Topic[] = [
  {
    title: 'Extracts',
    href: paths.extracts,
    acts: [
      ...(['extract-approved', 'extract-suspended', 'extract-resumed', 'extract-ended'] as const),
      ...(['extract-registered', 'extract-edited', 'extract-details-changed', 'extract-sent'] as const),
      ...(['extract-returned', 'pseudonym-key-changed', 'destruction-noted'] as const),
      ...(['canary-added', 'canary-removed', 'usual-number-accepted', 'consents-imported'] as const),
    ],
  },
  {
    title: 'Exemptions',
    href: paths.exemptions,
    acts: ['exemption-asked', 'exemption-approved', 'exemption-refused', 'exemption-ended'],
  },
  {
    title: 'Releases',
    href: paths.releases,
    acts: ['release-completed', 'release-failed', 'release-interrupted'],
  },
  {
    title: 'Incidents',
    href: paths.monitor,
    acts: ['incident-opened', 'incident-assessed', 'incident-told', 'incident-closed'],
  },
  {
    title: 'Flows that do not go through this guard',
    href: paths.otherFlows,
    acts: ['other-flow-registered', 'other-flow-changed', 'other-flow-ended'],
  },
  {
    title: 'Keys and staff',
    href: paths.monitor,
    acts: [
      ...(['key-made', 'key-revoked', 'signing-key-made', 'practice-added', 'practice-restored'] as const),
      ...(['staff-added', 'staff-changed', 'staff-closed', 'staff-reopened'] as const),
    ],
  },
  {
    title: 'Notices',
    href: paths.notices,
    acts: [
      'notice-drafted',
      'notice-published',
      'notice-withdrawn',
      'notice-translated',
      'notice-put-elsewhere',
    ],
  },
];

export const actWords: Partial<Readonly<Record<LedgerAct, string>>> = {
  'extract-approved': 'Approved',
  'extract-suspended': 'Suspended',
  'extract-resumed': 'Resumed',
  'extract-ended': 'Ended',
  'extract-registered': 'Registered',
  'extract-edited': 'Edited',
  'extract-details-changed': 'Details changed',
  'extract-sent': 'Sent for approval',
  'extract-returned': 'Returned',
  'pseudonym-key-changed': 'Key of pseudonyms changed',
  'destruction-noted': 'Destruction of the data noted',
  'canary-added': 'Test patient added',
  'canary-removed': 'Test patient removed',
  'usual-number-accepted': 'Unusual number of patients accepted',
  'consents-imported': 'Consents taken in from a file',
  'exemption-asked': 'Asked for',
  'exemption-approved': 'Approved',
  'exemption-refused': 'Refused',
  'exemption-ended': 'Ended',
  'release-completed': 'Released',
  'release-failed': 'Stopped or failed: nothing left',
  'release-interrupted': 'Interrupted',
  'incident-opened': 'Opened',
  'incident-assessed': 'Assessed',
  'incident-told': 'Somebody was told',
  'incident-closed': 'Closed',
  'other-flow-registered': 'Registered',
  'other-flow-changed': 'Changed',
  'other-flow-ended': 'Ended',
  'key-made': 'Key of an extract job made',
  'key-revoked': 'Key of an extract job revoked',
  'signing-key-made': 'New key that signs checkpoints',
  'practice-added': 'The practice was added',
  'register-published': 'Checkpoint and register of a day published',
  'practice-restored': 'Put back from a backup',
  'staff-added': 'Account added',
  'staff-changed': 'Role changed',
  'staff-closed': 'Account closed',
  'staff-reopened': 'Account opened again',
  'notice-drafted': 'Drafted',
  'notice-published': 'Published',
  'notice-withdrawn': 'Withdrawn',
  'notice-translated': 'Translated',
  'notice-put-elsewhere': 'Put up or handed round',
  'notice-run-made': 'Batches of a notice made',
  'notice-run-sent': 'Batches of a notice sent',
  'notice-run-stopped': 'Batches of a notice stopped',
  'notice-results-imported': 'Files of results taken in',
  'patient-told': 'What came of telling patients',
  'log-padded': 'Entries that say nothing, for the size of the log to tell nothing',
  'objection-recorded': 'Objections recorded',
  'objection-confirmed': 'Objections confirmed',
  'objection-withdrawn': 'Objections withdrawn',
  'error-asked': 'Said to be entered in error',
  'error-confirmed': 'Confirmed as entered in error',
  'check-decided': 'Checks of numbers by extract jobs',
  'access-digest': 'Hours in which patients were looked at',
  'monitor-look-digest': 'Hours in which a monitor looked at something',
  'patients-imported': 'Imports of the patient list',
  'patient-changed': 'Patients whose details changed',
};

/** An act in words; one that has none, by its name. */
export const wordsOf = (act: LedgerAct): string =>
  actWords[act] ?? `${act.charAt(0).toUpperCase()}${act.slice(1).replaceAll('-', ' ')}`;
