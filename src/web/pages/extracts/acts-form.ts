import { z } from 'zod';
import { REASON_LENGTH } from '../../../extracts/return-extract.ts';
import { dayField } from '../../day-field.ts';
import { neededText } from '../objections/plain-text.ts';

export const approvalForm = z.object({
  /** What the page showed (digestOf). */
  seen: z.string('This form is not complete. Open the page again'),
  confirmsCare: z
    .unknown()
    .optional()
    .transform((sent) => sent === 'yes'),
});

export const returnForm = z.object({
  why: neededText(REASON_LENGTH, 'Reason', 'Enter what has to be put right'),
});

export const suspensionForm = z.object({
  whySuspended: neededText(REASON_LENGTH, 'Reason', 'Enter why it is suspended'),
});

export const certificateForm = z.object({
  destroyedOn: dayField('The day', 'Enter the day on which the data was destroyed'),
  certificate: neededText(200, 'Certificate', 'Enter what the certificate is called, or where it is kept'),
});

/** What commands refuse, for the person at the page. */
export const refusals: Readonly<Record<string, string>> = {
  'no-such-version': 'This version is no longer here',
  'not-a-draft': 'Somebody else has sent or ended this version. It is shown as it is now',
  'not-complete': 'Something is missing, or not as the ground needs it. It is listed above',
  'not-awaiting-approval': 'This version was changed, or somebody else has decided. Look again',
  'changed-meanwhile': 'This version was changed. Look again: it is shown as it is now',
  'same-person':
    'You registered, edited or sent this version, so somebody else has to approve it. Two people agree before anything leaves',
  unclassified: 'It has to be classified under one of the other grounds first',
  'care-not-confirmed': 'Confirm that the recipient treats or contacts the people listed',
  'not-approved': 'This version is not approved any more. It is shown as it is now',
  'not-suspended': 'This version is not suspended any more. It is shown as it is now',
  'already-ended': 'This version has ended already',
  'already-noted': 'A certificate was noted already',
  'in-future': 'The day must be today or earlier',
  'not-a-day': 'The day must be a real date',
  'no-certificate': 'Enter what the certificate is called, or where it is kept',
};
