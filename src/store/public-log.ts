import { checkpointText, unverified } from '../ledger/checkpoint.ts';
import type { Actor } from '../ledger/entry.ts';
import { type Hash, leafHash, rootOf, sameHash } from '../ledger/merkle.ts';
import { PADDED_TO, type PublicLog, type Published } from '../ledger/public-log.ts';
import { readVerifier, signedNote } from '../ledger/signed-note.ts';
import { TileTree } from '../ledger/tile-tree.ts';
import { hashesAt, hasTile, TILE_WIDTH, type Tile } from '../ledger/tiles.ts';
import type { Database, Transaction } from './database.ts';
import { changeWithin, type PracticeChange } from './practice-change.ts';
import { prepareRegister, publishRegister } from './published-register.ts';
import { isTaken } from './unique.ts';

const select = { day: true, at: true, size: true, note: true } as const;
/** Hashes of tiles are kept in portions: each is read from 256 rows. */
const TILES_AT_ONCE = 100;

/** The public part of the ledgers, on either database. */
export function publicLog(database: Database): PublicLog {
  const { reader } = database;
  const latest = (practiceId: string): Promise<Published | null> =>
    reader.publishedCheckpoint.findFirst({ where: { practiceId }, select, orderBy: { day: 'desc' } });
  const isPublic = async (practiceId: string, tile: Tile) =>
    hasTile(tile, (await latest(practiceId))?.size ?? 0);
  return {
    latest,
    from: (practiceId, day) =>
      reader.publishedCheckpoint.findFirst({
        where: { practiceId, day: { gte: day } },
        select,
        orderBy: { day: 'asc' },
      }),
    firstWith: (practiceId, index) =>
      reader.publishedCheckpoint.findFirst({
        where: { practiceId, size: { gt: index } },
        select,
        orderBy: { day: 'asc' },
      }),
    all: (practiceId) =>
      reader.publishedCheckpoint.findMany({ where: { practiceId }, select, orderBy: { day: 'asc' } }),
    tile: async (practiceId, tile) =>
      (await isPublic(practiceId, tile)) ? hashesOf(reader, practiceId, tile) : null,
    entries: async (practiceId, tile) =>
      (await isPublic(practiceId, tile)) ? commitmentsOf(reader, practiceId, tile) : null,
    continues: (practiceId, note) => continues(reader, practiceId, note),
    publish: (practiceId, day, at) => publish(database, practiceId, day, at),
    async lastPublishedAt() {
      const practices = await reader.practice.count();
      const last = await reader.publishedCheckpoint.groupBy({ by: ['practiceId'], _max: { at: true } });
      const times = last.flatMap(({ _max: { at } }) => at ?? []).map((at) => at.getTime());
      return times.length < practices || practices === 0 ? null : new Date(Math.min(...times));
    },
    verifiers: (practiceId) =>
      reader.signingKey.findMany({
        where: { practiceId },
        select: { verifier: true, madeAt: true },
        orderBy: { madeAtIndex: 'desc' },
      }),
  };
}

type Reads = Pick<Transaction, 'ledgerLeaf' | 'ledgerTile'>;

async function commitmentsOf(
  reads: Reads,
  practiceId: string,
  { index, width }: Tile,
): Promise<Uint8Array[]> {
  const from = index * TILE_WIDTH;
  const rows = await reads.ledgerLeaf.findMany({
    where: { practiceId, index: { gte: from, lt: from + width } },
    orderBy: { index: 'asc' },
  });
  return whole(
    rows.map(({ commitment }) => commitment),
    width,
  );
}

async function hashesOf(reads: Reads, practiceId: string, tile: Tile): Promise<Hash[]> {
  const { level, index, width } = tile;
  if (level === 0) return (await commitmentsOf(reads, practiceId, tile)).map(leafHash);
  const from = index * TILE_WIDTH;
  const rows = await reads.ledgerTile.findMany({
    where: { practiceId, level, index: { gte: from, lt: from + width } },
    orderBy: { index: 'asc' },
  });
  return whole(
    rows.map(({ hash }) => hash),
    width,
  );
}

function whole<T>(rows: T[], width: number): T[] {
  if (rows.length !== width) throw new Error('a tile is not whole');
  return rows;
}

