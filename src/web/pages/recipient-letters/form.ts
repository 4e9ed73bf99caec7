import { z } from 'zod';
import { outcomes } from '../../../recipient-letters/recipient-letter.ts';
import { dayField } from '../../day-field.ts';

/** Longest text of an answer. */
export const ANSWER_LENGTH = 4000;

export const sentForm = z.object({ sent: dayField('The day', 'Enter the day on which the letter was sent') });

export const answerForm = z.object({
  outcome: z.enum(outcomes, 'Select what they did'),
  words: z
    .string()
    .trim()
    .max(ANSWER_LENGTH, `Answer must be ${ANSWER_LENGTH} characters or fewer`)
    .catch((context) => (typeof context.value === 'string' ? context.value.slice(0, ANSWER_LENGTH) : '')),
  answered: dayField('The day', 'Enter the day on which they answered'),
});

/** What commands refuse, at the field where the person is. */
export const refused = {
  'no-such-letter': 'This letter is no longer here',
  'not-to-send': 'This letter is not to be sent any more. It is shown as it is now',
  'not-sent': 'The letter has to be sent before it can be answered',
  'already-answered': 'Somebody else has noted the answer. It is shown as it is now',
  'not-a-day': 'The day must be a real date',
  'in-future': 'The day must be today or earlier',
  'too-early': 'The day must not be before the letter was asked for, or sent',
} as const;
