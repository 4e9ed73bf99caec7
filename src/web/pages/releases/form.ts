import { z } from 'zod';
import { maybeDay, oneOf } from '../../list-fields.ts';

/** Which releases the list shows. It is in the address, because it names nobody. */
export const filterForm = z
  .object({
    text: z.string().trim().max(100).optional().catch(undefined),
    extract: z.string().max(100).optional().catch(undefined),
    kind: oneOf(['release', 'check']),
    status: oneOf(['started', 'complete', 'failed', 'interrupted']),
    from: maybeDay('From'),
    to: maybeDay('To'),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
    path: ['to', 'day'],
    message: 'To must be the same as or after From',
  });

export type Filter = z.infer<typeof filterForm>;

export const kindChoices = [
  { value: '', text: 'All' },
  { value: 'release', text: 'Releases' },
  { value: 'check', text: 'Checks of numbers' },
];

export const statusChoices = [
  { value: '', text: 'All' },
  { value: 'complete', text: 'Complete' },
  { value: 'started', text: 'Running' },
  { value: 'interrupted', text: 'Interrupted' },
  { value: 'failed', text: 'Failed' },
];
