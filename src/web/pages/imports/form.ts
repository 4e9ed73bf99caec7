import { z } from 'zod';
import { outcomes } from '../../../patients/report-row.ts';

/** A manager's word on the people whom a whole list did not have. */
export const goneForm = z.object({
  areGone: z.enum(['yes', 'no'], 'Select whether they are gone').transform((answer) => answer === 'yes'),
});

/** Which part of the report an address asks for; anything else is as if it were not there. */
export const reportChoice = z.object({
  show: z.enum(outcomes).optional().catch(undefined),
  page: z.string().optional().catch(undefined),
});
