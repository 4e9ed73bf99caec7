import { setImmediate as letOthers } from 'node:timers/promises';
import type { Database, Transaction } from './database.ts';

/** What a column holds: `plain` is a text or number as it is, `instant` a time, `flag` a yes or no. */
export type Column = 'plain' | 'bytes' | 'instant' | 'flag';

/** Where rows come from and in which order, in SQL that both databases know. */
export type PackedFrom = {
  /** The name of a table, or a SELECT in brackets. */
  readonly table: string;
  /** What is read of each row, in this order. */
  readonly columns: readonly (readonly [name: string, holds: Column])[];
  readonly practiceId: string;
  /** The columns by which the rows are sorted, each with the value after which to begin; the first decides. */
  readonly by: string;
  readonly after?: number | string | undefined;
  /** What else has to hold of a row. */
  readonly only?: string;
  readonly portion?: number;
};

export type Packed = string | number | boolean | Date | Uint8Array | null;

/** Rows of a portion. An account of a release is kilobytes, so those who read them ask for fewer. */
const PORTION = 1_000;

/**
 * Reads a long table portion by portion, each as one JSON text: Prisma takes up to 40 µs for each row and its objects,
 * this 2 µs, and a ledger of a million entries has three million rows. Between portions others have their turn: the
 * driver of SQLite is synchronous.
 *
 * @returns the values of the columns, row by row, in the order of `by`
 */
export async function* packedRows(
  tx: Pick<Transaction, '$queryRawUnsafe'>,
  kind: Database['kind'],
  from: PackedFrom,
): AsyncGenerator<readonly Packed[][]> {
  const { by, practiceId, portion = PORTION } = from;
  const place = from.columns.findIndex(([name]) => name === by);
  const others = from.columns.flatMap(([, holds], at) => (holds === 'plain' ? [] : [{ at, holds }]));
  const [first, next] = [sqlOf(kind, from, false), sqlOf(kind, from, true)];
  for (let after = from.after; ; ) {
    const given = after === undefined ? [practiceId, portion] : [practiceId, after, portion];
    const [{ rows: json }] = (await tx.$queryRawUnsafe(after === undefined ? first : next, ...given)) as [
      { rows: string | null },
    ];
    const rows = JSON.parse(json ?? '[]') as Packed[][];
    if (kind === 'sqlite') assertOrder(rows, place);
    for (const row of rows)
      for (const { at, holds } of others) row[at] = read(kind, holds, row[at] as string | number | null);
    if (rows.length > 0) yield rows;
    if (rows.length < portion) return;
    after = rows.at(-1)?.[place] as number | string;
    await letOthers();
  }
}

/** SQLite gives the rows of a portion in its order, though it does not promise it: what it breaks would be left out. */
function assertOrder(rows: readonly Packed[][], place: number): void {
  const by = (row: readonly Packed[] | undefined) => row?.[place] as number | string;
  if (rows.some((row, at) => at > 0 && by(row) < by(rows[at - 1])))
    throw new Error('Rows came out of their order');
}

function sqlOf(kind: Database['kind'], { table, columns, by, only }: PackedFrom, isNext: boolean): string {
  let given = 0;
  const value = () => {
    given += 1;
    return kind === 'sqlite' ? '?' : `$${given}`;
  };
  const where = [
    `"practiceId" = ${value()}`,
    ...(isNext ? [`"${by}" > ${value()}`] : []),
    ...(only === undefined ? [] : [only]),
  ].join(' AND ');
  const from = table.startsWith('(') ? table : `"${table}"`;
  const named = [...new Set([by, ...columns.map(([name]) => name)])].map((name) => `"${name}"`).join(', ');
  const some = `(SELECT ${named} FROM ${from} WHERE ${where} ORDER BY "${by}" LIMIT ${value()}) AS portion`;
  const values = columns.map(([name, holds]) => packed(kind, name, holds)).join(', ');
  // SQLite gives them in the order of the portion; to be told so once more costs as much as all else.
  return kind === 'sqlite'
    ? `SELECT json_group_array(json_array(${values})) AS rows FROM ${some}`
    : `SELECT json_agg(json_build_array(${values}) ORDER BY "${by}")::text AS rows FROM ${some}`;
}

function packed(kind: Database['kind'], name: string, holds: Column): string {
  if (holds !== 'bytes') return `"${name}"`;
  return kind === 'sqlite' ? `hex("${name}")` : `encode("${name}", 'hex')`;
}

function read(kind: Database['kind'], holds: Column, value: string | number | null): Packed {
  if (value === null || holds === 'plain') return value;
  if (holds === 'flag') return Boolean(value);
  if (holds === 'bytes') return Buffer.from(String(value), 'hex');
  // PostgreSQL keeps them in UTC, and does not say so.
  return new Date(kind === 'sqlite' ? String(value) : `${value}Z`);
}
