import { z } from 'zod';
import { REASON_LENGTH } from '../../../objections/reason.ts';
import type { FieldError } from '../../form.ts';
import { neededText } from './plain-text.ts';

/** A form with a reason only. */
export const reasonForm = (empty: string) => z.object({ reason: neededText(REASON_LENGTH, 'Reason', empty) });

/** A form with a choice and a reason. */
export const answerForm = <const Choices extends readonly [string, ...string[]]>(
  choices: Choices,
  words: { readonly choose: string; readonly reason: string },
) =>
  z.object({
    answer: z.enum(choices, words.choose),
    reason: neededText(REASON_LENGTH, 'Reason', words.reason),
  });

const faults = {
  'reason-missing': 'Enter a reason',
  'reason-too-long': `Reason must be ${REASON_LENGTH} characters or fewer`,
  'no-such-act': 'This is no longer here. Go back to the patient',
  'cannot-be-in-error': 'Only an objection, a withdrawal or a settling can be entered in error',
  'already-in-error': 'This was marked as entered in error already',
  'already-asked': 'Somebody said already that this was entered in error. It waits for a second person',
  'nothing-to-confirm': 'Nobody waits for this answer any more: somebody else has given it',
  'same-person': 'You did this yourself, so somebody else has to answer',
  'nothing-to-settle': 'There is nothing to settle any more: somebody else has settled it',
  'changed-meanwhile':
    'Something was recorded while you had this page open. It is shown above now: look again, and answer again',
  'nothing-to-decide': 'There is nothing to decide any more: somebody else has decided it',
} as const;

/** What a command refused, at the field where the person is. */
export const refusedAnswer = (reason: keyof typeof faults): FieldError => ({
  field: 'reason',
  text: faults[reason],
});
