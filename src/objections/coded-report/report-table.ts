import { allRecords, firstRecords } from '../../patients/csv-records.ts';
import type { FileFault } from '../../patients/file-text.ts';

/** What columns are called in reports of EMIS Web, SystmOne and Vision, the likeliest name first. */
const names = {
  nhsNumber: ['NHS Number', 'NHS No', 'NHS Num', 'Patient NHS Number', 'NHS'],
  code: [
    'Code',
    'Read Code',
    'Clinical Code',
    'CTV3 Code',
    'CTV3',
    'SNOMED Code',
    'SNOMED CT Code',
    'SNOMED CT Concept ID',
    'Concept ID',
    'SNOMED',
  ],
  term: ['Term', 'Code Term', 'Code Description', 'Description', 'Read Term', 'Rubric', 'Clinical Term'],
  date: [
    'Date',
    'Event Date',
    'Effective Date',
    'Code Date',
    'Date of Event',
    'Date Recorded',
    'Entry Date',
    'Event Done',
  ],
} as const;

type Column = keyof typeof names;
export type ReportColumns = Partial<Readonly<Record<Column, number>>>;

export type ReportTable = {
  readonly columns: ReportColumns;
  /** `row` is its number as a spreadsheet counts. */
  readonly body: readonly { readonly row: number; readonly cells: readonly string[] }[];
};

/** Reports begin with lines about themselves: the header is looked for in this many rows. */
const HEADER_WITHIN = 30;
const key = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** Finds the columns of a report, and the rows under them. */
export async function readReportTable(
  text: string,
): Promise<{ readonly ok: true; readonly table: ReportTable } | FileFault> {
  const found = [',', ';', '\t']
    .flatMap((delimiter) =>
      firstRecords(text, delimiter, HEADER_WITHIN).map((cells, place) => ({
        delimiter,
        row: place + 1,
        columns: columnsOf(cells),
      })),
    )
    .find(({ columns }) => isEnough(columns));
  if (found === undefined) {
    const fault = `No row with the column names was found in the first ${HEADER_WITHIN} rows. The report needs a column NHS Number, a column Date, and a column Code or Term.`;
    return { ok: false, fault };
  }
  const records = await allRecords(text, found.delimiter);
  if (records === undefined)
    return {
      ok: false,
      fault: 'The file ends inside a quoted cell: a quotation mark is not closed. Export it again.',
    };
  const body = records
    .map((cells, place) => ({ row: place + 1, cells: cells.map((cell) => cell.trim()) }))
    .slice(found.row)
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
  return { ok: true, table: { columns: found.columns, body } };
}

const isEnough = ({ nhsNumber, code, term, date }: ReportColumns): boolean =>
  nhsNumber !== undefined && date !== undefined && (code ?? term) !== undefined;

function columnsOf(header: readonly string[]): ReportColumns {
  const found: Partial<Record<Column, number>> = {};
  for (const column of Object.keys(names) as Column[]) {
    const ranks = names[column].map(key);
    const [best] = header
      .map((cell, place) => ({ place, rank: ranks.indexOf(key(cell)) }))
      .filter(({ rank }) => rank >= 0)
      .sort((one, other) => one.rank - other.rank);
    if (best) found[column] = best.place;
  }
  return found;
}
