import { nameKeyOf } from '../../patients/column-names.ts';
import { allRecords, firstRecords } from '../../patients/csv-records.ts';
import type { FileFault } from '../../patients/file-text.ts';

/**
 * What columns are called in reports of EMIS Web, SystmOne and Vision, and in their bulk extracts, the likeliest name
 * first. A `Row Identifier` is no patient here: in SystmOne's SRCode it is the entry's own.
 */
const names = {
  nhsNumber: ['NHS Number', 'NHS No', 'NHS Num', 'Patient NHS Number', 'Patient NHS No', 'NHS'],
  'emis-number': ['EMIS Number', 'EMIS No', 'EMIS Num', 'Patient EMIS Number'],
  'patient-guid': ['Patient Guid', 'EMIS Patient Guid'],
  'id-patient': ['ID Patient', 'Patient ID Patient'],
  term: [
    'Term',
    'Code Term',
    'Code Description',
    'Description',
    'Read Term',
    'CTV3 Text',
    'Rubric',
    'Clinical Term',
  ],
  date: [
    'Date',
    'Event Date',
    'Effective Date',
    'Code Date',
    'Date of Event',
    'Date Event',
    'Event Done',
    'Coded Date',
  ],
  entered: [
    'Date Recorded',
    'Entry Date',
    'Entered Date',
    'Date Event Recorded',
    'Recorded Date',
    'Date Entered',
  ],
  precision: ['Effective Date Precision', 'Date Precision'],
  deleted: ['Deleted', 'Removed Data'],
} as const;

/** A row may have several of these. */
const codeNames = [
  'Code',
  'Read Code',
  'Read Term ID',
  'Clinical Code',
  'CTV3 Code',
  'CTV3',
  'SNOMED Code',
  'SNOMED CT Code',
  'SNOMED CT Concept ID',
  'SNOMED Concept ID',
  'SNOMED CT',
  'Concept ID',
  'SNOMED',
];

type Column = keyof typeof names;
export type ReportColumns = Partial<Readonly<Record<Column, number>>> & { readonly codes: readonly number[] };

export type ReportTable = {
  readonly columns: ReportColumns;
  /** `row` is its number as a spreadsheet counts. */
  readonly body: readonly { readonly row: number; readonly cells: readonly string[] }[];
};

/** Reports begin with lines about themselves: the header is looked for in this many rows. */
const HEADER_WITHIN = 30;

/** Finds the columns of a report, and the rows under them. */
export async function readReportTable(
  text: string,
): Promise<{ readonly ok: true; readonly table: ReportTable } | FileFault> {
  const found = [',', ';', '\t', '|']
    .flatMap((delimiter) =>
      firstRecords(text, delimiter, HEADER_WITHIN).map((cells, place) => ({
        delimiter,
        row: place + 1,
        columns: columnsOf(cells),
      })),
    )
    .find(({ columns }) => isEnough(columns));
  if (found === undefined) {
    const fault = `No row with the column names was found in the first ${HEADER_WITHIN} rows. The report needs a column NHS Number (or EMIS Number, PatientGuid or IDPatient), a column Date, and a column Code or Term.`;
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

const isEnough = (columns: ReportColumns): boolean =>
  (columns.nhsNumber ?? columns['emis-number'] ?? columns['patient-guid'] ?? columns['id-patient']) !==
    undefined &&
  (columns.date ?? columns.entered) !== undefined &&
  (columns.codes[0] ?? columns.term) !== undefined;

function columnsOf(header: readonly string[]): ReportColumns {
  const keys = header.map(nameKeyOf);
  const found: Partial<Record<Column, number>> = {};
  for (const column of Object.keys(names) as Column[]) {
    const ranks = names[column].map(nameKeyOf);
    const [best] = keys
      .map((cell, place) => ({ place, rank: ranks.indexOf(cell) }))
      .filter(({ rank }) => rank >= 0)
      .sort((one, other) => one.rank - other.rank);
    if (best) found[column] = best.place;
  }
  const wanted = new Set(codeNames.map(nameKeyOf));
  return { ...found, codes: keys.flatMap((cell, place) => (wanted.has(cell) ? [place] : [])) };
}
