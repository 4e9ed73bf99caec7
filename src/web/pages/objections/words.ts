import type { Authority, IdentityCheck } from '../../../objections/evidence.ts';
import type { ActState, ObjectionType } from '../../../objections/objection.ts';
import type { Projection } from '../../../objections/projection.ts';
import type { ReceivedVia } from '../../../objections/received-via.ts';
import type { Requester } from '../../../objections/who-may-ask.ts';

type Words<Name extends string> = Readonly<Record<Name, string>>;

// What the words of the domain are called on a page; the same everywhere.

export const typeWords: Words<ObjectionType> = {
  'type-1': 'Type 1 objection',
  'type-2': 'Type 2 objection',
};

export const viaWords: Words<ReceivedVia> = {
  'in-person': 'In person',
  phone: 'Phone',
  letter: 'Letter',
  email: 'Email',
  'type-1-form': 'Type 1 opt-out form',
  'online-form': 'Online form',
  'clinical-record': 'Coded in clinical record',
  other: 'Other',
};

export const requesterWords: Words<Requester> = {
  patient: 'The patient',
  'parental-responsibility': 'Somebody with parental responsibility',
  'attorney-health': 'An attorney for health and welfare',
  'attorney-property': 'An attorney for property and financial affairs',
  deputy: 'A deputy appointed by the court',
  'nobody-to-decide': 'Somebody else, for an adult who cannot decide and has nobody who may',
  'child-and-parent-disagree': 'A child and a parent, who disagree',
};

export const identityWords: Words<IdentityCheck> = {
  'known-in-person': 'Known to staff in person',
  'photo-id': 'Photo ID seen',
  'details-in-record': 'Answered questions about their record',
  signature: 'Signature compared with the record',
  'nhs-login': 'NHS login',
  'not-yet': 'Not checked yet',
};

export const authorityWords: Words<Authority> = {
  'birth-or-adoption-certificate': 'Birth or adoption certificate',
  'parental-responsibility-order': 'Order or agreement on parental responsibility',
  'lasting-power-of-attorney': 'Lasting power of attorney',
  'court-order-deputy': 'Court order that appoints the deputy',
  'known-from-record': 'Already in the patient’s record',
  other: 'Something else (say what in the note)',
};

export const statusWords: Words<Projection['status']> = {
  'in-force': 'In force',
  withdrawn: 'Withdrawn',
  'in-error': 'Entered in error',
  'not-upheld': 'Not upheld',
};

/** What an act did. */
export const actWords: Words<string> = {
  record: 'Objection recorded',
  confirm: 'Objection confirmed',
  withdraw: 'Objection withdrawn',
  'ask-error': 'Said to be entered in error',
  'confirm-error': 'Confirmed: entered in error',
  'refuse-error': 'Not confirmed: not entered in error',
  settle: 'Settled which word was the last',
  decide: 'Decided by the guardian',
};

/** What has become of an act; nothing to say of one that stands. */
export const actStateWords: Words<Exclude<ActState, 'stands'>> = {
  withdrawn: 'Withdrawn later',
  superseded: 'The patient objected again later',
  unsettled: 'Lifts nothing until it is settled which word was the last',
  'in-error': 'Entered in error',
  'not-upheld': 'Not upheld by the guardian',
};

/** A word of the domain as a page says it; what this version does not know, as it is kept. */
export function wordFor(words: Words<string>, name: string | null, none = 'Not known'): string {
  return name === null ? none : (words[name] ?? name);
}
