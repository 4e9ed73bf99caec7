import { showDay } from '../../../day.ts';
import { hasNoNationalEffect } from '../../../objections/national-opt-out.ts';
import { standing } from '../../../objections/objection.ts';
import type { ObjectionRequest } from '../../../objections/request.ts';
import type { Patient } from '../../../patients/patient.ts';
import type { Form } from '../../form.ts';
import {
  authorityChoices,
  identityChoices,
  onRecord,
  requesterChoices,
  viaChoices,
  wasYoungPerson,
} from './request-choices.ts';
import type { Subject } from './request-draft.ts';
import type { Flow } from './request-flow.ts';
import { authorityWords, identityWords, requesterWords, typeWords, viaWords, wordFor } from './words.ts';

const askedBefore = ['firstAskedOn', 'firstAskedProof'];

/** What the form's fields offer for this patient. */
export function fieldsOf({ dateOfBirth }: Patient, today: string, flow: Flow, form: Form) {
  return {
    requesters: requesterChoices(dateOfBirth, today),
    authorities: authorityChoices,
    asksWhetherCannotDecide: wasYoungPerson(dateOfBirth, today),
    vias: viaChoices,
    identities: identityChoices(flow.evenUnchecked),
    asksWhetherBefore: flow.asksWhetherBefore,
    saysAskedBefore: askedBefore.some((field) => form.has(field)),
  };
}

/** The form as it is first shown: received today, as most are. */
export function firstValues(today: string) {
  const [year, month, day] = today.split('-').map(Number);
  return {
    'receivedOn-day': String(day),
    'receivedOn-month': String(month),
    'receivedOn-year': String(year),
  };
}

/** What will be saved, row by row, each with a link to where it can be changed; and what it comes to. */
export function checkView(request: ObjectionRequest, { histories }: Subject, form: string) {
  const row = (key: string, field: string, value: string, wanted = true) =>
    wanted ? [{ key, value, actions: [changeLink(key, `${form}#${field}`)] }] : [];
  const isProxy = request.requester !== 'patient';
  const authority = wordFor(authorityWords, request.authoritySeen ?? null, 'Nothing seen yet');
  const before = request.types.map((type) => `${typeWords[type]}: ${onRecord(histories.get(type) ?? [])}`);
  return {
    rows: [
      ...row('Objection', 'types', request.types.map((type) => typeWords[type]).join(', ')),
      { key: 'On record until now', value: before.join(' ') },
      ...row('Who asks', 'requester', requesterWords[request.requester]),
      ...row('Name of who asks', 'requesterName', request.requesterName ?? 'Not provided', isProxy),
      ...row('What shows that they may ask', 'authoritySeen', authority, isProxy),
      ...row('Patient cannot decide', 'cannotDecide', 'Yes', request.cannotDecide === true),
      ...row('Received via', 'receivedVia', viaWords[request.receivedVia]),
      ...row('Received on', 'receivedOn-day', showDay(request.receivedOn)),
      ...row('Identity', 'identityChecked', wordFor(identityWords, request.identityChecked ?? null)),
      ...row(
        'Says that they first asked on',
        'firstAskedOn-day',
        firstAsked(request),
        isAskedBefore(request),
      ),
      ...row('Note', 'note', request.note ?? 'Not provided'),
    ],
    isConfirmation: request.types.some((type) => standing(histories.get(type) ?? []).inForce),
    noNationalEffect: request.types.some((type) => hasNoNationalEffect(type, request.receivedOn)),
  };
}

const isAskedBefore = ({ firstAskedOn = null }: ObjectionRequest): boolean => firstAskedOn !== null;

const firstAsked = ({ firstAskedOn, firstAskedProof }: ObjectionRequest): string =>
  firstAskedOn ? `${showDay(firstAskedOn)}. How that is known: ${firstAskedProof ?? ''}` : '';

const changeLink = (what: string, href: string) => ({
  href,
  text: 'Change',
  visuallyHiddenText: what.toLowerCase(),
});
