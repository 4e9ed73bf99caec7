import { z } from 'zod';
import { consentHows } from '../../../consents/consent.ts';
import { CONSENT_REFERENCE_LENGTH, type ConsentFault } from '../../../consents/record-consent.ts';
import { dayField } from '../../day-field.ts';
import type { FieldError } from '../../form.ts';
import { neededText, plainText } from '../objections/plain-text.ts';

/** How a consent was given, in words. */
export const howWords: Readonly<Record<string, string>> = {
  'paper-form': 'On a paper form',
  online: 'Online',
  'in-person': 'In person',
  phone: 'By phone',
  'asked-again': 'Asked after an objection: wants this extract all the same',
  said: 'Said so',
};

export const consentForm = z.object({
  extract: z.string('Select the extract').min(1, 'Select the extract'),
  on: dayField('The day', 'Enter the day on which the patient consented'),
  how: z.enum(consentHows, 'Select how the patient consented'),
  reference: neededText(CONSENT_REFERENCE_LENGTH, 'Evidence', 'Enter where the evidence is'),
});

export const withdrawalForm = z.object({
  extract: z.string('Select the extract').min(1, 'Select the extract'),
  words: plainText(CONSENT_REFERENCE_LENGTH, 'How the patient said so'),
});

/** What the command refuses, at the field where the person is. */
export const consentFaults: Readonly<Record<ConsentFault, FieldError>> = {
  'no-such-patient': { field: 'extract', text: 'This patient is no longer here' },
  'no-consent-asked': { field: 'extract', text: 'Select an extract that asks for consent' },
  'not-a-day': { field: 'on-day', text: 'The day must be a real date' },
  'in-future': { field: 'on-day', text: 'The day must be today or earlier' },
  'before-birth': { field: 'on-day', text: 'The day must not be before the patient was born' },
  'no-reference': { field: 'reference', text: 'Enter where the evidence is' },
  'said-otherwise-that-day': { field: 'on-day', text: 'On that day the patient objected or withdrew too' },
};
