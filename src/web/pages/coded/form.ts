import { z } from 'zod';
import { reportSystems } from '../../../objections/coded-report/reconciliation.ts';
import { MOST_AT_ONCE } from '../../../objections/coded-report/record-coded.ts';
import { dateOrders } from '../../../patients/list-day.ts';
import { systemNames } from './words.ts';

/** What is said of a report beside the file itself. */
export const reportForm = z.object({
  system: z.enum(reportSystems, 'Select which system the report is from'),
  dateOrder: z.enum(dateOrders).optional().catch(undefined),
});

export const systemItems = reportSystems.map((value) => ({ value, text: systemNames[value] }));

const place = z.coerce.number().int().min(0);

/** Which lines are to be recorded: one, or all that were shown. */
export const recordForm = z.object({
  place: z
    .union([place.transform((one) => [one]), z.array(place)])
    .pipe(z.array(z.number()).min(1).max(MOST_AT_ONCE)),
  page: z
    .string()
    .regex(/^\d{1,6}$/)
    .optional()
    .catch(undefined),
});
