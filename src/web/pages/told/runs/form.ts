import { z } from 'zod';
import { batchHows } from '../../../../notices/facts.ts';
import type { RunMade } from '../../../../notices/make-run.ts';
import { runScopes } from '../../../../notices/run.ts';
import type { RunSent } from '../../../../notices/send-run.ts';
import { dayField } from '../../../day-field.ts';
import type { FieldError } from '../../../form.ts';

export const newRunForm = z.object({
  id: z.uuid(),
  notice: z.string('Select the notice').min(1, 'Select the notice'),
  how: z.enum(batchHows, 'Select what to send'),
  scope: z.enum(runScopes, 'Select whom it is for'),
  everybody: z.string().optional(),
});

export const sentForm = z.object({
  on: dayField('The day', 'Enter the day on which it was sent'),
});

/** What making a batch refuses, at the field where the person is. */
export const madeFaults: Readonly<Record<Exclude<RunMade, { ok: true }>['reason'], FieldError>> = {
  'no-such-notice': { field: 'notice', text: 'Select a notice that is published' },
  'holds-a-number': {
    field: 'notice',
    text: 'The wording holds ten digits that may be an NHS number. Publish a version without them',
  },
  nobody: { field: 'how', text: 'Nobody is left whom this would reach. Select something else to send' },
};

export const sentFaults: Readonly<Record<Exclude<RunSent, { ok: true }>['reason'], FieldError>> = {
  'no-such-run': { field: 'on-day', text: 'This batch is no longer here' },
  'not-made': { field: 'on-day', text: 'This batch is not ready to be sent, or was stopped' },
  'not-taken': {
    field: 'on-day',
    text: 'Take the file away first (step 1): not everybody of this batch was in one yet',
  },
  withdrawn: {
    field: 'on-day',
    text: 'The notice was withdrawn before anybody took a file away, so nothing was sent. Stop this batch',
  },
  'not-a-day': { field: 'on-day', text: 'The day must be a real date' },
  'in-future': { field: 'on-day', text: 'The day must be today or earlier' },
  'before-made': { field: 'on-day', text: 'The day must not be before the batch was made' },
};
