import type { Verified } from '../../src/ledger/verify.ts';
import type { Database, Transaction } from '../../src/store/database.ts';

export type TableName =
  | 'LedgerHead'
  | 'LedgerLeaf'
  | 'LedgerText'
  | 'Patient'
  | 'PersonLink'
  | 'ObjectionAct'
  | 'Objection'
  | 'ConsentAct'
  | 'ToldAct'
  | 'Exemption'
  | 'Release'
  | 'ReleaseAccount'
  | 'SigningKey'
  | 'PublishedCheckpoint'
  | 'LedgerTile';

export type Value = string | number | boolean | Date | Uint8Array | null;
export type Row = Record<string, Value>;

/** One table, whatever its columns. */
type AnyTable = {
  findMany(of: { where: object }): Promise<Row[]>;
  updateMany(of: { where: object; data: object }): Promise<{ count: number }>;
  deleteMany(of: { where: object }): Promise<{ count: number }>;
  createMany(of: { data: Row[] }): Promise<unknown>;
};

export function table(tx: Transaction, name: TableName): AnyTable {
  const property = `${name.charAt(0).toLowerCase()}${name.slice(1)}` as keyof Transaction;
  return tx[property] as unknown as AnyTable;
}

/** Changes the database as somebody with full rights over it would who covers their tracks: all triggers are back after. */
export async function behindTheBack(
  database: Database,
  work: (tx: Transaction) => Promise<unknown>,
): Promise<void> {
  await database.write(async (tx) => {
    if (database.kind === 'postgresql') {
      await tx.$executeRawUnsafe('SET LOCAL session_replication_role = replica');
      await work(tx);
      return;
    }
    await tx.$executeRawUnsafe('UPDATE "LedgerHead" SET "touched" = "touched"');
    const triggers = await tx.$queryRawUnsafe<{ name: string; sql: string }[]>(
      `SELECT name, sql FROM sqlite_master WHERE type = 'trigger'`,
    );
    for (const { name } of triggers) await tx.$executeRawUnsafe(`DROP TRIGGER "${name}"`);
    await work(tx);
    for (const { sql } of triggers) await tx.$executeRawUnsafe(sql);
  });
}

/** Another value of the same kind: one bit, letter or millisecond away, or a number that no row has. */
export function changed(value: Value): Value {
  if (value === null) return 'something';
  if (typeof value === 'number') return value + 1000;
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'string')
    return value === '' ? 'x' : `${value.slice(0, -1)}${value.endsWith('0') ? '1' : '0'}`;
  if (value instanceof Date) return new Date(value.getTime() + 1);
  return value.length === 0 ? Buffer.from([1]) : Buffer.from(value).fill((value[0] ?? 0) ^ 1, 0, 1);
}

/** What verify says while the work is done, which is undone after. */
export async function whileTampered(
  database: Database,
  verify: () => Promise<Verified>,
  tables: readonly TableName[],
  work: (tx: Transaction) => Promise<unknown>,
): Promise<Verified> {
  const kept: [TableName, Row[]][] = [];
  await behindTheBack(database, async (tx) => {
    for (const name of tables) kept.push([name, await table(tx, name).findMany({ where: {} })]);
    await work(tx);
  });
  try {
    return await verify();
  } finally {
    await behindTheBack(database, async (tx) => {
      for (const [name, rows] of kept) {
        await table(tx, name).deleteMany({ where: {} });
        await table(tx, name).createMany({ data: rows });
      }
    });
  }
}
