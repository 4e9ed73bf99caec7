import { ageOn, londonDay, showDay } from '../../../day.ts';
import type { RecordedAct } from '../../../objections/act-entry.ts';
import { objectionTypes, standing } from '../../../objections/objection.ts';
import type { ListedObjection } from '../../../objections/objection-reader.ts';
import { statusOf } from '../../../objections/projection.ts';
import { formatNhsNumber } from '../../../patients/nhs-number.ts';
import { type Patient, shownName } from '../../../patients/patient.ts';
import { html } from '../../html.ts';
import { paths } from '../../paths.ts';
import { type May, workOf } from '../objections/list-view.ts';
import type { NameOf } from '../objections/who.ts';
import { statusWords, typeWords, wordFor } from '../objections/words.ts';
import { needsOf } from '../told/words.ts';
import { actLine } from './act-line.ts';

/** Who the patient is, as the practice's list has them. */
export function factsOf(patient: Patient, isNumberShared: boolean, now: Date) {
  const { dateOfBirth, dateOfDeath, status, leftOn, address, postcode, gender } = patient;
  const { restricted, personId } = patient;
  const age = ageOn(dateOfBirth, dateOfDeath ?? londonDay(now));
  const place = [address, postcode].filter(Boolean).join(', ');
  return {
    name: shownName(patient),
    warnings: [
      ...(dateOfDeath ? [`Died on ${showDay(dateOfDeath)}. Their objections stand.`] : []),
      ...(status === 'to-be-matched'
        ? [
            personId === null
              ? 'Not found on the patient list yet. No extract lets anything of them leave, except lists for direct care.'
              : 'Matched with the patient list: what is recorded here holds for the patient there.',
          ]
        : []),
      ...(restricted
        ? ['Restricted: only managers and guardians see this record. Extracts withhold it.']
        : []),
      ...(status === 'left'
        ? [`Left the practice${leftOn ? ` (noticed on ${showDay(leftOn)})` : ''}. Their objections stand.`]
        : []),
      ...(isNumberShared
        ? [
            'Somebody else on the list has the same NHS number. Until this is put right, no extract lets either of them leave, except lists for direct care.',
          ]
        : []),
    ],
    rows: [
      {
        key: 'Date of birth',
        value:
          dateOfBirth === ''
            ? 'Not known'
            : `${showDay(dateOfBirth)} (${dateOfDeath ? `died at ${age}` : `aged ${age}`})`,
      },
      {
        key: 'NHS number',
        value: { html: html`<span class="nhsuk-u-nowrap">${formatNhsNumber(patient.nhsNumber)}</span>` },
      },
      { key: 'Address', value: place || 'Not known' },
    ],
    more: [
      { key: 'Gender', value: gender ? gender.charAt(0).toUpperCase() + gender.slice(1) : 'Not known' },
      ...contactRows(patient),
      { key: 'Patient list', value: listWords[status] },
      { key: 'In this registry since', value: showDay(londonDay(patient.addedAt)) },
    ],
  };
}

/** How the patient is reached, as the list says: what it does not say is not shown, but for the two that matter. */
function contactRows({ mobile, email, noMail, language, contactFormat, carerName }: Patient) {
  const needs = needsOf(language, contactFormat, null);
  return [
    { key: 'Mobile', value: mobile ?? 'Not known' },
    { key: 'Email address', value: email ?? 'Not known' },
    ...(noMail ? [{ key: 'Mail', value: 'Wants no mail' }] : []),
    ...(needs ? [{ key: 'Reads', value: needs }] : []),
    ...(carerName ? [{ key: 'Carer, parent or guardian', value: carerName }] : []),
  ];
}

/**
 * What is on record for the same person elsewhere: recorded before they were found on the list, or on another record
 * of theirs. It says nothing of that record, which may be one that not everybody is to see.
 *
 * @param records the acts on each of the other records
 */
export function otherRecords(records: readonly (readonly RecordedAct[])[]) {
  return records.flatMap((acts) =>
    objectionTypes.flatMap((type) => {
      const history = acts.filter((act) => act.type === type);
      if (history.length === 0) return [];
      const { inForce, since } = standing(history);
      const name = wordFor(typeWords, type);
      const day = since === null ? '' : ` since ${showDay(since)}`;
      const where = 'on another record of this person';
      return [
        { type, inForce, statement: `${name} ${inForce ? `in force${day}` : 'not in force'}, ${where}` },
      ];
    }),
  );
}

type About = {
  readonly acts: readonly RecordedAct[];
  readonly listed: readonly ListedObjection[];
  readonly nameOf: NameOf;
  readonly may: May;
};

const listWords: Readonly<Record<Patient['status'], string>> = {
  registered: 'Registered',
  left: 'Left the practice',
  'to-be-matched': 'Not found there yet',
};

/** What the patient objected to: each type that has an act, with every act, the last one first. */
export function objectionsOf({ acts, listed, nameOf, may }: About) {
  return objectionTypes.map((type) => {
    const history = acts.filter((act) => act.type === type);
    const name = wordFor(typeWords, type);
    if (history.length === 0)
      return { type, name, statement: `No ${name.toLowerCase()} on record`, isOnRecord: false as const };
    const stands = standing(history);
    const objection = listed.find((one) => one.type === type);
    const since = stands.since === null ? ' (no usable date)' : ` since ${showDay(stands.since)}`;
    const status = statusOf(stands);
    return {
      type,
      name,
      isOnRecord: true as const,
      inForce: stands.inForce,
      statement: stands.inForce ? `${name} in force${since}` : `${name} not in force`,
      status: { text: statusWords[status], colour: stands.inForce ? 'blue' : 'grey' },
      work: objection
        ? workOf(objection, history, may).filter(({ href }) => href !== paths.patient(objection.patient.id))
        : [],
      acts: history.map((act) => actLine(act, history, stands, nameOf, may('ask-error'))).reverse(),
    };
  });
}
