import type { LedgerAct } from '../ledger/acts.ts';
import { type Actor, type Entry, type Ledgered, makeEntry } from '../ledger/entry.ts';
import { Frontier } from '../ledger/frontier.ts';
import type { JsonObject } from '../ledger/jcs.ts';
import type { Database, Transaction } from './database.ts';
import type { LedgerHeadModel } from './generated/sqlite/models.ts';
import { type ManyRows, rowsBy } from './many-rows.ts';
import type { Statements } from './statements.ts';

/** A change of one practice's data, under the lock of its ledger head: one straight log, whoever writes. */
export type PracticeChange = Ledgered & {
  readonly practiceId: string;
  readonly tx: Transaction;
  /** The ledger as it stood when the lock was taken: everything with a smaller index is decided. */
  readonly head: LedgerHead;
  /** How often the practice was changed, this change counted. */
  readonly touched: number;
  /** The same with what this change has appended so far. */
  headNow(): LedgerHead;
  /** The commitment of the entry that this change appended last; undefined for none so far. */
  lastEntry(): Uint8Array | undefined;
  /** Takes the next `count` patient ordinals and returns the first. */
  takeOrdinals(count: number): number;
  /** Makes a kept key the one that signs, from the checkpoint of this change on. */
  signWith(verifier: string): void;
};

type LedgerHead = { readonly size: number; readonly root: Uint8Array };

/** Entries of one transaction are written in pieces of this many rows. */
const ROWS_AT_ONCE = 500;

/**
 * Runs `work` as one transaction on the practice's data: locks the head row with the first statement, and ends by
 * writing the entries that `work` appended and the new head, signed. When `work` throws, nothing has happened.
 * Throws when there is no such practice, or its signing key cannot be opened.
 */
export async function changePractice<T>(
  database: Database,
  practiceId: string,
  work: (change: PracticeChange) => Promise<T>,
): Promise<T> {
  return database.write((tx) => changeWithin(database, tx, practiceId, work), practiceId);
}

/** The same inside a transaction that is open already, and in which nothing was read yet. */
export async function changeWithin<T>(
  { signing, kind, within }: Pick<Database, 'signing' | 'kind' | 'within'>,
  tx: Transaction,
  practiceId: string,
  work: (change: PracticeChange) => Promise<T>,
): Promise<T> {
  const statements = within(tx);
  const locked = await lock(statements, practiceId);
  const { ods } = locked;
  const frontier = Frontier.fromBytes(locked.size, locked.frontier);
  const entries: Entry[] = [];
  let { nextOrdinal, signedBy } = locked;
  const result = await work({
    practiceId,
    tx,
    head: { size: locked.size, root: locked.root },
    touched: locked.touched,
    lastEntry: () => entries.at(-1)?.commitment,
    headNow: () => ({ size: frontier.size, root: frontier.root() }),
    append(act: LedgerAct, actor: Actor, data: JsonObject, at: Date): number {
      const entry = makeEntry(frontier.size, { practice: ods, act, actor, data, at });
      entries.push(entry);
      return frontier.append(entry.commitment);
    },
    takeOrdinals(count) {
      nextOrdinal += count;
      return nextOrdinal - count;
    },
    signWith(verifier) {
      signedBy = verifier;
    },
  });
  await writeEntries(rowsBy(statements, kind), practiceId, entries);
  const root = frontier.root();
  // Signed in the change itself: a signature that nobody kept was never seen, so no two can disagree, whatever crashes.
  const signature =
    signedBy === null ? null : await signing.sign(tx, signedBy, { size: frontier.size, root });
  const { size } = frontier;
  await statements.run(UNLOCK, size, root, frontier.toBytes(), nextOrdinal, signature, signedBy, practiceId);
  return result;
}

const LOCK =
  'UPDATE "LedgerHead" SET "touched" = "touched" + 1 WHERE "practiceId" = $1 RETURNING "size", "root", "frontier", ' +
  '"nextOrdinal", "touched", "signedBy", (SELECT "ods" FROM "Practice" WHERE "id" = "LedgerHead"."practiceId") AS "ods"';

const UNLOCK =
  'UPDATE "LedgerHead" SET "size" = $1, "root" = $2, "frontier" = $3, "nextOrdinal" = $4, "signature" = $5, ' +
  '"signedBy" = $6 WHERE "practiceId" = $7';

type Locked = Pick<LedgerHeadModel, 'size' | 'root' | 'frontier' | 'nextOrdinal' | 'touched' | 'signedBy'> & {
  readonly ods: string;
};

async function lock(statements: Statements, practiceId: string): Promise<Locked> {
  const [locked] = await statements.rows(LOCK, practiceId);
  if (locked === undefined) throw new Error('There is no such practice');
  return locked as Locked;
}

async function writeEntries(many: ManyRows, practiceId: string, entries: readonly Entry[]): Promise<void> {
  for (let from = 0; from < entries.length; from += ROWS_AT_ONCE) {
    const some = entries.slice(from, from + ROWS_AT_ONCE);
    await many.insert(
      'LedgerLeaf',
      some.map(({ index, commitment }) => ({ practiceId, index, commitment })),
    );
    await many.insert(
      'LedgerText',
      some.map(({ index, salt, text }) => ({ practiceId, index, salt, text })),
    );
  }
}
