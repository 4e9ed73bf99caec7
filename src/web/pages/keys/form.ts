import { z } from 'zod';

/** For how many days a key may be made. */
export const lives = ['30', '90', '180', '365'] as const;

/** The extracts of the practice are checked by the command. */
export const newKeyForm = z.object({
  name: z
    .string('Enter a name for the key')
    .trim()
    .min(1, 'Enter a name for the key')
    .max(80, 'The name must have 80 characters or fewer'),
  extracts: z.preprocess(
    (sent) => [sent ?? []].flat(),
    z.array(z.string()).min(1, 'Select at least one extract'),
  ),
  days: z.enum(lives, 'Select how long the key works').transform(Number),
});
