import { z } from 'zod';
import { ASSESSMENT_LENGTH } from '../../../incidents/assess-incident.ts';
import { risks, tellings } from '../../../incidents/incident.ts';
import { toTell } from '../../../incidents/tell-of-incident.ts';
import { dayField } from '../../day-field.ts';
import { neededText } from '../objections/plain-text.ts';

export const assessmentForm = z.object({
  assessment: neededText(
    ASSESSMENT_LENGTH,
    'Assessment',
    'Enter what you found, and why you decide as below',
  ),
  risk: z.enum(risks, 'Select the risk for the patient'),
  tellRegulator: z.enum(tellings, 'Select whether to tell the Information Commissioner'),
  tellPatient: z.enum(tellings, 'Select whether to tell the patient'),
  /** When it was last assessed as this page showed it; empty: not yet. */
  seen: z
    .string()
    .catch('')
    .transform((at) => (at === '' ? null : new Date(at))),
});

export const toldForm = z.object({
  whom: z.enum(toTell, 'Select who was told'),
  on: dayField('The day', 'Enter the day on which they were told'),
});

export const closingForm = z.object({
  closingWords: neededText(
    ASSESSMENT_LENGTH,
    'Closing words',
    'Enter what was done, and what keeps it from happening again',
  ),
});

export const numberForm = z.object({
  numberWords: neededText(ASSESSMENT_LENGTH, 'Words', 'Enter why the number is right'),
  permitted: z.coerce.number().int(),
});

/** What commands refuse, at the field where the person is. */
export const refused = {
  'no-such-incident': 'This incident is no longer here',
  'already-closed': 'Somebody else has closed this incident. It is shown as it is now',
  'assessed-meanwhile':
    'Somebody else assessed this while you had the page open. Their assessment is shown above: read it, and save yours again only if it is to replace theirs',
  'already-told': 'Somebody else has noted this already',
  'not-a-day': 'The day must be a real date',
  'in-future': 'The day must be today or earlier',
  'before-it-opened': 'The day must not be before the incident opened',
  'not-a-number': 'There is no number to accept any more. Close the incident',
  'happened-again':
    'The job has sent another file meanwhile, with another number. It is shown above: look again',
  'not-assessed': 'It must be assessed before it can be closed',
  'regulator-not-told': 'The Information Commissioner is to be told first, or the assessment changed',
  'patient-not-told': 'The patient is to be told first, or the assessment changed',
} as const;
