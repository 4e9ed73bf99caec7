import { z } from 'zod';
import { agreedVias } from '../../../../recipient-letters/recipient-letter.ts';
import type { Holder } from '../../../../usage-account/holders.ts';

/** To whom a patient wants letters, and that they know what such a letter says. */
export const agreementForm = z.object({
  to: z.preprocess(
    (sent) => [sent ?? []].flat(),
    z.array(z.string().max(200)).min(1, 'Select who is to get a letter').max(200),
  ),
  via: z.enum(agreedVias, 'Select how the patient asked for it'),
  knows: z.literal(
    'yes',
    'Tell the patient that the letter reveals the objection, and tick that they know and want it',
  ),
});

/** How the form names a recipient: by the version under which the data left, so that nobody is written to unseen. */
export const nameOf = ({ version }: Holder): string => `${version.extractId} ${version.version}`;

export const refused = {
  'not-agreed': 'The patient has to know that the letter reveals the objection, and to want it',
  'nobody-chosen': 'Select who is to get a letter',
  'no-objection': 'The patient has no objection in force now. Nobody is written to',
  'not-to-be-written-to': 'What is known of the recipients has changed. Look again, and select anew',
} as const;
