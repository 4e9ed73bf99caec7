import { showDay, showInstant } from '../../../../day.ts';
import type { RecordedAct } from '../../../../objections/act-entry.ts';
import { identityChecks, isChecked } from '../../../../objections/evidence.ts';
import { hasNoNationalEffect } from '../../../../objections/national-opt-out.ts';
import { standing } from '../../../../objections/objection.ts';
import { mayObject, requesters } from '../../../../objections/who-may-ask.ts';
import type { Patient } from '../../../../patients/patient.ts';
import type { NameOf } from '../who.ts';
import { requesterWords, typeWords, viaWords, wordFor } from '../words.ts';

/** An act of the form, with its reference. */
export type Receipted = { readonly act: RecordedAct; readonly code: string };

const done: Readonly<Record<string, string>> = {
  record: 'Objection recorded',
  confirm: 'Objection confirmed',
  withdraw: 'Objection withdrawn',
};

/**
 * What the receipt of one form says.
 *
 * @param receipted the acts of the form, at least one
 * @param about the patient, and every act on their objections, for what these come to now
 */
export function receiptView(
  receipted: readonly [Receipted, ...Receipted[]],
  { history, patient }: { readonly history: readonly RecordedAct[]; readonly patient: Patient },
  nameOf: NameOf,
) {
  const [{ act: first }] = receipted;
  const types = receipted.map(({ act, code }) => {
    const acts = history.filter(({ type }) => type === act.type);
    const now = standing(acts);
    return {
      title: wordFor(typeWords, act.type),
      done: wordFor(done, act.kind),
      code,
      inForce: now.inForce,
      now: nowWords(now.inForce, now.needsSettling, now.since),
      isInError: now.states.get(act.id) === 'in-error',
    };
  });
  const says = receipted.map(({ act }) => act);
  return {
    heading: says.every(({ kind }) => kind === 'confirm')
      ? 'Objection confirmed'
      : wordFor(done, first.kind === 'confirm' ? 'record' : first.kind),
    isWithdrawal: first.kind === 'withdraw',
    hasType1: says.some(({ type }) => type === 'type-1'),
    hasType2: says.some(({ type }) => type === 'type-2'),
    noNationalEffect: says.some(
      ({ kind, type, receivedOn }) => kind !== 'withdraw' && hasNoNationalEffect(type, receivedOn),
    ),
    needsDecision: says.some(({ needsDecision }) => needsDecision === true),
    toCheck: [
      ...(isStillToCheck(first) ? ['identity'] : []),
      ...(isAuthorityToCheck(first, patient) ? ['authority to ask for the patient'] : []),
    ],
    anyInForce: types.some(({ inForce }) => inForce),
    types,
    rows: [
      { key: 'Asked by', value: askedBy(first) },
      { key: 'Received', value: receivedWords(first) },
      { key: 'Recorded', value: `${showInstant(first.recordedAt)}, by ${nameOf(first.actor)}` },
    ],
  };
}

function nowWords(inForce: boolean, needsSettling: boolean, since: string | null): string {
  if (inForce && needsSettling) return 'In force, until a manager settles which word was the last';
  if (inForce) return since ? `In force, received on ${showDay(since)}` : 'In force';
  return since ? `Not in force: withdrawn, received on ${showDay(since)}` : 'Not in force';
}

function askedBy({ requester, requesterName }: RecordedAct): string {
  const who = wordFor(requesterWords, requester);
  return requesterName ? `${who}: ${requesterName}` : who;
}

function receivedWords({ receivedOn, receivedVia }: RecordedAct): string {
  const day = receivedOn ? showDay(receivedOn) : 'On a day that is not known';
  return receivedVia ? `${day} (${wordFor(viaWords, receivedVia).toLowerCase()})` : day;
}

const isStillToCheck = ({ identityChecked }: RecordedAct): boolean =>
  identityChecked !== null && !isChecked(identityChecks.find((check) => check === identityChecked));

function isAuthorityToCheck(
  { requester, receivedOn: on, authoritySeen }: RecordedAct,
  patient: Patient,
): boolean {
  const isKnown = requesters.find((known) => known === requester);
  if (isKnown === undefined || on === null || authoritySeen !== null) return false;
  const may = mayObject({ requester: isKnown, dateOfBirth: patient.dateOfBirth, on, cannotDecide: true });
  return may.ok && may.needsAuthority;
}
