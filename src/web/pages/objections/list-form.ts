import { z } from 'zod';
import { objectionTypes } from '../../../objections/objection.ts';
import { needs } from '../../../objections/objection-reader.ts';
import { receivedVias } from '../../../objections/received-via.ts';
import { dayField } from '../../day-field.ts';

const statuses = ['in-force', 'withdrawn', 'in-error', 'not-upheld'] as const;

/** A date that may be left out: all three boxes empty. */
const maybeDay = (name: string) =>
  z.preprocess(
    (boxes) => (Object.values(boxes ?? {}).some((box) => String(box).trim() !== '') ? boxes : undefined),
    dayField(name, `Enter ${name.toLowerCase()}`).optional(),
  );

/** One of these words; anything else in the address is as if it were not there. */
const oneOf = <const Words extends readonly [string, ...string[]]>(words: Words) =>
  z.enum(words).optional().catch(undefined);

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
