import { isDay, londonDay } from '../day.ts';
import { nameKeyOf } from '../patients/column-names.ts';
import { allRecords } from '../patients/csv-records.ts';
import { type FileFault, readText } from '../patients/file-text.ts';
import { readReference } from './attempt-reference.ts';

/** One row that can be read. `row` is its number in a spreadsheet, the header being 1. */
export type ResultRow = {
  readonly row: number;
  readonly reference: string;
  readonly result: string;
  /** `YYYY-MM-DD` */
  readonly on: string;
};

/** A row that was not taken, and why, in words that name nobody. */
export type RefusedResult = { readonly row: number; readonly fault: string };
export type ReadResults =
  | { readonly ok: true; readonly rows: readonly (ResultRow | RefusedResult)[] }
  | FileFault;

/** The names that the three columns may have; others are passed over. */
const names = {
  reference: [
    'reference',
    'ref',
    'clientreference',
    'yourreference',
    'messagereference',
    'customerreference',
  ],
  result: ['result', 'status', 'outcome', 'deliverystatus', 'messagestatus', 'state'],
  date: ['date', 'on', 'day', 'resultdate', 'statusdate', 'deliveredat', 'completedat', 'updatedat', 'time'],
} as const;

/** An instant as ISO 8601 writes it: with the time, and Z or how far it is from UTC. */
const ZONED = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;

const refused = (fault: string): FileFault => ({ ok: false, fault });
export const isRefused = (row: ResultRow | RefusedResult): row is RefusedResult => 'fault' in row;

/** Reads the results of a batch: CSV with a reference, a result and a date in each row, in any order of columns. */
export async function readResultFile(bytes: Buffer): Promise<ReadResults> {
  const read = readText(bytes);
  if (!read.ok) return read;
  const records = await allRecords(read.text, ',');
  if (records === undefined)
    return refused('The file ends inside a quoted cell: a quotation mark is not closed.');
  const header = (records[0] ?? []).map(nameKeyOf);
  const placesOf = (column: keyof typeof names) =>
    header.flatMap((name, place) => ((names[column] as readonly string[]).includes(name) ? [place] : []));
  const found = { reference: placesOf('reference'), result: placesOf('result'), date: placesOf('date') };
  for (const [column, places] of Object.entries(found)) {
    if (places.length === 0)
      return refused(`The first row has to name the columns reference, result and date. Missing: ${column}.`);
    if (places.length > 1)
      return refused(`More than one column could be the ${column}: leave one in the file.`);
  }
  const at = (cells: readonly string[], places: readonly number[]) => (cells[places[0] ?? 0] ?? '').trim();
  const rows = records
    .map((cells, place) => ({ row: place + 1, cells }))
    .slice(1)
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
    .map(({ row, cells }): ResultRow | RefusedResult => {
      const reference = readReference(at(cells, found.reference));
      if (reference === undefined) return { row, fault: 'The reference is not one of ours' };
      const on = readDay(at(cells, found.date));
      if (on === undefined) return { row, fault: 'The date has to be one such as 2026-03-01 or 01/03/2026' };
      return { row, reference, result: at(cells, found.result), on };
    });
  return rows.length > 0 ? { ok: true, rows } : refused('The file has column names, and nothing under them.');
}

/**
 * A day as messaging systems write it, with a time or without: 2026-03-01T10:15:00Z, or the day first. An instant with its
 * zone is of the day that it was in London: shortly before midnight by UTC that is the next one in summer.
 */
function readDay(cell: string): string | undefined {
  const instant = ZONED.test(cell) ? new Date(cell.replace(' ', 'T')) : undefined;
  if (instant !== undefined && isDay(cell.slice(0, 10)) && !Number.isNaN(instant.getTime()))
    return londonDay(instant);
  const [, iso] = /^(\d{4}-\d{2}-\d{2})(?:[T ].*)?$/.exec(cell) ?? [];
  const [, day = '', month = '', year] = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?: .*)?$/.exec(cell) ?? [];
  const text = iso ?? (year && `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`) ?? '';
  return isDay(text) ? text : undefined;
}
