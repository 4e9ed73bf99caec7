import type { ImportStatus, PatientImport } from '../patients/patient-import.ts';
import type { Outcome } from '../patients/report-row.ts';
import type { PatientImportModel } from './generated/sqlite/models.ts';

/** As the rules read it; null stays null. */
export const asImport = (row: PatientImportModel | null) => (row === null ? null : toImport(row));

/** A row as the rules read it. Ambiguous rows have no column: they are the rows done that came to nothing else. */
export function toImport(row: PatientImportModel): PatientImport {
  const { practiceId: _, status, added, changed, unchanged, refused, left, ...rest } = row;
  const ambiguous = row.done - added - changed - unchanged - refused - left;
  const counts = { added, changed, unchanged, refused, left, ambiguous };
  return { ...rest, status: status as ImportStatus, counts };
}

/** The counts as columns. */
export function columnsOf({ ambiguous: _, ...columns }: Record<Outcome, number>) {
  return columns;
}
