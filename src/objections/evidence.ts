/**
 * How it was checked that the patient, or who asks for them, is who they say. `not-yet` is an answer too: an objection
 * works before it is checked, a withdrawal does not.
 */
export const identityChecks = [
  'known-in-person',
  'photo-id',
  'details-in-record',
  'signature',
  'nhs-login',
  'not-yet',
] as const;
export type IdentityCheck = (typeof identityChecks)[number];

/** What shows that somebody may ask for the patient (after the proxy standard DAPB3051, appendix A). */
export const authorities = [
  'birth-or-adoption-certificate',
  'parental-responsibility-order',
  'lasting-power-of-attorney',
  'court-order-deputy',
  'known-from-record',
  'other',
] as const;
export type Authority = (typeof authorities)[number];

/** Whether identity was checked, as far as a withdrawal needs it. */
export const isChecked = (identity: IdentityCheck | null | undefined): boolean =>
  identity !== null && identity !== undefined && identity !== 'not-yet';
