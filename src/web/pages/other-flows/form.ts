import { z } from 'zod';
import { optionalDay } from '../../day-field.ts';
import type { FieldError } from '../../form.ts';
import { neededText, plainText } from '../objections/plain-text.ts';

export const flowForm = z.object({
  name: neededText(120, 'Name', 'Enter a name for the flow'),
  recipient: neededText(200, 'Recipient', 'Enter who gets the data'),
  purpose: neededText(2000, 'Purpose', 'Enter the purpose in plain words'),
  appliedBy: neededText(
    500,
    'Who applies objections',
    'Enter who applies objections there, and how, or “Nobody”',
  ),
  evidencedOn: optionalDay('Day on which it was evidenced'),
  evidence: plainText(500, 'What evidenced it'),
});

/** What the register refuses, at its field. */
export const flowErrors: Readonly<Record<string, FieldError>> = {
  'no-such-flow': { field: 'name', text: 'This flow is no longer here' },
  'not-named': { field: 'name', text: 'Enter name, recipient, purpose, and who applies objections' },
  'not-a-day': { field: 'evidencedOn-day', text: 'Day on which it was evidenced must be a real date' },
  'in-future': { field: 'evidencedOn-day', text: 'Day on which it was evidenced must be today or earlier' },
  'no-evidence': { field: 'evidence', text: 'Enter what evidenced it' },
};
