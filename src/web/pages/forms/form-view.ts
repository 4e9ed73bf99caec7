import { londonDay, showDay } from '../../../day.ts';
import { type FormFor, staffCodes } from '../../../notices/print/type-1-form.ts';
import { type FormWording, wordingOn } from '../../../objections/form-wordings.ts';
import { formatNhsNumber } from '../../../patients/nhs-number.ts';
import type { Patient } from '../../../patients/patient.ts';
import type { Practice } from '../../../staff/add-practice.ts';

/** The wording of our own form that is printed on a day. */
export function ownWording(now: Date): FormWording {
  const wording = wordingOn(londonDay(now));
  if (wording === undefined || !wording.isOurs) throw new Error('there is no form of ours to print');
  return wording;
}

/** The type 1 form as views/forms/_form.ejs shows it: empty, or with what the practice knows of a patient. */
export function formView(
  { name, madeUp }: Pick<Practice, 'name' | 'madeUp'>,
  now: Date,
  who: FormFor,
  patient?: Patient,
) {
  return {
    practice: { name, madeUp },
    wording: ownWording(now),
    says: who,
    forProxy: who === 'proxy',
    fields: fieldsOf(patient),
    codes: { dissent: staffCodes('dissent'), withdrawn: staffCodes('withdrawn') },
  };
}

function fieldsOf(patient: Patient | undefined) {
  const known = (text: string | null | undefined) => text ?? '';
  return [
    { name: 'Title', value: known(patient?.title) },
    { name: 'Given names', value: known(patient?.givenName) },
    { name: 'Family name', value: known(patient?.familyName) },
    { name: 'Date of birth', value: patient?.dateOfBirth ? showDay(patient.dateOfBirth) : '' },
    {
      name: 'NHS number, if you know it',
      value: patient?.nhsNumber ? formatNhsNumber(patient.nhsNumber) : '',
    },
    { name: 'Address', value: [patient?.address, patient?.postcode].filter(Boolean).join(', ') },
    { name: 'Phone number', value: '' },
  ];
}
