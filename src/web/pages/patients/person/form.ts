import { z } from 'zod';
import { readListNumber } from '../../../../patients/list-number.ts';
import { nameKey } from '../../../../patients/patient.ts';
import { dayField } from '../../../day-field.ts';

const text = (empty: string, name: string, most: number) =>
  z.string(empty).trim().min(1, empty).max(most, `${name} must be ${most} characters or fewer`);

/**
 * What somebody who is not on the list says of themselves.
 *
 * @param madeUp whether the practice is made up, and takes only numbers that nobody has
 */
export const personForm = (today: string, madeUp: boolean) =>
  z.object({
    personId: z.uuid('Begin again from the search'),
    familyName: text('Enter their family name', 'Family name', 100).refine(
      (typed) => typed === '' || nameKey(typed) !== '',
      'Family name must have letters',
    ),
    givenName: text('Enter their given name', 'Given name', 100).refine(
      (typed) => typed === '' || nameKey(typed) !== '',
      'Given name must have letters',
    ),
    dateOfBirth: dayField('Date of birth', 'Enter their date of birth').superRefine((day, context) => {
      const fault = (message: string) => context.addIssue({ code: 'custom', path: ['year'], message });
      if (day > today) fault('Date of birth must be in the past');
      if (day < '1900-01-01') fault('Date of birth must be after 1 January 1900');
    }),
    address: text('Enter their address', 'Address', 300),
    postcode: z.string().trim().max(10, 'Postcode must be 10 characters or fewer').optional().default(''),
    nhsNumber: z
      .string()
      .optional()
      .default('')
      .transform((typed, context) => {
        if (typed.trim() === '') return '';
        const read = readListNumber(typed.trim(), madeUp);
        if (read.ok) return read.nhsNumber;
        context.addIssue({ code: 'custom', message: `${read.fault}. Put it right, or leave it empty` });
        return z.NEVER;
      }),
    /** Ticked when those of the list who look like them were compared, and none is them. */
    noneOfThese: z.literal('yes').optional(),
  });
