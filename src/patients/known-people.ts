import { groupBy } from '../group-by.ts';
import { nameKey, type Patient } from './patient.ts';
import type { RefusedRow } from './read-list-row.ts';
import { pairPeople, personKey } from './same-person.ts';

/** The people of the list whom a batch may mean, found by number and by name and birth. */
export class KnownPeople {
  readonly #byNumber: ReadonlyMap<string, Patient[]>;
  readonly #byPerson: ReadonlyMap<string, Patient[]>;
  readonly #byFamily: ReadonlyMap<string, Patient[]>;

  /**
   * @param withNumbers everybody on the list with a number of the batch
   * @param bornThen everybody on the list who was born on certain days
   */
  constructor(
    private readonly withNumbers: readonly Patient[],
    bornThen: readonly Patient[] = [],
  ) {
    this.#byNumber = groupBy(withNumbers, ({ nhsNumber }) => nhsNumber);
    this.#byPerson = groupBy(bornThen, personKey);
    this.#byFamily = groupBy(bornThen, familyKey);
  }

  /** The same, and everybody born on the days on which somebody was who was not found by number. */
  and(bornThen: readonly Patient[]): KnownPeople {
    return new KnownPeople(this.withNumbers, bornThen);
  }

  withNumber(nhsNumber: string): readonly Patient[] {
    return this.#byNumber.get(nhsNumber) ?? [];
  }

  /** Those with the same names and date of birth. */
  alike(person: Parameters<typeof personKey>[0]): readonly Patient[] {
    return this.#byPerson.get(personKey(person)) ?? [];
  }

  /** Whose row it is: of those with the number, who is most like them. Nobody else: this marks people as gone. */
  surely({ nhsNumber = '', givenName, familyName, dateOfBirth = '' }: RefusedRow): Patient | undefined {
    return pairPeople([{ givenName, familyName, dateOfBirth }], this.withNumber(nhsNumber))[0];
  }

  /** Whom a row that cannot be used means: by number, else by names and birth, else the only one of the family. */
  meantBy({ nhsNumber = '', givenName, familyName, dateOfBirth }: RefusedRow): Patient | undefined {
    const [byNumber] = this.withNumber(nhsNumber);
    if (byNumber !== undefined || dateOfBirth === undefined) return byNumber;
    const [byName] = this.alike({ givenName, familyName, dateOfBirth });
    const family = this.#byFamily.get(familyKey({ familyName, dateOfBirth })) ?? [];
    return byName ?? (family.length === 1 ? family[0] : undefined);
  }
}

function familyKey({ familyName, dateOfBirth }: Pick<Patient, 'familyName' | 'dateOfBirth'>): string {
  return `${nameKey(familyName)} ${dateOfBirth}`;
}
