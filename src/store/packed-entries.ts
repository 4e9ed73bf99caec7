import { setImmediate as letOthers } from 'node:timers/promises';
import { SALT_BYTES } from '../ledger/entry.ts';
import type { PackedEntries } from '../ledger/ledger-reader.ts';
import { HASH_BYTES } from '../ledger/merkle.ts';
import type { Database } from './database.ts';
import type { LedgerOf } from './ledger-rows.ts';

/** Of leaves or texts: how many there are, how many of these are such as all should be, and where they begin and end. */
type Side = 'leaf' | 'text';
type Counts = Record<`${Side}${'Count' | 'Good' | 'First' | 'Last'}`, number | bigint | null>;

type Packed = Counts & {
  readonly commitments: string | null;
  readonly salts: string | null;
  readonly texts: string | null;
  readonly lengths: string | null;
};

/**
 * The entries from an index up to, but not including, another, in one row that the database puts together: a row each
 * would take five times as long, and the objects of a million are what the collector then has to do.
 *
 * @returns null when there is none, any is missing, or any is of another size or kind than all are: whoever wants to know
 *   which has to read them one by one
 */
export async function packedEntries(
  { tx, kind, practiceId }: LedgerOf,
  from: number,
  to: number,
): Promise<PackedEntries | null> {
  const given = [practiceId, from, to];
  const values = kind === 'sqlite' ? [...given, ...given] : given;
  const [row] = (await tx.$queryRawUnsafe(statements[kind], ...values)) as [Packed];
  await letOthers();
  const { commitments, salts, texts, lengths } = row;
  if (commitments === null || salts === null || texts === null || lengths === null) return null;
  const count = Number(row.leafCount);
  if (!isComplete(row, 'leaf', from, count) || !isComplete(row, 'text', from, count)) return null;
  const packed: PackedEntries = {
    commitments: Buffer.from(commitments, 'hex'),
    salts: Buffer.from(salts, 'hex'),
    texts: Buffer.from(texts, 'utf8'),
    lengths: lengths.split(',').map(Number),
  };
  return isWhole(packed, count) ? packed : null;
}

/** Indexes are unique: so many between the first and the last leave none out. */
function isComplete(row: Counts, side: Side, from: number, count: number): boolean {
  const of = (what: 'Count' | 'Good' | 'First' | 'Last') => Number(row[`${side}${what}`]);
  return (
    of('Count') === count && of('Good') === count && of('First') === from && of('Last') === from + count - 1
  );
}

/** Whether the pieces are of the lengths that they should be of. */
function isWhole({ commitments, salts, texts, lengths }: PackedEntries, count: number): boolean {
  return (
    commitments.length === count * HASH_BYTES &&
    salts.length === count * SALT_BYTES &&
    lengths.length === count &&
    lengths.reduce((sum, length) => sum + length, 0) === texts.length &&
    !texts.includes(0)
  );
}

/** SQLite keeps anything in any column, so it is asked what it is. For group_concat it keeps the order of the inner SELECT. */
const statements: Readonly<Record<Database['kind'], string>> = {
  sqlite: `SELECT * FROM
    (SELECT group_concat(hex("commitment"), '') AS commitments, count(*) AS "leafCount",
      min("index") AS "leafFirst", max("index") AS "leafLast",
      count(*) FILTER (WHERE typeof("index") = 'integer' AND typeof("commitment") = 'blob'
        AND octet_length("commitment") = ${HASH_BYTES}) AS "leafGood"
      FROM (SELECT * FROM "LedgerLeaf" WHERE "practiceId" = ? AND "index" >= ? AND "index" < ? ORDER BY "index")),
    (SELECT group_concat(hex("salt"), '') AS salts, group_concat("text", '') AS texts,
      group_concat(octet_length("text")) AS lengths, count(*) AS "textCount",
      min("index") AS "textFirst", max("index") AS "textLast",
      count(*) FILTER (WHERE typeof("index") = 'integer' AND typeof("text") = 'text' AND typeof("salt") = 'blob'
        AND octet_length("salt") = ${SALT_BYTES}) AS "textGood"
      FROM (SELECT * FROM "LedgerText" WHERE "practiceId" = ? AND "index" >= ? AND "index" < ? ORDER BY "index"))`,
  postgresql: `SELECT * FROM
    (SELECT encode(string_agg("commitment", ''::bytea ORDER BY "index"), 'hex') AS commitments,
      count(*)::int AS "leafCount", min("index") AS "leafFirst", max("index") AS "leafLast",
      (count(*) FILTER (WHERE octet_length("commitment") = ${HASH_BYTES}))::int AS "leafGood"
      FROM "LedgerLeaf" WHERE "practiceId" = $1 AND "index" >= $2 AND "index" < $3) AS of_leaves,
    (SELECT encode(string_agg("salt", ''::bytea ORDER BY "index"), 'hex') AS salts,
      string_agg("text", '' ORDER BY "index") AS texts,
      string_agg(octet_length("text")::text, ',' ORDER BY "index") AS lengths,
      count(*)::int AS "textCount", min("index") AS "textFirst", max("index") AS "textLast",
      (count(*) FILTER (WHERE octet_length("salt") = ${SALT_BYTES}))::int AS "textGood"
      FROM "LedgerText" WHERE "practiceId" = $1 AND "index" >= $2 AND "index" < $3) AS of_texts`,
};
