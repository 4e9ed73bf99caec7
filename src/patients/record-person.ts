import type { Actor } from '../ledger/entry.ts';
import { type NewPatient, placed } from './add-patients.ts';
import type { Patient } from './patient.ts';
import type { PatientChange } from './patient-store.ts';
import type { PersonStore } from './person-store.ts';

/** Somebody who wants to object and is not on the list: what they say of themselves. */
export type NewPerson = {
  readonly practiceId: string;
  /** Random (UUID), given by the form: what is sent twice is recorded once. */
  readonly id: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly dateOfBirth: string;
  readonly address: string;
  readonly postcode: string;
  /** Ten digits; empty when they do not know it. */
  readonly nhsNumber: string;
};

export type PersonRecorded =
  | { readonly ok: true; readonly patient: Patient }
  /** The number is on the list: `patient` is whom the objection is to be recorded for, if it is them. */
  | { readonly ok: false; readonly reason: 'on-list'; readonly patient: Patient };

/**
 * Records somebody who is not on the list, so that they can object now. Until they are matched with the list no
 * extract but direct care lets their data leave, because it withholds everybody who is not on it.
 */
export function recordPerson(
  store: PersonStore,
  { practiceId, ...person }: NewPerson,
  by: Actor,
  now: Date,
): Promise<PersonRecorded> {
  return store.change(practiceId, async (change): Promise<PersonRecorded> => {
    const before = await change.byId(person.id);
    if (before !== null) return { ok: true, patient: before };
    const known = person.nhsNumber === '' ? [] : await change.withNumbers([person.nhsNumber]);
    const [listed] = known;
    if (listed !== undefined) return { ok: false, reason: 'on-list', patient: listed };
    return { ok: true, patient: await addPerson(change, person, by, now) };
  });
}

/** Adds somebody who is to be matched, inside a change. */
export async function addPerson(
  change: Pick<PatientChange, 'append' | 'takeOrdinals' | 'add'>,
  person: NewPatient,
  by: Actor,
  now: Date,
): Promise<Patient> {
  const [placedOne] = placed([{ ...person, status: 'to-be-matched' }], change.takeOrdinals(1), now);
  if (placedOne === undefined) throw new Error('one person was placed as none');
  const data = { patient: placedOne.id, ordinal: placedOne.ordinal };
  const patient = { ...placedOne, changedAtIndex: change.append('person-recorded', by, data, now) };
  await change.add([patient]);
  return patient;
}
