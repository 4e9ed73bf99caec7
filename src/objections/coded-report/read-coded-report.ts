import { type FileFault, readText } from '../../patients/file-text.ts';
import { findDateOrder, readListDay } from '../../patients/list-day.ts';
import { readListNumber } from '../../patients/list-number.ts';
import type { ClinicalCode } from '../clinical-codes.ts';
import { readCode } from './read-code.ts';
import { readReportTable } from './report-table.ts';

/** What the clinical record last says of a patient. */
export type LastCoded = {
  readonly meaning: ClinicalCode['meaning'];
  /** `YYYY-MM-DD` */
  readonly on: string;
  /** The row that said so. */
  readonly row: number;
};

export type RefusedReportRow = { readonly row: number; readonly fault: string };

export type CodedReport = {
  readonly rows: number;
  /** By NHS number. */
  readonly last: ReadonlyMap<string, LastCoded>;
  readonly refused: readonly RefusedReportRow[];
  /** Rows with a type 2 code, and with another code about sharing that is no objection. */
  readonly type2: number;
  readonly lookAlikes: number;
};

/**
 * Reads a report of codes from a clinical system: NHS number, code or term, date. Of a patient's entries the latest
 * counts, and of several on one day the objection.
 *
 * @param today in London, `YYYY-MM-DD`
 */
export async function readCodedReport(
  bytes: Buffer,
  { madeUp, today }: { readonly madeUp: boolean; readonly today: string },
): Promise<{ readonly ok: true; readonly report: CodedReport } | FileFault> {
  const text = readText(bytes);
  if (!text.ok) return text;
  const read = await readReportTable(text.text);
  if (!read.ok) return read;
  const { columns, body } = read.table;
  const cell = (cells: readonly string[], column: keyof typeof columns) => cells[columns[column] ?? -1] ?? '';
  const found = findDateOrder(body.map(({ cells }) => cell(cells, 'date')));
  const order = 'order' in found && found.order ? found.order : 'day-first';
  const last = new Map<string, LastCoded>();
  const refused: RefusedReportRow[] = [];
  const count = { 'type-2': 0, 'look-alike': 0, other: 0 };
  for (const { row, cells } of body) {
    const code = readCode(cell(cells, 'code'), cell(cells, 'term'));
    if (!code.ok) refused.push({ row, fault: code.fault });
    else if (code.is !== 'type-1') count[code.is] += 1;
    else {
      const number = readListNumber(cell(cells, 'nhsNumber'), madeUp);
      const on = readListDay(cell(cells, 'date'), order);
      if (!number.ok) refused.push({ row, fault: number.fault });
      else if (on === undefined)
        refused.push({
          row,
          fault: 'The date is missing, or is none: nobody can say which entry is the last',
        });
      else if (on > today) refused.push({ row, fault: 'The date is in the future' });
      else keepLast(last, number.nhsNumber, { meaning: code.meaning, on, row });
    }
  }
  return {
    ok: true,
    report: { rows: body.length, last, refused, type2: count['type-2'], lookAlikes: count['look-alike'] },
  };
}

function keepLast(last: Map<string, LastCoded>, nhsNumber: string, entry: LastCoded): void {
  const before = last.get(nhsNumber);
  const wins =
    before === undefined || entry.on > before.on || (entry.on === before.on && entry.meaning === 'dissent');
  if (wins) last.set(nhsNumber, entry);
}
