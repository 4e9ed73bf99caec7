import { isDay } from '../day.ts';
import { allRecords } from '../patients/csv-records.ts';
import { type FileFault, readText } from '../patients/file-text.ts';
import { readListNumber } from '../patients/list-number.ts';
import { type ConsentHow, consentHows } from './consent.ts';

/** One row that can be read. `row` is its number in a spreadsheet, the header being 1. */
export type ConsentRow = {
  readonly row: number;
  readonly nhsNumber: string;
  readonly on: string;
  readonly how: ConsentHow;
  readonly reference: string;
};

/** A row that was not taken, and why, in words that hold no NHS number. */
export type RefusedConsent = { readonly row: number; readonly fault: string };

export type ReadConsents =
  | { readonly ok: true; readonly rows: readonly (ConsentRow | RefusedConsent)[] }
  | FileFault;

const needed = ['nhs_number', 'given_on', 'how', 'reference'] as const;
const LONGEST_REFERENCE = 200;

const refused = (fault: string): FileFault => ({ ok: false, fault });

export const isRefused = (row: ConsentRow | RefusedConsent): row is RefusedConsent => 'fault' in row;

/**
 * Reads a file of consents to one extract: CSV with the columns `nhs_number`, `given_on` (`YYYY-MM-DD`), `how` and
 * `reference`, in any order; others are passed over. A row with anything in doubt is refused: a consent lets data leave.
 *
 * @param madeUp whether the practice is made up, and takes only numbers that nobody has
 */
export async function readConsentFile(
  bytes: Buffer,
  { madeUp }: { readonly madeUp: boolean },
): Promise<ReadConsents> {
  const read = readText(bytes);
  if (!read.ok) return read;
  const records = await allRecords(read.text, ',');
  if (records === undefined)
    return refused('The file ends inside a quoted cell: a quotation mark is not closed.');
  const header = (records[0] ?? []).map((name) => name.trim().toLowerCase());
  const missing = needed.filter((name) => !header.includes(name));
  if (missing.length > 0)
    return refused(
      `The first row has to name the columns ${needed.join(', ')}. Missing: ${missing.join(', ')}.`,
    );
  const doubled = needed.find((name) => header.indexOf(name) !== header.lastIndexOf(name));
  if (doubled !== undefined) return refused(`The column ${doubled} is there twice.`);
  const rows = records
    .map((cells, place) => ({ row: place + 1, cells: cells.map((cell) => cell.trim()) }))
    .slice(1)
    .filter(({ cells }) => cells.some((cell) => cell !== ''))
    .map(({ row, cells }) => ({ row, ...readRow(cells, header, madeUp) }));
  return rows.length > 0 ? { ok: true, rows } : refused('The file has column names, and nothing under them.');
}

function readRow(
  cells: readonly string[],
  header: readonly string[],
  madeUp: boolean,
): Omit<ConsentRow, 'row'> | Omit<RefusedConsent, 'row'> {
  const at = (name: (typeof needed)[number]) => cells[header.indexOf(name)] ?? '';
  if (cells.length !== header.length)
    return { fault: `The row has ${cells.length} cells, the header has ${header.length}` };
  const number = readListNumber(at('nhs_number'), madeUp);
  if (!number.ok) return { fault: number.fault };
  const on = at('given_on');
  if (!isDay(on)) return { fault: 'The day has to be one such as 2024-03-01' };
  const how = consentHows.find((one) => one === at('how').toLowerCase());
  if (how === undefined) return { fault: `How has to be one of ${consentHows.join(', ')}` };
  const reference = at('reference');
  if (reference === '') return { fault: 'The reference to the evidence is missing' };
  if (reference.length > LONGEST_REFERENCE)
    return { fault: `The reference must have ${LONGEST_REFERENCE} characters or fewer` };
  return { nhsNumber: number.nhsNumber, on, how, reference };
}
