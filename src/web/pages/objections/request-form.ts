import { z } from 'zod';
import { authorities, identityChecks } from '../../../objections/evidence.ts';
import { objectionTypes } from '../../../objections/objection.ts';
import { keyedVias } from '../../../objections/received-via.ts';
import {
  NAME_LENGTH,
  NOTE_LENGTH,
  type ObjectionRequest,
  PROOF_LENGTH,
} from '../../../objections/request.ts';
import { requesters } from '../../../objections/who-may-ask.ts';
import { dayField, optionalDay } from '../../day-field.ts';
import { plainText } from './plain-text.ts';

const SELECT_TYPE = 'Select the type of objection';

/** The form of an objection or a withdrawal, in the order of the page. */
export const requestForm = z.object({
  types: z.preprocess(
    (sent) => [sent ?? []].flat(),
    z.array(z.enum(objectionTypes, SELECT_TYPE)).min(1, SELECT_TYPE),
  ),
  requester: z.enum(requesters, 'Select who asks'),
  requesterName: plainText(NAME_LENGTH, 'Name of the person who asks'),
  authoritySeen: z
    .union([z.literal(''), z.enum(authorities)], 'Select what shows that they may ask')
    .default('')
    .transform((chosen) => chosen || null),
  cannotDecide: z
    .string()
    .optional()
    .transform((ticked) => ticked === 'yes'),
  receivedVia: z.enum(keyedVias, 'Select how the practice was told'),
  receivedOn: dayField('Received on', 'Enter the day on which the practice was told'),
  firstAskedOn: optionalDay('The day on which they first asked'),
  firstAskedProof: plainText(PROOF_LENGTH, 'How it is known').transform((text) => text || null),
  identityChecked: z.enum(identityChecks, 'Select how identity was checked'),
  note: plainText(NOTE_LENGTH, 'Note').transform((text) => text || null),
});

type Filled = z.infer<typeof requestForm>;

/** The request that a filled form makes. What is asked of proxies only is left out when the patient asks. */
export function requestOf(
  filled: Filled,
  { practiceId, patientId, requestId }: { practiceId: string; patientId: string; requestId?: string },
): ObjectionRequest {
  const alone = filled.requester === 'patient';
  return {
    ...filled,
    practiceId,
    patientId,
    requesterName: alone || filled.requesterName === '' ? null : filled.requesterName,
    authoritySeen: alone ? null : filled.authoritySeen,
    cannotDecide: !alone && filled.cannotDecide,
    ...(requestId && { requestId }),
  };
}
