import { stringify } from 'csv-stringify/sync';
import type { Response } from 'express';

/**
 * Sends a table as a file for a spreadsheet. Cells that a spreadsheet would take for a formula are made text
 * (OWASP, "CSV Injection"), and the answer is always a download.
 * @param name of the file, without .csv
 */
export function sendCsv(res: Response, name: string, rows: readonly (readonly string[])[]): void {
  const file = stringify(
    rows.map((row) => [...row]),
    { escape_formulas: true, quoted_string: true, record_delimiter: '\r\n', bom: true },
  );
  res.attachment(`${name}.csv`).type('text/csv; charset=utf-8').send(file);
}
