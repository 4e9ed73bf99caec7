import { showDay } from '../../../day.ts';
import type { SearchTerms } from '../../../patients/find-patients.ts';
import { formatNhsNumber } from '../../../patients/nhs-number.ts';
import { type Patient, shownName } from '../../../patients/patient.ts';
import type { PatientObjection } from '../../../patients/patient-store.ts';
import { paths } from '../../paths.ts';

/** A patient in a list of those found: enough of them to tell one from another. */
export function foundView(patient: Patient, objections: readonly PatientObjection[]) {
  return {
    name: shownName(patient),
    href: paths.patient(patient.id),
    answer: paths.patientAnswer(patient.id),
    born: showDay(patient.dateOfBirth),
    nhsNumber: formatNhsNumber(patient.nhsNumber),
    address: partOfAddress(patient),
    tags: tagsOf(patient, objections),
    hasObjection: objections.some((one) => one.patientId === patient.id && one.status === 'in-force'),
  };
}

/** The first line and the postcode. */
function partOfAddress({ address, postcode }: Patient): string {
  const [first = ''] = (address ?? '').split(',');
  return [first.trim(), postcode ?? ''].filter(Boolean).join(', ') || 'Not known';
}

/** What somebody has to know at once: whether it is a living patient of this practice, and what they objected to. */
export function tagsOf(
  { id, status, dateOfDeath, restricted }: Patient,
  objections: readonly PatientObjection[],
): { text: string; colour: string }[] {
  const inForce = (type: string) =>
    objections.some((one) => one.patientId === id && one.type === type && one.status === 'in-force');
  return [
    ...(dateOfDeath === null ? [] : [{ text: 'Died', colour: 'grey' }]),
    ...(status === 'to-be-matched' ? [{ text: 'Not on the list yet', colour: 'orange' }] : []),
    ...(restricted ? [{ text: 'Restricted', colour: 'red' }] : []),
    ...(status === 'left' ? [{ text: 'Left the practice', colour: 'orange' }] : []),
    ...(inForce('type-1') ? [{ text: 'Type 1 in force', colour: 'blue' }] : []),
    ...(inForce('type-2') ? [{ text: 'Type 2 in force', colour: 'blue' }] : []),
  ];
}

/** What was searched for, in words. */
export function soughtWords(terms: SearchTerms): string {
  return 'nhsNumber' in terms
    ? `NHS number ${formatNhsNumber(terms.nhsNumber)}`
    : `family name ${terms.familyName}, born ${showDay(terms.dateOfBirth)}`;
}

/** What a search came to. Whoever may not see a restricted record is told that there is one, and not whose. */
export function foundTitle(count: number, restricted: number): string {
  if (count === 0) return restricted > 0 ? 'A restricted record was found' : 'Nobody was found';
  return count === 1 ? '1 patient found' : `${count} patients found`;
}
