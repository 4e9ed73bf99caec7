import { z } from 'zod';
import { addDays } from '../day.ts';
import { treatments } from '../extracts/extract.ts';
import type { JsonObject } from '../ledger/jcs.ts';
import type { TellingRules } from '../ledger/verify-tellings.ts';
import { isStillTrue } from './covers.ts';
import { toldSince } from './telling.ts';
import { toldEntry } from './told-entry.ts';

/** What the entry of a version says of what patients are told. */
const content = z.looseObject({
  recipient: z.string(),
  recipientOds: z.string(),
  purpose: z.string(),
  ground: z.string(),
  passedOn: z.string().nullable().default(null),
  destroyBy: z.string().nullable().default(null),
  fields: z.array(z.object({ name: z.string(), treatment: z.enum(treatments) })),
  fhir: z
    .object({ types: z.array(z.string()), narrative: z.boolean() })
    .nullable()
    .default(null),
});

/** The rules of telling as `ledger verify` needs them. What an entry does not say plainly was not told. */
export const tellingRules: TellingRules = {
  entryOf: toldEntry,
  since: toldSince,
  isStillTrue(told: JsonObject, now: JsonObject) {
    const [one, other] = [content.safeParse(told), content.safeParse(now)];
    return one.success && other.success && isStillTrue(one.data, other.data);
  },
  lastDay: (today, days) => addDays(today, -days),
};
