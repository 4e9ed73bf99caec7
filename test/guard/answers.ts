import { type Checked, WITHHELD } from '../../src/guard/check.ts';
import { nhsNumberOfKey } from '../../src/patients/nhs-number.ts';

/** For each number that a check was asked about: ten digits when the patient is permitted, else null. */
export function answersOf({ keys, answers }: Pick<Checked, 'keys' | 'answers'>): (string | null)[] {
  return Array.from(keys, (key, place) => (answers[place] === WITHHELD ? null : nhsNumberOfKey(key)));
}
