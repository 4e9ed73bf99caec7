import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate as others } from 'node:timers/promises';
import { type CsvError, type Options, parse } from 'csv-parse';
import { parse as parseAtOnce } from 'csv-parse/sync';

const PIECE = 65_536;

/** Forgiving where exports are careless: rows of any length, quotes inside bare cells, whichever line ends. */
const options = (delimiter: string): Options => ({
  delimiter,
  relax_quotes: true,
  relax_column_count: true,
  skip_empty_lines: false,
  record_delimiter: ['\r\n', '\n', '\r'],
});

/** The first rows of a text; as many as can be read. */
export function firstRecords(text: string, delimiter: string, count: number): string[][] {
  const rows: string[][] = [];
  try {
    const keep = (row: string[]) => {
      rows.push(row);
      return null;
    };
    parseAtOnce(text.slice(0, 4 * PIECE), { ...options(delimiter), to: count, on_record: keep });
  } catch {
    // A quote that is not closed: the rows before it tell enough.
  }
  return rows;
}

/**
 * Every row of a text, empty ones too, so that their numbers are those of a spreadsheet. Lets others work in between.
 * Undefined when the text ends inside a quoted cell.
 */
export async function allRecords(text: string, delimiter: string): Promise<string[][] | undefined> {
  const rows: string[][] = [];
  try {
    await pipeline(Readable.from(pieces(Buffer.from(text))), parse(options(delimiter)), async (source) => {
      for await (const row of source) rows.push(row as string[]);
    });
    return rows;
  } catch (error) {
    if ((error as CsvError).code?.startsWith('CSV_')) return undefined;
    throw error;
  }
}

async function* pieces(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let from = 0; from < bytes.length; from += PIECE) {
    yield bytes.subarray(from, from + PIECE);
    await others();
  }
}
