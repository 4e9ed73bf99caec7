import { ageOn, londonDay, showDay } from '../../../day.ts';
import type { RecordedAct } from '../../../objections/act-entry.ts';
import type { Unanswered } from '../../../objections/letter-store.ts';
import { hasNoNationalEffect } from '../../../objections/national-opt-out.ts';
import { standing } from '../../../objections/objection.ts';
import { AGE_TO_ASK } from '../../../objections/who-may-ask.ts';
import type { Patient } from '../../../patients/patient.ts';
import { typeWords, wordFor } from '../objections/words.ts';

const did: Readonly<Record<string, string>> = {
  record: 'We have recorded your',
  confirm: 'We have recorded that you confirmed your',
  withdraw: 'We have recorded that you withdrew your',
};

/** Why a letter cannot go out; undefined when it can. Nobody writes to the dead. */
export function unsendable({ dateOfDeath, address, postcode }: Patient): string | undefined {
  if (dateOfDeath !== null) return 'died';
  return (address ?? '').trim() === '' && (postcode ?? '').trim() === '' ? 'no address is known' : undefined;
}

/** The head of a letter to a patient; to whoever looks after a child who does not ask by themselves yet. */
export function headOf(patient: Patient, now: Date) {
  const name = [patient.title, patient.givenName, patient.familyName].filter(Boolean).join(' ');
  const today = londonDay(now);
  const isChild = ageOn(patient.dateOfBirth, today) < AGE_TO_ASK;
  return {
    to: isChild ? ['To the parent or guardian of', name] : [name],
    address: [...(patient.address ?? '').split(/[,\n]/), patient.postcode ?? '']
      .map((line) => line.trim())
      .filter(Boolean),
    date: showDay(today),
    greeting: isChild ? 'Dear parent or guardian' : `Dear ${salutation(patient)}`,
    child: isChild ? name : undefined,
  };
}

/**
 * The letter that tells a patient what was recorded.
 *
 * @param codeOf the reference of an act, as on its receipt
 */
export function letterOf(
  patient: Patient,
  { acts, history }: Unanswered,
  codeOf: (act: RecordedAct) => string,
  now: Date,
) {
  const types = [...new Set(acts.map(({ type }) => type))];
  const inForce = (type: string) => standing(history.filter((act) => act.type === type)).inForce;
  return {
    id: patient.id,
    ...headOf(patient, now),
    told: acts.map((act) => ({
      words: `${did[act.kind] ?? ''} ${wordFor(typeWords, act.type).toLowerCase()}.`,
      received: act.receivedOn ? `You told us on ${showDay(act.receivedOn)}.` : '',
      recorded: `Recorded on ${showDay(londonDay(act.recordedAt))}.`,
      code: codeOf(act),
    })),
    type1InForce: types.includes('type-1') && inForce('type-1'),
    anyInForce: types.some(inForce),
    noneInForce: types.every((type) => !inForce(type)),
    hasType2: types.includes('type-2'),
    noNationalEffect: acts.some(
      ({ kind, type, receivedOn }) => kind !== 'withdraw' && hasNoNationalEffect(type, receivedOn),
    ),
  };
}

const salutation = ({ title, givenName, familyName }: Patient): string =>
  title ? `${title} ${familyName}` : `${givenName} ${familyName}`;
