import type { RecordedFromPile } from '../../../objections/piles/record-from-pile.ts';
import type { Recorded } from '../../../objections/record-objection.ts';
import { NOTE_LENGTH } from '../../../objections/request.ts';
import type { Withdrawn } from '../../../objections/withdraw-objection.ts';
import type { FieldError } from '../../form.ts';

export type RequestReason = Extract<Recorded | Withdrawn | RecordedFromPile, { ok: false }>['reason'];

const faults: Readonly<Record<RequestReason, FieldError>> = {
  'no-such-patient': {
    field: 'types',
    text: 'This patient is no longer on the list. Find the patient again',
  },
  'no-such-pile': { field: 'types', text: 'This pile is no longer here. Go back to the piles' },
  'no-type': { field: 'types', text: 'Select the type of objection' },
  'not-in-force': {
    field: 'types',
    text: 'This objection is not in force, so there is nothing to withdraw. Somebody else may have withdrawn it just now',
  },
  'not-a-day': { field: 'receivedOn-day', text: 'Received on must be a real date' },
  'received-in-future': { field: 'receivedOn-day', text: 'Received on must be today or in the past' },
  'not-born-yet': {
    field: 'receivedOn-day',
    text: 'Received on must be the same as or after the patient’s date of birth',
  },
  'via-not-by-hand': {
    field: 'receivedVia',
    text: 'Select how the practice was told. What is coded in the clinical record comes from its own report, never by hand',
  },
  'first-asked-not-earlier': {
    field: 'firstAskedOn-day',
    text: 'The day on which they first asked must be before received on',
  },
  'first-asked-without-proof': {
    field: 'firstAskedProof',
    text: 'Enter how it is known that they asked on that day',
  },
  'first-asked-before-birth': {
    field: 'firstAskedOn-day',
    text: 'The day on which they first asked must be the same as or after the patient’s date of birth',
  },
  'requester-not-named': { field: 'requesterName', text: 'Enter the name of the person who asks' },
  'note-too-long': { field: 'note', text: `Note must be ${NOTE_LENGTH} characters or fewer` },
  'patient-is-adult': {
    field: 'requester',
    text: 'The patient was 18 or over on that day. Nobody has parental responsibility for an adult: select somebody else',
  },
  'young-person-decides': {
    field: 'requester',
    text: 'The patient was 13 to 17 on that day and asks by themselves. If the patient cannot decide, tick so below',
  },
  'patient-is-child': {
    field: 'requester',
    text: 'The patient was under 18 on that day. An attorney acts for adults only: select somebody else',
  },
  'guardian-decides': {
    field: 'requester',
    text: 'This cannot be withdrawn at the desk. Ask the Caldicott Guardian of the practice',
  },
  'identity-not-confirmed': {
    field: 'identityChecked',
    text: 'Check identity first. A withdrawal is recorded only after it was checked',
  },
  'authority-not-confirmed': {
    field: 'authoritySeen',
    text: 'Select what shows that they may ask. A withdrawal is recorded only after it was seen',
  },
};

/** What is wrong with a request, at the field where it can be put right. */
export const faultOf = (reason: RequestReason): FieldError => faults[reason];
