import { z } from 'zod';
import { MOST_SHEETS } from '../../../objections/piles/pile.ts';
import { keyedVias } from '../../../objections/received-via.ts';
import { dayField } from '../../day-field.ts';

const NEED_COUNT = `Number of forms must be a whole number from 1 to ${MOST_SHEETS}`;

/** A new pile. Its id was given to the form, so that one sent twice is one pile. */
export const newPile = z.object({
  id: z.uuid('This form is not complete. Open the page again'),
  arrived: z
    .string('Enter how many forms arrived')
    .trim()
    .min(1, 'Enter how many forms arrived')
    .regex(/^\d{1,3}$/, NEED_COUNT)
    .transform(Number)
    .refine((count) => count >= 1 && count <= MOST_SHEETS, NEED_COUNT),
  receivedVia: z.enum(keyedVias, 'Select how the forms reached the practice'),
  receivedOn: dayField('Received on', 'Enter the day on which the forms arrived'),
});

/** What the page of a pile adds to a search: which sheet of paper the next person is on. */
export const nextSheet = z.object({
  sameSheet: z.string().optional(),
  again: z.uuid().optional().catch(undefined),
});

/** What the address of a pile's page adds; anything else is as if it were not there. */
export const pileQuery = z.object({
  saved: z.uuid().optional().catch(undefined),
  again: z.uuid().optional().catch(undefined),
  all: z.string().optional().catch(undefined),
});
