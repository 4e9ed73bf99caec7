import { addDays } from '../day.ts';
import { type MadeUpContact, type MadeUpPatient, madeUpPatient } from './made-up-patient.ts';
import { seeded } from './random.ts';

/** A person of the made-up practice's list. */
export type Listed = {
  readonly n: number;
  readonly person: MadeUpPatient;
  /** On the practice's first list; others came later. */
  readonly wasThere: boolean;
  readonly hasLeft: boolean;
};

/** How many people The Example Surgery knows, those included who left or died. */
export const PATIENTS = 9_500;

/** Two records of one number, as clinical systems have them now and then: nobody can tell who is meant. */
const sameNumberAs = new Map([
  [9_497, 100],
  [9_498, 200],
  [9_499, 300],
]);

/** How many the second practice knows; their numbers begin where those of the first end. */
export const SECOND_PATIENTS = 300;

/**
 * Everybody whom the practice knows.
 *
 * @param firstDay the day of the first list
 * @param today the day of the made-up practice's making
 */
export function demoList(firstDay: string, today: string): Listed[] {
  return Array.from({ length: PATIENTS }, (_, n) => listed(n, firstDay, today));
}

/** The same for the second practice. */
export function secondList(firstDay: string, today: string): Listed[] {
  return Array.from({ length: SECOND_PATIENTS }, (_, n) => listed(PATIENTS + n, firstDay, today));
}

/** Those of the first list, as it was then: nobody's death is known before it. */
export function firstList(list: readonly Listed[], firstDay: string): Listed[] {
  return list
    .filter(({ wasThere }) => wasThere)
    .map((listed) => {
      const { person } = listed;
      return person.dateOfDeath > firstDay ? { ...listed, person: { ...person, dateOfDeath: '' } } : listed;
    });
}

function listed(n: number, firstDay: string, today: string): Listed {
  const random = seeded(3_000_000 + n);
  const person = madeUpPatient(n);
  const twin = sameNumberAs.get(n);
  const came = random.chance(0.06);
  const left = random.chance(0.02);
  const died = random.chance(0.02) && person.dateOfBirth < '1966';
  const special = twin !== undefined || [...sameNumberAs.values()].includes(n);
  return {
    n,
    person: {
      ...person,
      ...contactOf(n, person),
      ...(twin === undefined ? {} : { nhsNumber: madeUpPatient(twin).nhsNumber }),
      ...(died ? { dateOfDeath: addDays(today, -random.between(10, 900)) } : {}),
    },
    wasThere: person.dateOfBirth < firstDay && (special || !came),
    hasLeft: left && !came && !special && person.dateOfBirth < firstDay,
  };
}

/** How somebody is reached: numbers of Ofcom for drama, addresses that nobody has. Most have only their address. */
function contactOf(n: number, { givenName, familyName, dateOfBirth }: MadeUpPatient): MadeUpContact {
  const random = seeded(7_700_000 + n);
  const speaksOther = random.chance(0.02);
  const name = `${givenName}.${familyName}`.toLowerCase().replace(/[^a-z.]/g, '');
  return {
    mobile: random.chance(0.25) ? `07700 900${String(random.between(0, 999)).padStart(3, '0')}` : '',
    email: random.chance(0.06) ? `${name}.${n}@example.com` : '',
    noMail: random.chance(0.01),
    language: speaksOther ? random.pick(['Polish', 'Urdu', 'Romanian', 'Bengali']) : 'English',
    contactFormat: random.chance(0.01) ? random.pick(['Large print', 'Easy read', 'Braille']) : '',
    carerName: dateOfBirth > '2014' && random.chance(0.1) ? `Mary ${familyName}` : '',
  };
}
