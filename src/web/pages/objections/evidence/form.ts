import { z } from 'zod';
import {
  type EvidenceFault,
  MOST_EVIDENCE,
  REFERENCE_LENGTH,
} from '../../../../objections/evidence/add-evidence.ts';
import type { FieldError } from '../../../form.ts';
import { plainText } from '../plain-text.ts';

/** A reference in words; a scan comes beside it. */
export const evidenceForm = z.object({
  id: z.uuid('This form is not complete. Open the page again'),
  reference: plainText(REFERENCE_LENGTH, 'Reference'),
});

const scan = (text: string): FieldError => ({ field: 'scan', text });

/** What was wrong with a piece of evidence, at its field. */
export const evidenceFaults: Readonly<Record<EvidenceFault, FieldError>> = {
  'no-such-act': { field: 'reference', text: 'What this shows is no longer here. Go back to the patient' },
  'nothing-given': { field: 'reference', text: 'Enter a reference, or select a scan' },
  'reference-too-long': {
    field: 'reference',
    text: `Reference must be ${REFERENCE_LENGTH} characters or fewer`,
  },
  'too-many': {
    field: 'reference',
    text: `There are ${MOST_EVIDENCE} pieces of evidence already, which is the most`,
  },
  empty: scan('The selected file is empty'),
  'too-large': scan(
    'The selected file must be smaller than 5 MB. Scan it again in black and white, or at a lower resolution',
  ),
  encrypted: scan('The selected PDF is protected with a password. Save it without one, and select it again'),
  'cut-off': scan('The selected file breaks off before its end. Scan it again'),
  'not-a-scan': scan('The selected file must be a PDF, JPEG or PNG'),
};
