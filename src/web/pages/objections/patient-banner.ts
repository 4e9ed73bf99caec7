import { ageOn, londonDay, showDay } from '../../../day.ts';
import { formatNhsNumber } from '../../../patients/nhs-number.ts';
import { type Patient, shownName } from '../../../patients/patient.ts';
import { paths } from '../../paths.ts';

/** Who a page is about: on every page of a task, so that nobody works on the wrong patient unnoticed. */
export function patientBanner(
  patient: Pick<Patient, 'id' | 'title' | 'givenName' | 'familyName' | 'dateOfBirth' | 'nhsNumber'> &
    Partial<Pick<Patient, 'status' | 'leftOn' | 'dateOfDeath'>>,
  now: Date,
) {
  const { id, dateOfBirth, dateOfDeath = null, status, leftOn } = patient;
  const age = ageOn(dateOfBirth, dateOfDeath ?? londonDay(now));
  return {
    name: shownName(patient),
    born: showDay(dateOfBirth),
    age: dateOfBirth === '' ? 'age not known' : dateOfDeath ? `died at ${age}` : `aged ${age}`,
    nhsNumber: formatNhsNumber(patient.nhsNumber),
    /** What makes it likelier that this is not the patient at the desk. */
    notes: [
      ...(dateOfDeath ? [`Died on ${showDay(dateOfDeath)}`] : []),
      ...(status === 'to-be-matched' ? ['Not on the patient list yet'] : []),
      ...(status === 'left' ? [`Left the practice${leftOn ? `, noticed on ${showDay(leftOn)}` : ''}`] : []),
    ],
    href: paths.patient(id),
  };
}

export type PatientBanner = ReturnType<typeof patientBanner>;
