import { z } from 'zod';
import { dayField, dayValues } from '../../day-field.ts';

/** The period of a report, chosen in the address: no personal data in it. */
export const periodForm = z.object({
  from: dayField('From', 'Enter the first day of the period'),
  to: dayField('To', 'Enter the last day of the period'),
});

/** The boxes of the form for a period. */
export function periodBoxes({ from, to }: { from: string; to: string }): Record<string, string> {
  return { ...dayValues('from', from), ...dayValues('to', to) };
}
