import { z } from 'zod';
import { objectionTypes } from '../../../objections/objection.ts';
import { needs } from '../../../objections/objection-reader.ts';
import { receivedVias } from '../../../objections/received-via.ts';
import { maybeDay, oneOf } from '../../list-fields.ts';

const statuses = ['in-force', 'withdrawn', 'in-error', 'not-upheld'] as const;

/** What of the list is shown. It is in the address, because it names nobody. */
export const listForm = z.object({
  type: oneOf(objectionTypes),
  status: oneOf(statuses),
  via: oneOf([...receivedVias, 'none']),
  needs: oneOf(needs),
  by: oneOf(['received', 'recorded']),
  from: maybeDay('From'),
  to: maybeDay('To'),
  cursor: z.string().max(200).optional().catch(undefined),
  limit: z.coerce.number().int().min(1).max(200).catch(50),
});

export type ListFilled = z.infer<typeof listForm>;
