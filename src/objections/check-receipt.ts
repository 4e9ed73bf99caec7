import type { PublicLog, Published } from '../ledger/public-log.ts';
import { TileTree } from '../ledger/tile-tree.ts';
import { extraOf, tlogProofText } from '../ledger/tlog-proof.ts';
import type { RecordedAct } from './act-entry.ts';
import { actOfCode } from './check-code.ts';
import { standing } from './objection.ts';
import { areOfOneForm, hasReceipt } from './one-form.ts';

/** What a receipt is checked against, whichever practice it is of: the code alone says so. */
export interface ReceiptReader {
  /** An act, and every act on the same patient's objections in the order of the ledger. */
  byAct(actId: string): Promise<{
    readonly practiceId: string;
    readonly act: RecordedAct;
    readonly history: readonly RecordedAct[];
  } | null>;
  /** Null when it was erased. */
  text(
    practiceId: string,
    ledgerIndex: number,
  ): Promise<{ readonly salt: Uint8Array; readonly text: string } | null>;
}

/** What became of one act of a receipt; nothing in it says of whom. */
export type CheckedAct = {
  readonly type: string;
  /** record | confirm | withdraw */
  readonly kind: string;
  readonly receivedOn: string | null;
  readonly recordedAt: Date;
  readonly isInError: boolean;
  /** Whether an objection of this type is in force now. */
  readonly inForce: boolean;
  /** When the last act that counts was received. */
  readonly since: string | null;
  /** The first published checkpoint that counts it; null: the next one will. */
  readonly published: Published | null;
};

export type CheckedReceipt = { readonly practiceId: string; readonly acts: readonly CheckedAct[] };

type Parts = {
  readonly receipts: ReceiptReader;
  readonly log: PublicLog;
  /** 32 bytes, of which codes are made. */
  readonly key: Uint8Array;
};

/** Finds what a code's receipt recorded, and what it has come to. Null for a code that is none. */
export async function checkReceipt(parts: Parts, code: string): Promise<CheckedReceipt | null> {
  const found = await formOf(parts, code);
  if (found === null) return null;
  const { practiceId, history, form } = found;
  const acts: CheckedAct[] = [];
  for (const { id, type, kind, receivedOn, recordedAt, ledgerIndex } of form) {
    const now = standing(history.filter((act) => act.type === type));
    const published = await parts.log.firstWith(practiceId, ledgerIndex);
    const isInError = now.states.get(id) === 'in-error';
    const what = { type, kind, receivedOn, recordedAt };
    acts.push({ ...what, isInError, inForce: now.inForce, since: now.since, published });
  }
  return { practiceId, acts };
}

/**
 * The file with which the holder of a receipt shows, offline and for ever, that the act is in the log. Null when there
 * is no such receipt or act on it, no checkpoint counts it yet, or its text was erased.
 */
export async function receiptProof(parts: Parts, code: string, type: string): Promise<string | null> {
  const found = await formOf(parts, code);
  const act = found?.form.find((one) => one.type === type);
  if (!found || !act) return null;
  const { practiceId } = found;
  const published = await parts.log.latest(practiceId);
  const entry = await parts.receipts.text(practiceId, act.ledgerIndex);
  if (published === null || published.size <= act.ledgerIndex || entry === null) return null;
  const tree = new TileTree(published.size, async (tile) => {
    const hashes = await parts.log.tile(practiceId, tile);
    if (hashes === null) throw new Error('a published tile is missing');
    return hashes;
  });
  const proof = await tree.inclusionProof(act.ledgerIndex);
  const extra = extraOf(entry.salt, entry.text);
  return tlogProofText({ extra, index: act.ledgerIndex, proof, note: published.note });
}

async function formOf({ receipts, key }: Parts, code: string) {
  const actId = actOfCode(code, key);
  // A code that cannot be one costs the same look as one that is not: how long the answer takes says nothing.
  const found = await receipts.byAct(actId ?? 'none');
  if (found === null || !hasReceipt(found.act)) return null;
  return { ...found, form: found.history.filter((other) => areOfOneForm(other, found.act)) };
}
