import { z } from 'zod';
import { type FhirRules, type PersonColumn, personKinds } from './extract.ts';

/** A name as it stands in a header: read without spaces around it. */
const name = z.string().refine((text) => text !== '' && text.trim() === text);

const personColumns = z
  .array(z.strictObject({ name, kind: z.enum(personKinds) }))
  .min(1)
  .refine((columns) => new Set(columns.map((column) => column.name)).size === columns.length);

const fhirRules = z.strictObject({
  types: z
    .array(z.string().regex(/^[A-Z][A-Za-z]+$/))
    .min(1)
    .refine((types) => new Set(types).size === types.length),
  narrative: z.boolean(),
});

/** Whether these can be the person columns of an extract; null: it names none. */
export function arePersonColumns(value: unknown): value is readonly PersonColumn[] | null {
  return value === null || personColumns.safeParse(value).success;
}

/** Whether these can be the rules of a FHIR extract; null: it is none. */
export function areFhirRules(value: unknown): value is FhirRules | null {
  return value === null || fhirRules.safeParse(value).success;
}
