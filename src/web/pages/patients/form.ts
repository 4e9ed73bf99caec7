import { z } from 'zod';
import type { SearchTerms } from '../../../patients/find-patients.ts';
import { type NhsNumberFault, parseNhsNumber } from '../../../patients/nhs-number.ts';
import { dayField } from '../../day-field.ts';

/** What is wrong with an NHS number, as the NHS digital service manual says it. */
const faultWords: Readonly<Record<NhsNumberFault, string>> = {
  missing: 'Enter an NHS number, or a family name and a date of birth',
  'looks-like-national-insurance': 'This looks like a National Insurance number. Enter an NHS number',
  'not-digits': 'NHS number must only include numbers',
  'too-short': 'NHS number is too short. It must be 10 digits',
  'too-long': 'NHS number is too long. It must be 10 digits',
  repeated: 'NHS number is not valid. Check the number and enter it again',
  'check-digit': 'NHS number is not valid. Check the number and enter it again',
};

const typed = z.string().trim().max(200).catch('').optional().default('');

const byNumber = z.object({ nhsNumber: typed }).transform(({ nhsNumber }, context): SearchTerms => {
  const read = parseNhsNumber(nhsNumber);
  if (read.ok) return { nhsNumber: read.nhsNumber };
  context.addIssue({ code: 'custom', path: ['nhsNumber'], message: faultWords[read.reason] });
  return z.NEVER;
});

const byName = z
  .object({
    familyName: typed.refine((name) => /\p{L}/u.test(name), 'Enter the family name, or its beginning'),
    dateOfBirth: dayField('Date of birth', 'Enter the patient’s date of birth'),
  })
  .transform(({ familyName, dateOfBirth }): SearchTerms => ({ familyName, dateOfBirth }));

/** By number when there is one; else by name and birth when there is anything of these. */
export function searchForm(body: unknown): typeof byNumber | typeof byName {
  const fields = Object.entries((body ?? {}) as Record<string, unknown>);
  const has = (name: RegExp) =>
    fields.some(([field, value]) => name.test(field) && String(value).trim() !== '');
  return !has(/^nhsNumber$/) && has(/^(familyName|dateOfBirth-)/) ? byName : byNumber;
}

/** A search as it was kept in a draft. */
export const keptTerms = z.union([
  z.object({ nhsNumber: z.string() }),
  z.object({ familyName: z.string(), dateOfBirth: z.string() }),
]);
