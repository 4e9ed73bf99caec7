import { addDays, ageOn, showDay } from '../../../day.ts';
import { hasNoNationalEffect } from '../../../objections/national-opt-out.ts';
import { type ObjectionAct, standing } from '../../../objections/objection.ts';
import type { ObjectionRequest } from '../../../objections/request.ts';
import { AGE_TO_ASK } from '../../../objections/who-may-ask.ts';

export type About = {
  readonly request: ObjectionRequest;
  readonly dateOfBirth: string;
  /** `YYYY-MM-DD` in London. */
  readonly today: string;
  /** The acts so far on the objections that the request names. */
  readonly histories: readonly (readonly ObjectionAct[])[];
  /** What the patient list says against this being the patient at the desk. */
  readonly notes: readonly string[];
};

/** What makes an objection likely to be a mistake, or to be less than the patient thinks; asked about once. */
export function objectionMistakes(about: About): string[] {
  const { request, dateOfBirth, histories } = about;
  const { receivedOn, requester } = request;
  return [
    ...mistakesOfBoth(about),
    ...(requester === 'patient' && ageOn(dateOfBirth, receivedOn) < AGE_TO_ASK
      ? [
          'The patient is under 13 and asks by themselves. The objection works at once, and the Caldicott Guardian will decide on it.',
        ]
      : []),
    ...(request.types.some((type) => hasNoNationalEffect(type, receivedOn))
      ? [
          'Type 2 objections ended on 11 October 2018. This one works in this practice only and has no national effect: the patient has to set a National Data Opt-out themselves.',
        ]
      : []),
    ...histories.flatMap((acts) => {
      const { inForce, since } = standing(acts);
      return !inForce && since !== null && since > receivedOn
        ? [
            `A withdrawal received later, on ${showDay(since)}, is on record. It stays the last word: this objection will not be in force.`,
          ]
        : [];
    }),
  ];
}

/** Withdrawing is always asked about: it lifts a protection. */
export function withdrawalMistakes(about: About): string[] {
  const { request, histories } = about;
  const late = histories.flatMap((acts) => {
    const { since } = standing(acts);
    return since !== null && request.receivedOn <= since ? [since] : [];
  });
  return [
    'After this, the patient’s data can leave in extracts that the objection stopped. What has left cannot be called back.',
    ...mistakesOfBoth(about),
    ...late.map((since) =>
      since === request.receivedOn
        ? `The objection was received on the same day. It stays in force until a manager settles which word was the last.`
        : `The objection was received later, on ${showDay(since)}. It stays the last word: this withdrawal will not lift it.`,
    ),
  ];
}

function mistakesOfBoth({ request, today, notes }: About): string[] {
  const old = request.receivedOn < addDays(today, -365);
  return [
    ...(old
      ? [
          `You entered ${showDay(request.receivedOn)} as the day it was received. That is more than a year ago.`,
        ]
      : []),
    ...notes.map((note) => `The patient list says of this patient: ${note}.`),
  ];
}
