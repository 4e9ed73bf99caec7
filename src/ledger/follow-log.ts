import { type Checkpoint, type OpenedCheckpoint, openCheckpoint } from './checkpoint.ts';
import { sameHash } from './merkle.ts';
import type { Verifier } from './signed-note.ts';
import { type ReadTile, TileTree } from './tile-tree.ts';
import { verifyConsistency } from './verify-proofs.ts';

export type Followed =
  | {
      readonly ok: true;
      readonly checkpoint: Checkpoint;
      /** How many entries the one that was kept counts. */
      readonly before: number;
      readonly by: Verifier;
      /** Whether it is signed with another key than the one that was kept. */
      readonly isNewKey: boolean;
    }
  | {
      readonly ok: false;
      /**
       * `shrunk`: it counts fewer entries than before. `forked`: what was there before is not in it. `old-key`: it is signed
       * with a key that was given before the one that signed last.
       */
      readonly reason:
        | Extract<OpenedCheckpoint, { ok: false }>['reason']
        | 'shrunk'
        | 'forked'
        | 'old-key'
        | 'wrong-tiles';
    };

/** What is known of a log, and where its tiles are. */
export type Following = {
  readonly verifiers: readonly Verifier[];
  /** The signed checkpoint that was last found to be right; null at the first look. */
  readonly kept: string | null;
  readonly readTile: ReadTile;
};

/**
 * Holds a log's checkpoint against the one that was kept: signed by the key that is known, of no fewer entries, with
 * all that was there before unchanged, and with tiles that come to its root. Throws what `readTile` throws.
 */
export async function followLog(note: string, { verifiers, kept, readTile }: Following): Promise<Followed> {
  const opened = openCheckpoint(note, verifiers);
  if (!opened.ok) return opened;
  const { checkpoint, by } = opened;
  const tree = new TileTree(checkpoint.size, readTile);
  if (!sameHash(await tree.root(), checkpoint.root)) return { ok: false, reason: 'wrong-tiles' };
  if (kept === null) return { ok: true, checkpoint, before: 0, by, isNewKey: false };
  const before = openCheckpoint(kept, verifiers);
  if (!before.ok) return before;
  const { size } = before.checkpoint;
  if (verifiers.indexOf(by) < verifiers.indexOf(before.by)) return { ok: false, reason: 'old-key' };
  const isNewKey = by !== before.by;
  if (checkpoint.size < size) return { ok: false, reason: 'shrunk' };
  if (size === 0) return { ok: true, checkpoint, before: 0, by, isNewKey };
  const isContinued = verifyConsistency(before.checkpoint, checkpoint, await tree.consistencyProof(size));
  return isContinued ? { ok: true, checkpoint, before: size, by, isNewKey } : { ok: false, reason: 'forked' };
}
