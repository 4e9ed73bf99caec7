import { nameKey, type Patient } from './patient.ts';
import type { PatientStore } from './patient-store.ts';

/** How much somebody on the list looks like somebody who is to be matched. */
export type Likeness = 'certain' | 'likely' | 'none';

type Described = Pick<Patient, 'nhsNumber' | 'givenName' | 'familyName' | 'dateOfBirth'>;

/**
 * Compares what somebody said of themselves with a patient of the list. What they did not say (an empty text) speaks
 * neither for nor against.
 *
 * | number | names and birth | |
 * |---|---|---|
 * | the same | nothing differs | certain |
 * | the same | something differs | likely: whose number it is, a person has to find out |
 * | not said | all the same | certain, if nobody else is (the caller looks) |
 * | not said or another | birth and family name, or birth and given name | likely |
 */
export function likenessOf(person: Described, listed: Described): Likeness {
  const said = <T>(value: T) => value !== '';
  const sameNumber = said(person.nhsNumber) && person.nhsNumber === listed.nhsNumber;
  const compared = [
    { said: person.dateOfBirth, same: person.dateOfBirth === listed.dateOfBirth },
    { said: person.familyName, same: nameKey(person.familyName) === nameKey(listed.familyName) },
    { said: person.givenName, same: nameKey(person.givenName) === nameKey(listed.givenName) },
  ];
  const nothingDiffers = compared.every((one) => !said(one.said) || one.same);
  if (sameNumber) return nothingDiffers ? 'certain' : 'likely';
  const [birth, family, given] = compared.map((one) => said(one.said) && one.same);
  if (person.nhsNumber === '' && birth && family && given) return 'certain';
  return birth && (family || given) ? 'likely' : 'none';
}

/** Those of the list who may be this person, the most alike first, at most `most`. */
export function likelyMatches<T extends Described>(
  person: Described,
  listed: readonly T[],
  most: number,
): T[] {
  const order: Readonly<Record<Likeness, number>> = { certain: 0, likely: 1, none: 2 };
  return listed
    .map((one) => ({ one, like: order[likenessOf(person, one)] }))
    .filter(({ like }) => like < order.none)
    .sort((a, b) => a.like - b.like)
    .slice(0, most)
    .map(({ one }) => one);
}

/** More are not shown side by side. */
const MOST_SHOWN = 5;

/** Those on a practice's list who may be this person, the most alike first, at most five. */
export async function findLikelyMatches(
  store: Pick<PatientStore, 'byNhsNumber' | 'byDateOfBirth'>,
  practiceId: string,
  person: Described,
): Promise<Patient[]> {
  const { nhsNumber, dateOfBirth } = person;
  const found = new Map<string, Patient>();
  const some = [
    ...(nhsNumber === '' ? [] : await store.byNhsNumber(practiceId, nhsNumber)),
    ...(dateOfBirth === '' ? [] : await store.byDateOfBirth(practiceId, dateOfBirth)),
  ];
  for (const patient of some) if (patient.status !== 'to-be-matched') found.set(patient.id, patient);
  return likelyMatches(person, [...found.values()], MOST_SHOWN);
}
