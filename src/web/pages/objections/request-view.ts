import { showDay } from '../../../day.ts';
import { hasNoNationalEffect } from '../../../objections/national-opt-out.ts';
import { standing } from '../../../objections/objection.ts';
import type { ObjectionRequest } from '../../../objections/request.ts';
import type { Patient } from '../../../patients/patient.ts';
import { dayValues } from '../../day-field.ts';
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
export function fieldsOf(
  { dateOfBirth }: Patient,
  today: string,
  { flow, form, focus }: { flow: Flow; form: Form; focus: string | undefined },
) {
  return {
    requesters: focusOn('requester', focus, requesterChoices(dateOfBirth, today)),
    namesRequester: focusOn('requesterName', focus, [{}])[0],
    authorities: authorityChoices,
    asksWhetherCannotDecide: wasYoungPerson(dateOfBirth, today),
    vias: viaChoices,
    identities: focusOn('identityChecked', focus, identityChoices(flow.evenUnchecked)),
    asksWhetherBefore: flow.asksWhetherBefore,
    saysAskedBefore: askedBefore.some((field) => form.has(field)),
  };
}

/** The choices of a field, or its one box. If the field has the focus, the first gets it, and says whom the page is about. */
export function focusOn<Item extends object>(
  name: string,
  focus: string | undefined,
  choices: readonly Item[],
): readonly Item[] {
  if (name !== focus) return choices;
  const [first, ...others] = choices;
  const said = first && 'hint' in first ? `patient ${name}-item-hint` : 'patient';
  return first ? [{ ...first, attributes: { autofocus: true, 'aria-describedby': said } }, ...others] : [];
}

/** The form as it is first shown: received today, as most are. */
export const firstValues = (today: string) => dayValues('receivedOn', today);

/** The field where the person goes on: the first that has to be filled in and is not; the first of all when none is. */
export function fieldToFocus(form: Form): string {
  const isProxy = form.field('requester').value !== 'patient';
  const toFill = ['types', 'requester', ...(isProxy ? ['requesterName'] : []), 'identityChecked'];
  return toFill.find((name) => !form.has(name)) ?? 'types';
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
