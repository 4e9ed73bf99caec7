import type { Actor } from '../ledger/entry.ts';
import { likenessOf } from './likely-matches.ts';
import type { Patient } from './patient.ts';
import type { PersonChange } from './person-store.ts';
import { addLink } from './same-person-links.ts';

/**
 * Finds those who are to be matched among the patients of a list, as far as that is certain: the same NHS number and
 * nothing that speaks against it, or, without a number, the same names and date of birth and nobody else with them.
 * Everything less is for a person to decide.
 *
 * @returns how many were matched
 */
export async function matchPeople(
  change: PersonChange,
  importId: string,
  by: Actor,
  now: Date,
): Promise<number> {
  const waiting = await change.toBeMatched();
  if (waiting.length === 0) return 0;
  const candidates = await candidatesFor(change, waiting);
  let matched = 0;
  for (const patient of waiting) {
    const certain = candidates.filter((one) => likenessOf(patient, one) === 'certain');
    const [to] = certain;
    if (to === undefined || certain.length > 1) continue;
    await addLink(change, { patient, to, kind: 'matched', importId }, by, now);
    matched += 1;
  }
  return matched;
}

/** Everybody on the list who has the number or the birth of one of these. */
export async function candidatesFor(
  change: Pick<PersonChange, 'withNumbers' | 'everybodyBornOn'>,
  waiting: readonly Patient[],
): Promise<Patient[]> {
  const found = new Map<string, Patient>();
  const numbers = [...new Set(waiting.map(({ nhsNumber }) => nhsNumber))].filter((number) => number !== '');
  const days = [...new Set(waiting.map(({ dateOfBirth }) => dateOfBirth))].filter((day) => day !== '');
  for (let from = 0; from < Math.max(numbers.length, days.length); from += AT_ONCE) {
    const some = [
      ...(await change.withNumbers(numbers.slice(from, from + AT_ONCE))),
      ...(await change.everybodyBornOn(days.slice(from, from + AT_ONCE))),
    ];
    for (const patient of some) if (patient.status !== 'to-be-matched') found.set(patient.id, patient);
  }
  return [...found.values()].sort((one, other) => one.ordinal - other.ordinal);
}

const AT_ONCE = 500;
