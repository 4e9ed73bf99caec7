import { type FileFault, readText } from '../../patients/file-text.ts';
import { type DateOrder, findDateOrder, readListDay } from '../../patients/list-day.ts';
import { readListNumber } from '../../patients/list-number.ts';
import { type LocalId, localIdKinds, localIdValue } from '../../patients/local-ids.ts';
import type { ClinicalCode } from '../clinical-codes.ts';
import type { ObjectionType } from '../objection.ts';
import { readCodes } from './read-code.ts';
import { type ReportTable, readReportTable } from './report-table.ts';

/** Whom a row names: by NHS number, by the clinical system's own ids, or by both. At least one is there. */
export type RowPatient = { readonly nhsNumber: string | null; readonly localIds: readonly LocalId[] };

/** An entry of the clinical record about an objection. */
export type CodedEntry = {
  readonly row: number;
  readonly patient: RowPatient;
  readonly type: ObjectionType;
  readonly meaning: ClinicalCode['meaning'];
  /** The day from which it is meant, `YYYY-MM-DD`; null: none, a part of one, or not a day. */
  readonly on: string | null;
  /** The day on which it was keyed; after a move between practices that may be years later. */
  readonly enteredOn: string | null;
};

/** A row with another code about sharing, which is no objection. */
export type AlikeRow = { readonly row: number; readonly patient: RowPatient; readonly code: string };

export type RefusedReportRow = { readonly row: number; readonly fault: string };

export type CodedReport = {
  readonly rows: number;
  readonly entries: readonly CodedEntry[];
  readonly alike: readonly AlikeRow[];
  readonly refused: readonly RefusedReportRow[];
};

export type ReportOptions = {
  readonly madeUp: boolean;
  /** The order of day and month, as somebody said; counts where the report itself does not tell. */
  readonly dateOrder?: DateOrder | undefined;
};

/** `ask`: what somebody has to say first. */
export type ReportRead =
  | { readonly ok: true; readonly report: CodedReport }
  | (FileFault & { readonly ask?: 'date-order' });

/** Reads a report of codes from a clinical system: whose, which code or term, which day. Deleted entries are passed over. */
export async function readCodedReport(
  bytes: Buffer,
  { madeUp, dateOrder }: ReportOptions,
): Promise<ReportRead> {
  const text = readText(bytes);
  if (!text.ok) return text;
  const read = await readReportTable(text.text);
  if (!read.ok) return read;
  const { columns, body } = read.table;
  const cell = cellOf(columns);
  const days = body.flatMap(({ cells }) => [cell(cells, 'date'), cell(cells, 'entered')]);
  const found = findDateOrder(days);
  const order = found.order ?? dateOrder;
  if (order === undefined && 'example' in found) {
    const fault = `The report does not tell whether ${found.example} begins with the day or with the month. Select which, and select the file again.`;
    return { ok: false, fault, ask: 'date-order' };
  }
  const entries: CodedEntry[] = [];
  const alike: AlikeRow[] = [];
  const refused: RefusedReportRow[] = [];
  for (const { row, cells } of body) {
    if (/^(true|1|y|yes)$/i.test(cell(cells, 'deleted'))) continue;
    const codes = columns.codes.map((place) => cells[place] ?? '');
    const code = readCodes(codes, cell(cells, 'term'));
    if (code.ok && code.is === 'other') continue;
    const patient = patientOf(cells, columns, madeUp);
    if (!code.ok) refused.push({ row, fault: code.fault });
    else if ('fault' in patient) refused.push({ row, fault: patient.fault });
    else if (code.is === 'look-alike') alike.push({ row, patient, code: code.code });
    else {
      const { type, meaning } = code;
      entries.push({ row, patient, type, meaning, ...daysOf(cells, columns, order) });
    }
  }
  return { ok: true, report: { rows: body.length, entries, alike, refused } };
}

type Columns = ReportTable['columns'];
type Named = Exclude<keyof Columns, 'codes'>;
const cellOf = (columns: Columns) => (cells: readonly string[], column: Named) =>
  cells[columns[column] ?? -1] ?? '';

function patientOf(
  cells: readonly string[],
  columns: Columns,
  madeUp: boolean,
): RowPatient | { fault: string } {
  const cell = cellOf(columns);
  const localIds = localIdKinds
    .map((kind) => ({ kind, value: localIdValue(cell(cells, kind)) }))
    .filter(({ value }) => value !== '');
  const typed = cell(cells, 'nhsNumber');
  if (typed === '' && localIds.length > 0) return { nhsNumber: null, localIds };
  const number = readListNumber(typed, madeUp);
  return number.ok ? { nhsNumber: number.nhsNumber, localIds } : { fault: number.fault };
}

/** A report with one date alone has it under either name. A date of which only the year or month is meant is none. */
function daysOf(cells: readonly string[], columns: Columns, order?: DateOrder) {
  const cell = cellOf(columns);
  const precision = cell(cells, 'precision');
  const isPart = precision !== '' && !/D/i.test(precision);
  const enteredOn = readListDay(cell(cells, 'entered'), order) ?? null;
  const on = columns.date === undefined ? enteredOn : (readListDay(cell(cells, 'date'), order) ?? null);
  return { on: isPart ? null : on, enteredOn };
}
