import { z } from 'zod';
import type { SearchTerms } from '../../../patients/find-patients.ts';
import { type NhsNumberFault, parseNhsNumber } from '../../../patients/nhs-number.ts';
import { nameKey } from '../../../patients/patient.ts';
import { dayField } from '../../day-field.ts';
import { Form, readForm } from '../../form.ts';

/** What is wrong with an NHS number, for whoever typed it. Wording: NHS digital service manual. */
const faultWords: Readonly<Record<NhsNumberFault, string>> = {
  missing: 'Enter an NHS number',
  'looks-like-national-insurance': 'This looks like a National Insurance number. Enter an NHS number',
  'not-digits': 'NHS number must only include numbers',
  'too-short': 'NHS number is too short. It must be 10 digits',
  'too-long': 'NHS number is too long. It must be 10 digits',
  repeated: 'NHS number is not valid. Check the number and enter it again',
  'check-digit': 'NHS number is not valid. Check the number and enter it again',
};

const byNumber = z.object({
  nhsNumber: z.string(faultWords.missing).transform((typed, context) => {
    const read = parseNhsNumber(typed);
    if (read.ok) return read.nhsNumber;
    context.addIssue({ code: 'custom', message: faultWords[read.reason] });
    return z.NEVER;
  }),
});

const needName = 'Enter the patient’s family name, or its beginning';

const byName = (today: string) =>
  z.object({
    familyName: z
      .string(needName)
      .trim()
      .max(100, 'Family name must be 100 characters or fewer')
      .refine((typed) => nameKey(typed) !== '', needName),
    dateOfBirth: dayField('Date of birth', 'Enter the patient’s date of birth').superRefine(
      (day, context) => {
        const fault = (message: string) => context.addIssue({ code: 'custom', path: ['year'], message });
        if (day > today) fault('Date of birth must be in the past');
        if (day < '1900-01-01') fault('Date of birth must be after 1 January 1900');
      },
    ),
  });

/** Reads what to search for: the NHS number if there is one, else family name and date of birth, both of them. */
export function readSearch(
  body: Record<string, unknown>,
  today: string,
): { ok: true; value: SearchTerms } | { ok: false; form: Form } {
  const isEmpty = (name: string) => String(body[name] ?? '').trim() === '';
  if (!isEmpty('nhsNumber')) return readForm(byNumber, body);
  const others = ['familyName', 'dateOfBirth-day', 'dateOfBirth-month', 'dateOfBirth-year'];
  if (!others.every(isEmpty)) return readForm(byName(today), body);
  const text = 'Enter an NHS number, or a family name and date of birth';
  return { ok: false, form: new Form(body, [{ field: 'nhsNumber', text }]) };
}

/** What a search was for, as its draft keeps it. */
export const searchTerms = z.union([
  z.object({ nhsNumber: z.string() }),
  z.object({ familyName: z.string(), dateOfBirth: z.string() }),
]);
