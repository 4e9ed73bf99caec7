import { z } from 'zod';
import type { ExemptionFault } from '../../../extracts/exemptions/ask-exemption.ts';
import type { NotDecidable } from '../../../extracts/exemptions/decide-exemption.ts';
import { REASON_LENGTH, REFERENCE_LENGTH } from '../../../extracts/exemptions/exemption.ts';
import { objectionTypes } from '../../../objections/objection.ts';
import { parseNhsNumber } from '../../../patients/nhs-number.ts';
import { dayField } from '../../day-field.ts';
import type { FieldError } from '../../form.ts';
import { neededText } from '../objections/plain-text.ts';

/** What is shown to the public, and kept in the ledger, names no patient. */
const withoutNumber = (text: string): boolean =>
  !(text.match(/\d(?:[\s-]?\d){9}/g) ?? []).some((digits) => parseNhsNumber(digits).ok);
const noNumber = 'Leave NHS numbers out: this is for the public too';

export const exemptionForm = z.object({
  version: z.coerce.number('Select the version').int('Select the version').min(1, 'Select the version'),
  type: z.enum(objectionTypes, 'Select which objection is not to be applied'),
  reason: neededText(REASON_LENGTH, 'Reason', 'Enter why it is not to be applied').refine(
    withoutNumber,
    noNumber,
  ),
  reference: neededText(
    REFERENCE_LENGTH,
    'Reference',
    'Enter the direction, notice or statute that it rests on',
  ).refine(withoutNumber, noNumber),
  endsOn: dayField('The last day', 'Enter the last day'),
  lawRequires: z.preprocess((sent) => sent === 'yes', z.boolean()),
});

export const decisionForm = z.object({
  decision: z.enum(['approve', 'refuse'], 'Select whether you approve it'),
});

/** What commands refuse, at the field where the person is. */
export const askFaults: Readonly<Record<ExemptionFault, FieldError>> = {
  'no-such-version': { field: 'version', text: 'This version is over. Select another' },
  'not-applied': {
    field: 'type',
    text: 'This objection is not applied to this extract, so there is nothing to exempt from',
  },
  'never-from-type-1': {
    field: 'type',
    text: 'There is no exemption from type 1 on this ground: only for public health, and for payments where the law requires the record',
  },
  'law-not-confirmed': {
    field: 'lawRequires',
    text: 'Confirm that the law requires the record whatever the patient said',
  },
  stricter: { field: 'type', text: 'The guardian applies this objection to the extract on purpose' },
  'no-reason': { field: 'reason', text: 'Enter why it is not to be applied' },
  'no-reference': { field: 'reference', text: 'Enter the direction, notice or statute that it rests on' },
  'not-a-day': { field: 'endsOn-day', text: 'The last day must be a real date' },
  'ends-in-past': { field: 'endsOn-day', text: 'The last day must be today or later' },
  'ends-after-extract': {
    field: 'endsOn-day',
    text: 'The last day must not be after the last day of the extract',
  },
  'already-asked': {
    field: 'type',
    text: 'There is one already: it waits for the guardian, or is in force',
  },
};

export const decideFaults: Readonly<Record<NotDecidable, string>> = {
  'no-such-exemption': 'This exemption is no longer here',
  'not-waiting': 'Somebody else has decided on it meanwhile',
  'same-person': 'You asked for it: another guardian has to decide',
  'version-over': 'The version that it is for is over. Refuse it',
  'not-applied': 'There can be no such exemption on the ground of this extract. Refuse it',
  'already-over': 'Its last day is over. Refuse it',
};
