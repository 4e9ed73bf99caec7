import { showDay } from '../../../../day.ts';
import { formatNhsNumber } from '../../../../patients/nhs-number.ts';
import { nameKey, type Patient, shownName } from '../../../../patients/patient.ts';
import type { LinkKind, PersonLink } from '../../../../patients/same-person-links.ts';
import { paths } from '../../../paths.ts';

/** Somebody as they are compared with somebody else. */
export function comparedView(patient: Patient) {
  const { id, dateOfBirth, nhsNumber, address, postcode, status } = patient;
  return {
    id,
    href: paths.patient(id),
    name: shownName(patient),
    born: showDay(dateOfBirth),
    nhsNumber: formatNhsNumber(nhsNumber),
    address: [address, postcode].filter(Boolean).join(', ') || 'not known',
    status: statusWords[status],
  };
}

const statusWords: Readonly<Record<Patient['status'], string>> = {
  registered: 'Registered',
  left: 'Left the practice',
  'to-be-matched': 'Not on the list yet',
};

/** Person and candidate side by side, fact by fact, with what is the same said in words. */
export function sideBySide(person: Patient, listed: Patient) {
  const [one, other] = [comparedView(person), comparedView(listed)];
  const same = {
    name: shownKey(person) === shownKey(listed),
    born: person.dateOfBirth === listed.dateOfBirth,
    nhsNumber: person.nhsNumber === listed.nhsNumber,
    address: nameKey(one.address) === nameKey(other.address),
  };
  const facts = [
    { key: 'Name', name: 'name' },
    { key: 'Date of birth', name: 'born' },
    { key: 'NHS number', name: 'nhsNumber' },
    { key: 'Address', name: 'address' },
  ] as const;
  return {
    id: listed.id,
    name: other.name,
    href: other.href,
    status: other.status,
    rows: facts.map(({ key, name }) => ({
      key,
      said: one[name],
      listed: other[name],
      agrees: one[name] === 'not known' ? 'Not said' : same[name] ? 'The same' : 'Different',
    })),
  };
}

const shownKey = ({ familyName, givenName }: Patient) => `${nameKey(familyName)} ${nameKey(givenName)}`;

export const linkWords: Readonly<Record<LinkKind, string>> = {
  matched: 'Recorded before they were found on the list',
  duplicate: 'The same person is on the list twice',
  'new-number': 'The same person had another NHS number before',
};

/** A link of a record with another one, from the side of this one. */
export function linkView(link: PersonLink, other: Patient | undefined, mayUndo: boolean) {
  return {
    id: link.id,
    other: other && comparedView(other),
    words: linkWords[link.kind],
    undo: mayUndo ? paths.undoLink(link.id) : undefined,
  };
}
