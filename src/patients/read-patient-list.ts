import { namesOf, needed } from './column-names.ts';
import { type FileFault, readText } from './file-text.ts';
import { type Columns, columnsOf, namedUses } from './list-columns.ts';
import { type DateOrder, findDateOrder } from './list-day.ts';
import type { Remembered } from './list-mapping.ts';
import { headerDigest, holdsData, type ListTable, readTable } from './list-table.ts';
import { listedFields } from './patient.ts';
import { type ReadRow, type RowRules, readListRow } from './read-list-row.ts';

/** What has to be known of a list before it can be read, and only a person can say. */
export type ListQuestion = FileFault & {
  readonly ask:
    | { readonly kind: 'columns'; readonly table: ListTable }
    | { readonly kind: 'date-order'; readonly table: ListTable; readonly example: string };
};

export type ReadList = { readonly ok: true; readonly rows: readonly ReadRow[] } | FileFault | ListQuestion;

/** What somebody said before of lists with this header (its digest). */
export type Recall = (digest: string) => Promise<Remembered | null>;

const nothing: Recall = async () => null;
const refused = (fault: string): FileFault => ({ ok: false, fault });

/**
 * Reads a practice's patient list, as EMIS Web, SystmOne, Vision or somebody's spreadsheet exports it. The columns are
 * found by their names, or as somebody said of such a list before. What cannot be decided is asked, never guessed; a
 * file that cannot be used is refused whole, in words that say what is missing.
 */
export async function readPatientList(
  bytes: Buffer,
  rules: Omit<RowRules, 'dateOrder'>,
  recall: Recall = nothing,
): Promise<ReadList> {
  const read = readText(bytes);
  if (!read.ok) return read;
  const found = await readTable(read.text);
  if (!found.ok) return found;
  const { table } = found;
  const said = await recall(headerDigest(table.header));
  const columns = columnsOf(said?.uses ?? namedUses(table.header));
  const fault = columnFault(table, columns);
  if (fault !== undefined) return canBeAsked(table) ? { ...fault, ask: { kind: 'columns', table } } : fault;
  if (table.body.length === 0) return refused('The file has column names, and nobody under them.');
  const dateOrder = orderOf(table, columns, said?.dateOrder ?? undefined);
  if (typeof dateOrder !== 'string') return dateOrder;
  const rows = table.body.map((row) => readListRow(row, columns, { ...rules, dateOrder }));
  return { ok: true, rows };
}

/** What the file itself tells goes before what somebody said of others like it. */
function orderOf(table: ListTable, columns: Columns, said: DateOrder | undefined): DateOrder | ListQuestion {
  const places = [columns.dateOfBirth, columns.dateOfDeath, columns.leftOn];
  const days = places.flatMap((place) =>
    place === undefined ? [] : table.body.map(({ cells }) => cells[place] ?? ''),
  );
  const found = findDateOrder(days);
  const order = found.order ?? said;
  if (order !== undefined) return order;
  const { example } = found as { example: string };
  const fault = `The file does not tell whether ${example} has the day or the month first. Export the list with days such as 1980-12-31, or upload it in the app, which asks you.`;
  return { ok: false, fault, ask: { kind: 'date-order', table, example } };
}

/** Whether somebody could say which column is which: there are enough of them, and their names are no person's. */
function canBeAsked({ header, body }: ListTable): boolean {
  const names = header.filter((cell) => cell.trim() !== '');
  return body.length > 0 && names.length >= needed.length && !header.some(holdsData);
}

function columnFault({ header, headerRow }: ListTable, columns: Columns): FileFault | undefined {
  if (columns.nhsNumbers.length > 1) {
    const doubled = columns.nhsNumbers.map((place) => (header[place] ?? '').trim()).join(' and ');
    return refused(
      `There are ${columns.nhsNumbers.length} columns with an NHS number (${doubled}). Export the list with one, or say in the app which one it is.`,
    );
  }
  const missing = needed.filter((field) => columns[field] === undefined);
  if (missing.length === 0) return undefined;
  const names = header.map((cell) => cell.trim()).filter((cell) => cell !== '' && !holdsData(cell));
  const label = new Map(listedFields);
  const looked = missing.map((field) => `${label.get(field)} (looked for: ${namesOf(field).join(', ')})`);
  return refused(
    `The list has no column for: ${looked.join('; ')}. Columns found in row ${headerRow}: ${names.join(', ')}.`,
  );
}