async function continues(reader: Database['reader'], practiceId: string, note: string): Promise<boolean> {
  const checkpoint = unverified(note);
  const head = await reader.ledgerHead.findUnique({ where: { practiceId } });
  if (checkpoint === undefined || head === null || head.size < checkpoint.size) return false;
  const tree = new TileTree(checkpoint.size, (tile) => hashesOf(reader, practiceId, tile));
  // A tile that is not there was never published from this database.
  return tree.root().then(
    (root) => sameHash(root, checkpoint.root),
    () => false,
  );
}

/** The checkpoint counts the entry of its register, which names the day: so it is new each day, and its row cannot vanish. */
async function publish(database: Database, practiceId: string, day: string, at: Date): Promise<boolean> {
  const { size = 0 } = (await database.reader.ledgerHead.findUnique({ where: { practiceId } })) ?? {};
  // What is long goes before the lock, portion by portion; the few tiles that were filled meanwhile go under it.
  for (;;) {
    const data = await tilesToKeep(database.reader, practiceId, size);
    if (data.length === 0) break;
    await database.write((tx) => tx.ledgerTile.createMany({ data }), practiceId);
  }
  const prepared = await prepareRegister(database, practiceId, day);
  try {
    return await database.write(async (tx) => {
      const isSigned = await changeWithin(database, tx, practiceId, async (change) => {
        const head = await tx.ledgerHead.findUniqueOrThrow({ where: { practiceId } });
        // Nothing is done where the day has one: what was appended would be undone with the row.
        const taken = await tx.publishedCheckpoint.count({ where: { practiceId, day } });
        if (head.signedBy === null || taken > 0) return false;
        pad(change, at);
        await publishRegister(change, day, at, prepared);
        return true;
      });
      return isSigned && publishWithin(tx, practiceId, day, at);
    }, practiceId);
  } catch (error) {
    if (isTaken(error)) return false;
    throw error;
  }
}

const byItself: Actor = { kind: 'system', id: 'public-log' };

/**
 * Ends the day with entries that say nothing, so that the published size tells nothing of how much was recorded. Room is
 * left for one more, the register of the day: whoever checks it sees its place, which is always the last.
 */
function pad(change: PracticeChange, at: Date): void {
  const missing = (PADDED_TO - ((change.head.size + 1) % PADDED_TO)) % PADDED_TO;
  for (let n = 0; n < missing; n += 1) change.append('log-padded', byItself, {}, at);
}

/** Publishes in a transaction that is open. The first statement locks the ledger, so the checkpoint is of what is kept. */
export async function publishWithin(
  tx: Transaction,
  practiceId: string,
  day: string,
  at: Date,
): Promise<boolean> {
  const head = await tx.ledgerHead.update({ where: { practiceId }, data: { touched: { increment: 1 } } });
  const verifier = readVerifier(head.signedBy ?? '');
  if (verifier === undefined || head.signature === null) return false;
  const data = await tilesToKeep(tx, practiceId, head.size);
  if (data.length > 0) await tx.ledgerTile.createMany({ data });
  const text = checkpointText({ origin: verifier.name, size: head.size, root: head.root });
  const note = signedNote(text, verifier, head.signature);
  await tx.publishedCheckpoint.create({ data: { practiceId, day, size: head.size, note, at } });
  return true;
}

/** The next hashes above level 0 that a tree of this size has and that are not kept yet; those of lower levels first. */
async function tilesToKeep(reads: Reads, practiceId: string, size: number) {
  for (let level = 1; hashesAt(level, size) > 0; level += 1) {
    const known = await reads.ledgerTile.count({ where: { practiceId, level } });
    const missing = Math.min(hashesAt(level, size) - known, TILES_AT_ONCE);
    const rows: { practiceId: string; level: number; index: number; hash: Buffer<ArrayBuffer> }[] = [];
    for (let index = known; index < known + missing; index += 1) {
      const below = await hashesOf(reads, practiceId, { level: level - 1, index, width: TILE_WIDTH });
      rows.push({ practiceId, level, index, hash: Buffer.from(rootOf(below)) });
    }
    if (rows.length > 0) return rows;
  }
  return [];
}
