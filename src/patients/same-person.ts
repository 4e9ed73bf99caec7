import { nameKey, type Patient } from './patient.ts';

type Named = Pick<Patient, 'givenName' | 'familyName' | 'dateOfBirth'>;

/** Two texts that are equal exactly when two people have the same names and date of birth. */
export function personKey({ givenName, familyName, dateOfBirth }: Named): string {
  return `${nameKey(familyName)} ${nameKey(givenName)} ${dateOfBirth}`;
}

/**
 * How much two people with one NHS number look like one person: 0 not at all. A family name may change, a date of
 * birth may be put right; where neither is the same, these are two people.
 */
function likeness(one: Named, other: Named): number {
  const birth = one.dateOfBirth === other.dateOfBirth ? 4 : 0;
  const family = nameKey(one.familyName) === nameKey(other.familyName) ? 2 : 0;
  const given = nameKey(one.givenName) === nameKey(other.givenName) ? 1 : 0;
  return birth + family === 0 ? 0 : birth + family + given;
}

/**
 * Who of the list each person of the file is, among all with one NHS number: the most alike first, nobody twice.
 *
 * @returns by place in `people`; undefined for somebody who is not on the list yet
 */
export function pairPeople<T extends Named>(
  people: readonly Named[],
  listed: readonly T[],
): (T | undefined)[] {
  const pairs = people
    .flatMap((person, place) => listed.map((known) => ({ place, known, like: likeness(person, known) })))
    .filter(({ like }) => like > 0)
    .sort((one, other) => other.like - one.like);
  const found: (T | undefined)[] = people.map(() => undefined);
  const taken = new Set<T>();
  for (const { place, known } of pairs) {
    if (found[place] !== undefined || taken.has(known)) continue;
    found[place] = known;
    taken.add(known);
  }
  return found;
}
