import { madeUpNhsNumber } from './made-up-numbers.ts';
import { familyNames, olderMen, olderWomen, streets, towns, youngerMen, youngerWomen } from './names.ts';
import { pickWeighted, type Random, seeded } from './random.ts';

/** A person who does not exist, as a practice's patient list would have them. */
export type MadeUpPatient = {
  readonly nhsNumber: string;
  readonly title: string;
  readonly givenName: string;
  readonly familyName: string;
  /** `YYYY-MM-DD` */
  readonly dateOfBirth: string;
  readonly gender: 'female' | 'male' | 'unknown';
  readonly address: string;
  readonly postcode: string;
  /** `YYYY-MM-DD`, or empty */
  readonly dateOfDeath: string;
} & Partial<MadeUpContact>;

/** How somebody is reached; a list may say nothing of it. Empty: not known. */
export type MadeUpContact = {
  readonly mobile: string;
  readonly email: string;
  readonly noMail: boolean;
  readonly language: string;
  readonly contactFormat: string;
  readonly carerName: string;
};

/** The day on which the made-up ages are right. */
const CENSUS = Date.UTC(2026, 10, 1);
const DAY = 86_400_000;

/** Ages on a GP list in England, in tenths of a percent for each five years from 0 on. */
const ageBands = [49, 56, 59, 58, 61, 69, 75, 73, 69, 62, 65, 66, 59, 49, 44, 39, 24, 14, 6, 2];
const bands = ageBands.map((weight, band) => [band * 5, weight] as const) as unknown as readonly [
  readonly [number, number],
];

/** Person number n: always the same one, whoever asks. Neighbouring numbers share a household now and then. */
export function madeUpPatient(n: number): MadeUpPatient {
  const random = seeded(n + 1);
  const household = seeded(1_000_000 + Math.floor(n / 2));
  const home = { family: household.pick(familyNames), ...placeOf(household), shared: household.chance(0.6) };
  const dateOfBirth = birthday(random);
  const gender = pickWeighted<MadeUpPatient['gender']>(random, [
    ['female', 500],
    ['male', 497],
    ['unknown', 3],
  ]);
  return {
    nhsNumber: madeUpNhsNumber(n),
    title: titleOf(random, gender, dateOfBirth),
    givenName: givenName(random, gender, dateOfBirth),
    familyName: home.shared ? home.family : random.pick(familyNames),
    dateOfBirth,
    gender,
    address: home.address,
    postcode: home.postcode,
    dateOfDeath: '',
  };
}

function birthday(random: Random): string {
  const years = pickWeighted(random, bands) + random.next() * 5;
  return new Date(CENSUS - years * 365.2425 * DAY).toISOString().slice(0, 10);
}

function givenName(random: Random, gender: string, dateOfBirth: string): string {
  const young = dateOfBirth >= '1980';
  const isWoman = gender === 'female' || (gender === 'unknown' && random.chance(0.5));
  if (isWoman) return random.pick(young ? youngerWomen : olderWomen);
  return random.pick(young ? youngerMen : olderMen);
}

function titleOf(random: Random, gender: string, dateOfBirth: string): string {
  if (random.chance(0.01)) return 'Dr';
  if (gender === 'unknown') return '';
  const child = dateOfBirth >= '2010';
  if (gender === 'male') return child ? 'Master' : 'Mr';
  return child ? 'Miss' : random.pick(['Mrs', 'Ms', 'Miss']);
}

const LETTERS = 'ABDEFGHJLNPQRSTUWXYZ';

/** ZX is no postcode area of the Royal Mail. */
function placeOf(random: Random): { address: string; postcode: string } {
  const letter = () => LETTERS[random.between(0, LETTERS.length - 1)];
  const address = `${random.between(1, 180)} ${random.pick(streets)}, ${random.pick(towns)}`;
  return { address, postcode: `ZX${random.between(1, 9)} ${random.between(1, 9)}${letter()}${letter()}` };
}
