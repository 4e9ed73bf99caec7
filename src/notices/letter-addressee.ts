import type { Patient } from '../patients/patient.ts';
import { addresseeOf } from './addressee.ts';
import type { Addressee } from './letter.ts';

/**
 * To whom the letter about a patient goes: to themselves, of a child under 13 to the carer, parent or guardian
 * (addressee.ts), whom it greets by name and says whose data it is about.
 *
 * @param today as of which somebody is a child: the day on which the batch was made, however often it is printed
 */
export function letterAddressee(
  person: Pick<
    Patient,
    'title' | 'givenName' | 'familyName' | 'dateOfBirth' | 'address' | 'postcode' | 'carerName'
  >,
  today: string,
): Addressee {
  const { to, address, greeting, name, child } = addresseeOf(person, today);
  const whom = child === undefined ? greeting.replace(/^Dear /, '') : name.replace(/^Parent/, 'parent');
  return { greeting: whom, child, lines: [...to, ...address].map(withoutNumber) };
}

/** A line without what may be an NHS number that somebody typed into it. */
const withoutNumber = (line: string): string => line.replace(/\d(?:[\s-]?\d){8,}/g, '').trim();
