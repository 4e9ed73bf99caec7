import { isDay } from '../day.ts';
import { allRecords } from '../patients/csv-records.ts';
import { type FileFault, readText } from '../patients/file-text.ts';
import { readListNumber } from '../patients/list-number.ts';
import type { ObjectionType } from './objection.ts';
import { type ReceivedVia, receivedVias } from './received-via.ts';

/** One row that can be read. `row` is its number in a spreadsheet, the header being 1. */
export type ObjectionRow = {
  readonly row: number;
  readonly nhsNumber: string;
  readonly type: ObjectionType;
  readonly act: 'record' | 'withdraw';
  /** Null when it is no day: the objection stands without one. */
  readonly receivedOn: string | null;
  readonly receivedVia: ReceivedVia | null;
};

/** A row that was not taken, and why, in words that hold no NHS number. `act` is null when that was not readable. */
export type RefusedRow = { readonly row: number; readonly fault: string; readonly act: string | null };

export type ReadObjections =
  | { readonly ok: true; readonly rows: readonly (ObjectionRow | RefusedRow)[] }
  | FileFault;

const needed = ['nhs_number', 'type', 'act', 'received_on'] as const;
const optional = ['received_via'] as const;
type Cells = Readonly<Record<(typeof needed)[number] | (typeof optional)[number], string>>;

const refused = (fault: string): FileFault => ({ ok: false, fault });

export const isRefused = (row: ObjectionRow | RefusedRow): row is RefusedRow => 'fault' in row;

/**
 * Reads a file of objections: CSV with the columns `nhs_number`, `type` (1 or 2), `act` (`record` or `withdraw`) and
 * `received_on` (`YYYY-MM-DD`), in any order, and `received_via` if there is one; others are passed over.
 *
 * @param madeUp whether the practice is made up, and takes only numbers that nobody has
 */
export async function readObjectionFile(
  bytes: Buffer,
  { madeUp }: { madeUp: boolean },
): Promise<ReadObjections> {
  const read = readText(bytes);
  if (!read.ok) return read;
  const records = await allRecords(read.text, ',');
  if (records === undefined)
    return refused('The file ends inside a quoted cell: a quotation mark is not closed.');
  const header = (records[0] ?? []).map((name) => name.trim().toLowerCase());
  const fault = headerFault(header);
  if (fault !== undefined) return refused(fault);
  const rows = records
    .map((cells, place) => ({ row: place + 1, cells: cells.map((cell) => cell.trim()) }))
    .slice(1)
    .filter(({ cells }) => cells.some((cell) => cell !== ''))
    .map(({ row, cells }) => ({ row, ...readRow(cells, header, madeUp) }));
  return rows.length > 0 ? { ok: true, rows } : refused('The file has column names, and nothing under them.');
}

function headerFault(header: readonly string[]): string | undefined {
  const missing = needed.filter((name) => !header.includes(name));
  if (missing.length > 0)
    return `The first row has to name the columns ${needed.join(', ')}. Missing: ${missing.join(', ')}.`;
  const doubled = [...needed, ...optional].find((name) => header.indexOf(name) !== header.lastIndexOf(name));
  return doubled && `The column ${doubled} is there twice.`;
}

function readRow(
  cells: readonly string[],
  header: readonly string[],
  madeUp: boolean,
): Omit<ObjectionRow, 'row'> | Omit<RefusedRow, 'row'> {
  const at = (name: string) => cells[header.indexOf(name)] ?? '';
  const row: Cells = {
    nhs_number: at('nhs_number'),
    type: at('type'),
    act: at('act').toLowerCase(),
    received_on: at('received_on'),
    received_via: at('received_via').toLowerCase(),
  };
  const act = row.act === 'record' || row.act === 'withdraw' ? row.act : null;
  const no = (fault: string) => ({ fault, act });
  if (cells.length !== header.length)
    return no(`The row has ${cells.length} cells, the header has ${header.length}`);
  const number = readListNumber(row.nhs_number, madeUp);
  if (!number.ok) return no(number.fault);
  const [, type] = /^(?:type[ -]?)?([12])$/i.exec(row.type) ?? [];
  if (type === undefined) return no('The type has to be 1 or 2');
  if (act === null) return no('The act has to be record or withdraw');
  const receivedOn = isDay(row.received_on) ? row.received_on : null;
  if (act === 'withdraw' && receivedOn === null)
    return no('A withdrawal needs the day on which it was received, such as 2016-03-01');
  const receivedVia = receivedVias.find((via) => via === row.received_via) ?? null;
  return {
    nhsNumber: number.nhsNumber,
    type: type === '1' ? 'type-1' : 'type-2',
    act,
    receivedOn,
    receivedVia,
  };
}
