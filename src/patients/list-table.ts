import { createHash } from 'node:crypto';
import { canonicalJson } from '../ledger/entry.ts';
import { nameKeyOf } from './column-names.ts';
import { allRecords, firstRecords } from './csv-records.ts';
import type { FileFault } from './file-text.ts';
import { countKnown, namedUses } from './list-columns.ts';
import { isRegistrationFile, readRegistrationFile } from './registration-file.ts';

/** A patient list as rows under a header, whatever its file looks like. */
export type ListTable = {
  readonly header: readonly string[];
  /** Its number in the file, from 1; 0 for a file that has none. */
  readonly headerRow: number;
  readonly body: readonly BodyRow[];
};

/** `row` is its number as a spreadsheet counts; `fault` says in words why it cannot be used, whatever is in it. */
export type BodyRow = { readonly row: number; readonly cells: readonly string[]; readonly fault?: string };

export type TableRead = { readonly ok: true; readonly table: ListTable } | FileFault;

/** Reports begin with lines about themselves: the header is looked for in this many rows. */
const HEADER_WITHIN = 30;
const DELIMITERS = [',', ';', '\t', '|'];
/** A header of fewer columns cannot have all that is needed. */
const FEWEST_COLUMNS = 4;

/** Finds the header of a list, and the rows under it. */
export async function readTable(text: string): Promise<TableRead> {
  if (isRegistrationFile(text)) return { ok: true, table: readRegistrationFile(text) };
  const header = findHeader(text);
  if (header === undefined) {
    const fault = `No row with column names was found in the first ${HEADER_WITHIN} rows. The list needs columns such as NHS Number, Given Name, Family Name, Date of Birth.`;
    return { ok: false, fault };
  }
  const records = await allRecords(text, header.delimiter);
  if (records === undefined) {
    const fault =
      'The file ends inside a quoted cell: a quotation mark is not closed. Export the list again.';
    return { ok: false, fault };
  }
  const body = records
    .map((cells, place) => ({ cells, row: place + 1 }))
    .slice(header.row)
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== '') && !isHeaderAgain(cells, header.cells));
  return { ok: true, table: { header: header.cells, headerRow: header.row, body } };
}

/** Whether a cell is of a person and no name of a column: no message may quote it, and no header has it. */
export function holdsData(cell: string): boolean {
  return /\d[\d\s-]{7,}\d|\d{4}-\d\d-\d\d|\d[/.-]\d{1,2}[/.-]\d/.test(cell);
}

/** What tells a header from others: SHA-256 of its names, without capitals and spaces. */
export function headerDigest(header: readonly string[]): string {
  return createHash('sha256')
    .update(canonicalJson(header.map(nameKeyOf)))
    .digest('hex');
}

type Header = { readonly row: number; readonly cells: readonly string[]; readonly delimiter: string };

/**
 * The row that names the most columns we know, by whichever separator. Where none names two, somebody has to say which
 * column is which: then it is the first of the widest rows that could be names at all.
 */
function findHeader(text: string): Header | undefined {
  const candidates = DELIMITERS.flatMap((delimiter) =>
    firstRecords(text, delimiter, HEADER_WITHIN).map((cells, place) => ({
      row: place + 1,
      cells,
      delimiter,
    })),
  );
  const known = ({ cells }: Header) =>
    countKnown(cells) + (namedUses(cells).includes('nhsNumber') ? HEADER_WITHIN : 0);
  const [best] = candidates.sort((one, other) => known(other) - known(one));
  if (best && known(best) >= 2) return best;
  const [widest] = candidates.filter(couldBeNames).sort((one, other) => widthOf(other) - widthOf(one));
  return widest;
}

const widthOf = ({ cells }: Header): number => cells.filter((cell) => cell.trim() !== '').length;

/** Names are all different, and no person's. */
function couldBeNames(candidate: Header): boolean {
  const names = candidate.cells.map(nameKeyOf).filter((name) => name !== '');
  const isWide = names.length >= FEWEST_COLUMNS && new Set(names).size === names.length;
  return isWide && !candidate.cells.some(holdsData);
}

/** Some reports repeat the header on every printed page. */
function isHeaderAgain(cells: readonly string[], header: readonly string[]): boolean {
  return cells.length === header.length && cells.every((cell, place) => cell === header[place]);
}
