import { listedFields, type Patient } from './patient.ts';
import type { MergedPerson } from './person-changes.ts';

/** What an import may change of a patient, and undoing it put back. */
export type Undoable = Pick<Patient, 'status' | 'leftOn'> & Omit<MergedPerson, 'restricted'>;
type Field = keyof Undoable;

/** What an import changed of a patient: each field as it was before, and after. */
export type Before = { readonly [F in Field]?: readonly [Undoable[F], Undoable[F]] };

/** `before` is null for somebody whom the import added. */
export type KeptBefore = { readonly patientId: string; readonly before: Before | null };

const fields: readonly Field[] = [...listedFields.map(([field]) => field), 'noMail', 'status', 'leftOn'];

/** What is different between a patient and what an import makes of them. */
export function beforeOf(patient: Patient, after: Partial<Undoable>): Before {
  const changed = fields.filter((field) => after[field] !== undefined && after[field] !== patient[field]);
  return Object.fromEntries(changed.map((field) => [field, [patient[field], after[field]]])) as Before;
}

/** The patient as before the import; what somebody changed since then stays as they made it. */
export function restored(patient: Patient, before: Before): Undoable {
  const put = (field: Field) => {
    const [was, became] = before[field] ?? [patient[field], patient[field]];
    return [field, patient[field] === became ? was : patient[field]];
  };
  return Object.fromEntries(fields.map(put)) as Undoable;
}
