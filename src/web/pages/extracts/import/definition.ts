import { z } from 'zod';
import { isDay } from '../../../../day.ts';
import { personKinds, treatments } from '../../../../extracts/extract.ts';
import { isGround } from '../../../../extracts/grounds.ts';
import { contentOf, type VersionRecord } from '../../../../extracts/registered-version.ts';
import { MOST_TOLD_DAYS } from '../../../../extracts/telling-first.ts';
import { objectionTypes } from '../../../../objections/objection.ts';

const FORMAT = 'opt-out-registry extract 1';

const line = z.string().trim().max(200);
const words = z.string().trim().max(2000);
const day = z.string().refine(isDay, 'must be a day such as 2026-11-28');
const share = z.number().positive().max(10);

/** A definition of an extract as a file. What it does not know is refused, so that no slip goes unnoticed. */
const definition = z.strictObject({
  format: z.literal(FORMAT, `must be “${FORMAT}”`),
  id: z.string().max(60),
  name: line.min(1),
  recipient: line.min(1),
  recipientOds: z.string().max(10),
  recipientIsCompany: z.boolean().nullable(),
  contact: line.nullable(),
  purpose: words.min(1),
  payment: words.nullable(),
  passedOn: words.nullable(),
  ground: z.string().refine(isGround, 'must be one of the grounds'),
  reference: line,
  groundExpiresOn: day.nullable(),
  groundWords: words.nullable(),
  stricter: z.array(z.enum(objectionTypes)),
  gdprBasis: line.nullable(),
  confidentialityBasis: words.nullable(),
  agreementReference: line.nullable(),
  agreementStartsOn: day.nullable(),
  agreementEndsOn: day.nullable(),
  destroyBy: day.nullable(),
  startsOn: day,
  endsOn: day,
  frequency: line.nullable(),
  fields: z.array(z.strictObject({ name: line.min(1), treatment: z.enum(treatments) })).max(150),
  fieldGroups: z
    .array(z.strictObject({ name: line, fields: z.array(line), reason: words }))
    .max(5)
    .nullable(),
  freeText: z.array(z.strictObject({ field: line, reason: line })).nullable(),
  nhsNumberColumn: line.nullable(),
  personColumns: z.array(z.strictObject({ name: line.min(1), kind: z.enum(personKinds) })).nullable(),
  fhir: z.strictObject({ types: z.array(line), narrative: z.boolean() }).nullable(),
  checksApproved: z.boolean(),
  includeLeft: z.boolean(),
  // A file of an earlier release does not speak of it.
  toldDays: z.number().int().min(1).max(MOST_TOLD_DAYS).nullable().default(null),
  stops: z.strictObject({
    usualNumber: share.nullable(),
    listAgeDays: z.number().int().positive().max(1000).nullable(),
    maxUnreadable: share.nullable(),
  }),
});

export type Definition = Omit<z.infer<typeof definition>, 'format'>;

/** A version as a file for other practices: all that is said of it, nothing of what happened to it here. */
export function definitionOf(version: VersionRecord): string {
  const said = { format: FORMAT, id: version.extractId, ...contentOf(version) };
  return `${JSON.stringify(said, null, 2)}\n`;
}

/** Reads such a file: what it says, or every fault of it, each with its place. */
export function readDefinition(
  bytes: Buffer,
): { ok: true; definition: Definition } | { ok: false; faults: string[] } {
  let json: unknown;
  try {
    json = JSON.parse(bytes.toString('utf8').replace(/^\uFEFF/, ''));
  } catch {
    return { ok: false, faults: ['The selected file must be a definition of an extract (JSON)'] };
  }
  const read = definition.safeParse(json);
  if (!read.success) {
    const faults = read.error.issues.map(
      ({ path, message }) => `${path.join('.') || 'The file'}: ${message}`,
    );
    return { ok: false, faults };
  }
  const { format: _, ...said } = read.data;
  return { ok: true, definition: said };
}
