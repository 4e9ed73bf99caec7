import { z } from 'zod';
import type { AuthorityAnswered } from '../../../objections/check-authority.ts';
import { REASON_LENGTH } from '../../../objections/reason.ts';
import type { FieldError } from '../../form.ts';
import { plainText } from '../objections/plain-text.ts';

/** The second person's answer; what was seen may be said, what is missing has to be. */
export const checkForm = z
  .object({
    answer: z.enum(['seen', 'not-enough'], 'Select whether it is enough'),
    note: plainText(REASON_LENGTH, 'Note'),
  })
  .refine(({ answer, note }) => answer === 'seen' || note !== '', {
    path: ['note'],
    message: 'Enter what is missing',
  });

/** What the command refused, at the field where the person is. */
export const checkFaults: Readonly<Record<Extract<AuthorityAnswered, { ok: false }>['reason'], FieldError>> =
  {
    'nothing-to-check': {
      field: 'note',
      text: 'Nobody waits for this answer any more: somebody else has given it',
    },
    'same-person': { field: 'note', text: 'You recorded this yourself, so somebody else has to look' },
    'reason-missing': { field: 'note', text: 'Enter what is missing' },
    'reason-too-long': { field: 'note', text: `Note must be ${REASON_LENGTH} characters or fewer` },
  };
