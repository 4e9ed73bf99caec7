import type { Slice } from '../guard/withheld-list.ts';
import type { Database } from './database.ts';
import { Prisma } from './generated/sqlite/client.ts';
import { portionsOf } from './portions.ts';

type Opened = Pick<Database, 'kind' | 'reader'>;

/** The columns of an account of which parts are read. */
export type Sliced = 'members' | 'memberOrdinals' | 'withheld' | 'unlisted';

/** A part of the account of one release. */
export type AccountSlice = Slice & { readonly releaseId: string };

/** Of a list with entries of the same width, so many bytes are read at once, at most. */
const AT_ONCE = 4000;

/** A part of a column, in SQL and in hexadecimal: SQLite's adapter does not know bytes that are no column. */
export function cut(kind: Database['kind'], column: Sliced, { from, length }: Slice): Prisma.Sql {
  const part = Prisma.sql`CAST(${from + 1} AS INTEGER), CAST(${length} AS INTEGER)`;
  return inHex(kind, Prisma.sql`substr(${named(column)}, ${part})`);
}

/** The bytes of what {@link cut} gives. */
export const bytesOf = (hex: string): Buffer => Buffer.from(hex, 'hex');

/** Reads a part of each of these accounts, by release. Databases count bytes from 1. */
export async function readSlices(
  { kind, reader }: Opened,
  column: Sliced,
  wanted: readonly AccountSlice[],
): Promise<Map<string, Buffer>> {
  const found = new Map<string, Buffer>();
  for (const some of portionsOf(wanted)) {
    const values = some.map(
      ({ releaseId, from, length }) =>
        Prisma.sql`(CAST(${releaseId} AS TEXT), CAST(${from + 1} AS INTEGER), CAST(${length} AS INTEGER))`,
    );
    const part = inHex(kind, Prisma.sql`substr(${named(column)}, "at", "size")`);
    const rows = await reader.$queryRaw<{ id: string; hex: string }[]>(Prisma.sql`
      WITH wanted("id", "at", "size") AS (VALUES ${Prisma.join(values)})
      SELECT "id", ${part} AS "hex" FROM wanted JOIN "ReleaseAccount" ON "releaseId" = "id"`);
    for (const { id, hex } of rows) found.set(id, bytesOf(hex));
  }
  return found;
}

/** A list in an account, and how many bytes it has. */
export type EntryList = { readonly releaseId: string; readonly bytes: number };

/**
 * Finds the entry that begins with a key in each of these lists, by halving: entries have one width and are in the
 * order of their bytes.
 *
 * @returns the entry by release, of the lists that have it
 */
export async function findEntries(
  database: Opened,
  column: Sliced,
  { width, key }: { readonly width: number; readonly key: Buffer },
  lists: readonly EntryList[],
): Promise<Map<string, Buffer>> {
  const found = new Map<string, Buffer>();
  let open = lists
    .filter(({ bytes }) => bytes > 0)
    .map(({ releaseId, bytes }) => ({ releaseId, first: 0, end: Math.floor(bytes / width) }));
  while (open.length > 0) {
    const small = open.filter(({ first, end }) => (end - first) * width <= AT_ONCE);
    const large = open.filter((one) => !small.includes(one));
    const wholes = small.map(({ releaseId, first, end }) => ({
      releaseId,
      from: first * width,
      length: (end - first) * width,
    }));
    for (const [releaseId, bytes] of await readSlices(database, column, wholes)) {
      const entry = entryIn(bytes, width, key);
      if (entry !== undefined) found.set(releaseId, entry);
    }
    const halved = large.map((one) => ({ ...one, middle: (one.first + one.end) >> 1 }));
    const middles = await readSlices(
      database,
      column,
      halved.map(({ releaseId, middle }) => ({ releaseId, from: middle * width, length: width })),
    );
    open = halved.map(({ releaseId, first, end, middle }) => {
      const isBelow = key.compare(middles.get(releaseId)?.subarray(0, key.length) ?? key) < 0;
      return isBelow ? { releaseId, first, end: middle } : { releaseId, first: middle, end };
    });
  }
  return found;
}

function entryIn(bytes: Buffer, width: number, key: Buffer): Buffer | undefined {
  for (let at = 0; at < bytes.length; at += width)
    if (bytes.subarray(at, at + key.length).equals(key)) return bytes.subarray(at, at + width);
  return undefined;
}

const named = (column: Sliced): Prisma.Sql => Prisma.raw(`"${column}"`);

const inHex = (kind: Database['kind'], bytes: Prisma.Sql): Prisma.Sql =>
  kind === 'postgresql' ? Prisma.sql`encode(${bytes}, 'hex')` : Prisma.sql`hex(${bytes})`;
