import { nameKey, type Patient } from './patient.ts';
import type { PatientStore } from './patient-store.ts';

/** What somebody at the desk knows of a patient: the number, or the family name (its beginning will do) and the birth. */
export type SearchTerms =
  | { readonly nhsNumber: string }
  | { readonly familyName: string; readonly dateOfBirth: string };

/** More are not shown: whoever finds so many has to know more. */
export const MOST_FOUND = 50;

export type Found = { readonly patients: readonly Patient[]; readonly hasMore: boolean };

/** Finds patients of a practice, best match first, at most {@link MOST_FOUND}. */
export async function findPatients(
  store: PatientStore,
  practiceId: string,
  terms: SearchTerms,
): Promise<Found> {
  const found =
    'nhsNumber' in terms
      ? await store.byNhsNumber(practiceId, terms.nhsNumber)
      : byName(await store.byDateOfBirth(practiceId, terms.dateOfBirth), terms.familyName);
  // Who was matched with the list is found there.
  const shown = found.filter(({ status, personId }) => status !== 'to-be-matched' || personId === null);
  return { patients: shown.slice(0, MOST_FOUND), hasMore: shown.length > MOST_FOUND };
}

function byName(born: readonly Patient[], typed: string): Patient[] {
  return born
    .map((patient) => ({ patient, rank: rankOf(patient.familyName, typed) }))
    .filter(({ rank }) => rank !== undefined)
    .sort((one, other) => (one.rank ?? 0) - (other.rank ?? 0))
    .map(({ patient }) => patient);
}

/** 0 the whole name, 1 its beginning, 2 the beginning of another part of it (Jones of Smith-Jones); undefined neither. */
function rankOf(familyName: string, typed: string): number | undefined {
  const [name, key] = [nameKey(familyName), nameKey(typed)];
  if (key === '') return undefined;
  if (name === key) return 0;
  if (name.startsWith(key)) return 1;
  const parts = familyName.split(/[^\p{L}\p{M}]+/u).map(nameKey);
  return parts.some((_, place) => parts.slice(place).join('').startsWith(key)) ? 2 : undefined;
}
