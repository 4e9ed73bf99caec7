import { randomUUID } from 'node:crypto';
import type { Actor } from '../ledger/entry.ts';
import { digestOfIds, listDigest } from './list-digest.ts';
import type { ListedPerson, Patient } from './patient.ts';
import type { PatientChange, PatientStore } from './patient-store.ts';

/** How many patients one transaction takes, so that others can write in between. */
export const PATIENTS_AT_ONCE = 500;

/** A person to put on the list: what is empty or left out is not known. */
export type NewPatient = Pick<ListedPerson, 'nhsNumber' | 'givenName' | 'familyName' | 'dateOfBirth'> &
  Partial<Record<keyof ListedPerson, string | null>> & {
    /** Random when left out. */
    readonly id?: string;
    readonly status?: Patient['status'];
    readonly restricted?: boolean;
    readonly noMail?: boolean;
    readonly leftOn?: string | null;
  };

/** Puts new people on a practice's list, in their order, whoever else is on it: nobody is looked for. */
export async function addPatients(
  store: PatientStore,
  practiceId: string,
  people: readonly NewPatient[],
  by: Actor,
  now: Date,
): Promise<Patient[]> {
  const added: Patient[] = [];
  for (let from = 0; from < people.length; from += PATIENTS_AT_ONCE) {
    const some = people.slice(from, from + PATIENTS_AT_ONCE);
    const isLast = from + PATIENTS_AT_ONCE >= people.length;
    await store.change(practiceId, async (change) => {
      const patients = placed(some, change.takeOrdinals(some.length), now);
      const index = change.append('patients-imported', by, addedEntry(null, patients), now);
      const rows = patients.map((patient) => ({ ...patient, changedAtIndex: index }));
      await change.add(rows);
      if (isLast) await sealList(change, null, by, now);
      added.push(...rows);
    });
  }
  return added;
}

/** What the ledger says of people who were put on the list: how many, where, and a digest that binds place and person. */
export function addedEntry(importId: string | null, added: readonly Patient[]) {
  return {
    import: importId,
    added: added.length,
    ordinals: added[0] ? { from: added[0].ordinal, count: added.length } : null,
    people: digestOfIds(added.map(({ id }) => id)),
  };
}

/** The entry that ends every taking in: the digest of the whole list as it now is. */
export async function sealList(
  change: PatientChange,
  importId: string | null,
  by: Actor,
  now: Date,
): Promise<void> {
  const everybody = await change.everybody();
  const list = { size: everybody.length, digest: listDigest(everybody) };
  change.append('patients-imported', by, { import: importId, list }, now);
}

/** People as new patients of the list, from an ordinal on; which entry added them is to be filled in. */
export function placed(people: readonly NewPatient[], from: number, now: Date): Patient[] {
  return people.map((person, place) => ({
    id: person.id ?? randomUUID(),
    ordinal: from + place,
    nhsNumber: person.nhsNumber,
    title: person.title || null,
    givenName: person.givenName,
    familyName: person.familyName,
    dateOfBirth: person.dateOfBirth,
    gender: person.gender || null,
    address: person.address || null,
    postcode: person.postcode || null,
    dateOfDeath: person.dateOfDeath || null,
    status: person.status ?? 'registered',
    restricted: person.restricted ?? false,
    personId: null,
    leftOn: person.leftOn ?? null,
    addedAt: now,
    mobile: person.mobile || null,
    email: person.email || null,
    noMail: person.noMail ?? false,
    language: person.language || null,
    contactFormat: person.contactFormat || null,
    carerName: person.carerName || null,
    changedAtIndex: -1,
  }));
}
