import { ageOn } from '../day.ts';
import { AGE_TO_ASK } from '../objections/who-may-ask.ts';
import type { Patient } from '../patients/patient.ts';

type Person = Pick<
  Patient,
  'title' | 'givenName' | 'familyName' | 'dateOfBirth' | 'address' | 'postcode' | 'carerName'
>;

export type Addressee = {
  /** The lines above the address. */
  readonly to: readonly string[];
  readonly address: readonly string[];
  readonly greeting: string;
  /** In a line, for a message. */
  readonly name: string;
  /** The child whom it is about; undefined for a letter to the patient. */
  readonly child: string | undefined;
};

/**
 * To whom something about a patient is addressed: from 13 on to themselves; before that to the carer whom the list
 * names, or else to the parent or guardian.
 */
export function addresseeOf(person: Person, today: string): Addressee {
  const { title, givenName, familyName, dateOfBirth } = person;
  const [given, family] = [onlyName(givenName), onlyName(familyName)];
  const carer = person.carerName === null ? null : onlyName(person.carerName) || null;
  const name = [title, given, family].filter(Boolean).join(' ');
  const address = [...(person.address ?? '').split(/[,\n]/), person.postcode ?? '']
    .map((line) => line.trim())
    .filter(Boolean);
  if (ageOn(dateOfBirth, today) >= AGE_TO_ASK) {
    const greeting = `Dear ${title ? `${title} ${family}` : `${given} ${family}`}`;
    return { to: [name], address, greeting, name, child: undefined };
  }
  const child = `${given} ${family}`;
  return {
    to: carer === null ? ['To the parent or guardian of', child] : [carer, `for ${child}`],
    address,
    greeting: carer === null ? 'Dear parent or guardian' : `Dear ${carer}`,
    name: carer === null ? `Parent or guardian of ${child}` : `${carer}, for ${child}`,
    child,
  };
}

/** A name without a number that somebody typed behind it: no message may hold an NHS number. */
const onlyName = (name: string): string =>
  name
    .replace(/\d(?:[\s-]?\d){8,}/g, '')
    .replace(/\s+/g, ' ')
    .trim();
