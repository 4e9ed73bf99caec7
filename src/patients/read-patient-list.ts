import { allRecords, firstRecords } from './csv-records.ts';
import { type FileFault, readText } from './file-text.ts';
import { type Columns, countKnown, namesOf, needed, readColumns } from './list-columns.ts';
import { areMonthFirst } from './list-day.ts';
import { listedFields } from './patient.ts';
import { type ReadRow, type RowRules, readListRow } from './read-list-row.ts';

export type ReadList = { readonly ok: true; readonly rows: readonly ReadRow[] } | FileFault;

/** Reports begin with lines about themselves: the header is looked for in this many rows. */
const HEADER_WITHIN = 30;
const DELIMITERS = [',', ';', '\t', '|'];

const refused = (fault: string): FileFault => ({ ok: false, fault });

/**
 * Reads a practice's patient list, as EMIS Web, SystmOne or somebody's spreadsheet exports it. The columns are found
 * by their names; a file that has not all that is needed is refused whole, in words that say what is missing.
 */
export async function readPatientList(bytes: Buffer, rules: RowRules): Promise<ReadList> {
  const read = readText(bytes);
  if (!read.ok) return read;
  const header = findHeader(read.text);
  if (header === undefined) {
    return refused(
      `No row with column names was found in the first ${HEADER_WITHIN} rows. The list needs columns such as ${needed.map((field) => namesOf(field)[0]).join(', ')}.`,
    );
  }
  const columns = readColumns(header.cells);
  const fault = columnFault(header, columns);
  if (fault !== undefined) return refused(fault);
  const records = await allRecords(read.text, header.delimiter);
  if (records === undefined)
    return refused(
      'The file ends inside a quoted cell: a quotation mark is not closed. Export the list again.',
    );
  const body = records
    .map((cells, place) => ({ cells, row: place + 1 }))
    .slice(header.row)
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== '') && !isHeaderAgain(cells, header.cells));
  if (body.length === 0) return refused('The file has column names, and nobody under them.');
  const births = body.map(({ cells }) => (cells[columns.dateOfBirth ?? -1] ?? '').trim());
  if (areMonthFirst(births)) {
    return refused(
      'The dates of birth are written month first (12/31/1980). Export the list with the day first, or as 1980-12-31.',
    );
  }
  return { ok: true, rows: body.map(({ cells, row }) => readListRow(row, cells, columns, rules)) };
}

type Header = { readonly row: number; readonly cells: readonly string[]; readonly delimiter: string };

/** The row that names the most columns we know, by whichever separator; its number counts from 1. */
function findHeader(text: string): Header | undefined {
  const candidates = DELIMITERS.flatMap((delimiter) =>
    firstRecords(text, delimiter, HEADER_WITHIN).map((cells, place) => ({
      row: place + 1,
      cells,
      delimiter,
    })),
  );
  const known = ({ cells }: Header) =>
    countKnown(cells) + (readColumns(cells).nhsNumber === undefined ? 0 : HEADER_WITHIN);
  const [best] = candidates.sort((one, other) => known(other) - known(one));
  return best && known(best) >= 2 ? best : undefined;
}

/** Whether a cell is of a person and no name of a column: no message may quote it. */
function holdsData(cell: string): boolean {
  return /\d[\d\s-]{7,}\d|\d{4}-\d\d-\d\d|\d[/.-]\d{1,2}[/.-]\d/.test(cell);
}

function columnFault({ cells, row }: Header, columns: Columns): string | undefined {
  const found = cells.map((cell) => cell.trim()).filter((cell) => cell !== '' && !holdsData(cell));
  if (columns.nhsNumbers.length > 1) {
    const doubled = columns.nhsNumbers.map((place) => (cells[place] ?? '').trim()).join(' and ');
    return `There are ${columns.nhsNumbers.length} columns with an NHS number (${doubled}). Export the list with one.`;
  }
  const missing = needed.filter((field) => columns[field] === undefined);
  if (missing.length === 0) return undefined;
  const label = new Map(listedFields);
  const looked = missing.map((field) => `${label.get(field)} (looked for: ${namesOf(field).join(', ')})`);
  return `The list has no column for: ${looked.join('; ')}. Columns found in row ${row}: ${found.join(', ')}.`;
}

/** Some reports repeat the header on every printed page. */
function isHeaderAgain(cells: readonly string[], header: readonly string[]): boolean {
  return cells.length === header.length && cells.every((cell, place) => cell === header[place]);
}
