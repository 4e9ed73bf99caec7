import { ageOn, showDay } from '../../../day.ts';
import { authorities, identityChecks } from '../../../objections/evidence.ts';
import {
  type ObjectionAct,
  type ObjectionType,
  objectionTypes,
  standing,
} from '../../../objections/objection.ts';
import { keyedVias } from '../../../objections/received-via.ts';
import {
  AGE_OF_ADULT,
  AGE_TO_ASK,
  mayObject,
  type Requester,
  requesters,
} from '../../../objections/who-may-ask.ts';
import { authorityWords, identityWords, requesterWords, typeWords, viaWords } from './words.ts';

type Choice = { readonly value: string; readonly text: string; readonly hint?: string };

/** Before it nobody could object: type 1 was introduced in 2013. */
const FIRST_DAY = '2013-01-01';

/** Who can have asked for this patient, on any day from the first objections to today. */
export function requesterChoices(dateOfBirth: string, today: string): Choice[] {
  const first = dateOfBirth > FIRST_DAY ? dateOfBirth : FIRST_DAY;
  const possible = (requester: Requester) =>
    [first, today].some((on) => mayObject({ requester, dateOfBirth, on, cannotDecide: true }).ok);
  const isAdult = ageOn(dateOfBirth, today) >= AGE_OF_ADULT;
  const hints: Partial<Record<Requester, string>> = {
    ...(ageOn(dateOfBirth, today) < AGE_TO_ASK && {
      patient: 'Under 13: it works at once, and the Caldicott Guardian decides on it',
    }),
    'parental-responsibility': 'For a patient under 13, or under 18 who cannot decide',
    'nobody-to-decide': 'It works at once, and the Caldicott Guardian decides on it',
    'child-and-parent-disagree': 'It works at once, and the Caldicott Guardian decides on it',
  };
  return requesters
    .filter((requester) => possible(requester) && (isAdult || requester !== 'nobody-to-decide'))
    .map((requester) => choice(requester, requesterWords[requester], hints[requester]));
}

/** Whether the patient was 13 to 17 on a day on which they can have asked: then it matters whether they can decide. */
export function wasYoungPerson(dateOfBirth: string, today: string): boolean {
  return ageOn(dateOfBirth, today) >= AGE_TO_ASK && ageOn(dateOfBirth, FIRST_DAY) < AGE_OF_ADULT;
}

const meanings: Readonly<Record<ObjectionType, string>> = {
  'type-1': 'Data that identifies the patient does not leave the practice, except for their own care',
  'type-2': 'Replaced by the National Data Opt-out on 11 October 2018. A new one works in this practice only',
};

/** The types, with what is on record of each. */
export function typeChoices(histories: ReadonlyMap<ObjectionType, readonly ObjectionAct[]>): Choice[] {
  return objectionTypes.map((type) =>
    choice(type, typeWords[type], `${meanings[type]}. ${onRecord(histories.get(type) ?? [])}`),
  );
}

/** The types that can be withdrawn. */
export function typesInForce(histories: ReadonlyMap<ObjectionType, readonly ObjectionAct[]>): Choice[] {
  return objectionTypes
    .filter((type) => standing(histories.get(type) ?? []).inForce)
    .map((type) => choice(type, typeWords[type], onRecord(histories.get(type) ?? [])));
}

/** What is on record of one type, plainly; also that there is nothing. */
export function onRecord(acts: readonly ObjectionAct[]): string {
  const { inForce, since, decidingActId } = standing(acts);
  if (inForce)
    return since
      ? `In force, received on ${showDay(since)}.`
      : 'In force, received on a day that is not known.';
  if (decidingActId !== null && since) return `Not in force: withdrawn, received on ${showDay(since)}.`;
  return 'No objection of this type on record.';
}

export const viaChoices: Choice[] = keyedVias.map((via) => choice(via, viaWords[via]));

/** A withdrawal is not recorded before identity was checked, so `not-yet` is no choice there. */
export const identityChoices = (evenNotYet: boolean): Choice[] =>
  identityChecks
    .filter((check) => evenNotYet || check !== 'not-yet')
    .map((check) => choice(check, identityWords[check]));

export const authorityChoices: Choice[] = [
  { value: '', text: 'Nothing seen yet' },
  ...authorities.map((authority) => choice(authority, authorityWords[authority])),
];

function choice(value: string, text: string, hint?: string): Choice {
  return { value, text, ...(hint && { hint }) };
}
