import { checkpointText, openCheckpoint, unverified } from './checkpoint.ts';
import type { Frontier } from './frontier.ts';
import { canonicalJson, type Json } from './jcs.ts';
import type { ActRow, HeadRow, LedgerReader, Problem } from './ledger-reader.ts';
import { sameHash } from './merkle.ts';
import type { ReadEntry } from './read-entry.ts';
import { isSignature, readVerifier, type Verifier } from './signed-note.ts';
import { TileBuilder } from './tile-builder.ts';

/** Acts whose entry names the key that signs from then on. */
const namesKey = ['practice-added', 'signing-key-made', 'practice-restored'];

type Expected = { readonly name: string; readonly size: number; readonly note: string };

/** Replays which key signed when, and holds every checkpoint and public tile against the tree as it grows. */
export class CheckpointReplay<A extends ActRow> {
  /** The name of the ledger so far: a restore gives it another. */
  #origin = '';
  #frontier: Frontier | undefined;
  /** Verifiers of keys by the index of the entry that has to name each. */
  #keys = new Map<number, string>();
  /** By size: what was published, and what was kept elsewhere. */
  #checkpoints: Expected[] = [];
  readonly #tiles = new Map<string, Uint8Array>();
  readonly #builder = new TileBuilder();
  readonly #verifiers: Verifier[] = [];
  #current: string | undefined;
  /** How many published checkpoints hold. */
  checkpoints = 0;

  constructor(private readonly reader: LedgerReader<A>) {}

  /**
   * Before the first entry. Checkpoints are one a day, so all of them are few.
   *
   * @param elsewhere signed checkpoints of this ledger that were kept outside of the database
   */
  async begin(elsewhere: readonly string[]): Promise<void> {
    for (const { madeAtIndex, verifier } of await this.reader.signingKeys())
      this.#keys.set(madeAtIndex, verifier);
    const rows = (await this.reader.published()).map(({ day, ...row }) => ({
      ...row,
      name: `the checkpoint published on ${day}`,
    }));
    for (const note of elsewhere) {
      const { size = 0 } = unverified(note) ?? {};
      const at = rows.findIndex((row) => row.size > size);
      rows.splice(at < 0 ? rows.length : at, 0, {
        size,
        note,
        name: 'the checkpoint kept outside of the database',
      });
    }
    this.#checkpoints = rows;
    for await (const { level, index, hash } of this.reader.tiles())
      this.#tiles.set(`${level} ${index}`, hash);
  }

  /** Holds an entry against the row of the key that it names. */
  check({ index, act, data }: ReadEntry): string | undefined {
    const row = this.#keys.get(index);
    this.#keys.delete(index);
    if (act === 'practice-added') this.#origin = String(data.origin);
    if (act === 'practice-restored') {
      if (!this.#isHeadBefore(data.before)) return 'the head that it names is not the one before';
      this.#origin = String(data.origin);
    }
    // The first entry of a practice that is older than signing names no key.
    const named = namesKey.includes(act) ? data.verifier : undefined;
    if (named === undefined)
      return row === undefined ? undefined : 'a signing key refers to it, and it speaks of something else';
    if (row !== named) return 'the signing key that it names is not the one that is kept';
    const verifier = readVerifier(row);
    if (verifier?.name !== this.#origin) return 'the signing key that it names is not one of this ledger';
    if (act === 'signing-key-made' && data.before !== (this.#current ?? null))
      return 'the signing key that it replaces is not the one before';
    this.#verifiers.push(verifier);
    this.#current = row;
    return undefined;
  }

  /** After an entry was taken into the tree. */
  grown(frontier: Frontier, commitment: Uint8Array): string | undefined {
    this.#frontier = frontier;
    for (const { level, index, hash } of this.#builder.append(commitment)) {
      const key = `${level} ${index}`;
      const kept = this.#tiles.get(key);
      this.#tiles.delete(key);
      if (kept !== undefined && !sameHash(hash, kept))
        return `the public tile ${key} is not what its leaves come to`;
      if (kept === undefined && frontier.size <= (this.#checkpoints.at(-1)?.size ?? 0))
        return `the public tile ${key} is missing`;
    }
    while (this.#checkpoints[0]?.size === frontier.size) {
      const { name, note } = this.#checkpoints.shift() as Expected;
      const wrong = this.#problemOf(note, frontier);
      if (wrong !== undefined) return `${name} ${wrong}`;
      this.checkpoints += 1;
    }
    return undefined;
  }

  /** After the last entry: the head is signed, and nothing is left over. */
  async finish(head: HeadRow): Promise<Problem | undefined> {
    if ((await this.reader.origin()) !== this.#origin)
      return { index: null, what: 'the practice does not have the origin that the entries name' };
    const [left] = this.#checkpoints;
    if (left !== undefined) {
      const what = `${left.name} counts ${left.size} entries, there are ${head.size}`;
      return { index: Math.min(left.size, head.size), what };
    }
    const [key] = this.#keys.keys();
    if (key !== undefined)
      return { index: key, what: 'a signing key refers to it, and there is no such entry' };
    const [tile] = this.#tiles.keys();
    if (tile !== undefined)
      return { index: null, what: `the public tile ${tile} is of more entries than there are` };
    const verifier = this.#verifiers.at(-1);
    if (verifier === undefined) return { index: null, what: 'no key signs the ledger' };
    const { signature, signedBy, size, root } = head;
    const text = checkpointText({ origin: this.#origin, size, root });
    const isSigned =
      signedBy === this.#current && signature !== null && isSignature(text, signature, verifier);
    return isSigned
      ? undefined
      : { index: size - 1, what: 'the head is not signed by the key of the practice' };
  }

  /** Whether an entry that begins a new name says where the old one ended. */
  #isHeadBefore(before: unknown): boolean {
    const frontier = this.#frontier;
    if (frontier === undefined) return false;
    const { size } = frontier;
    const root = Buffer.from(frontier.root()).toString('base64');
    return canonicalJson({ origin: this.#origin, root, size }) === canonicalJson(before as Json);
  }

  /** A published checkpoint is of this tree, and signed by the key of its time: none that came later may stand in. */
  #problemOf(note: string, frontier: Frontier): string | undefined {
    const opened = openCheckpoint(note, this.#verifiers.slice(-1));
    if (!opened.ok)
      return opened.reason === 'wrong-signature'
        ? 'has a wrong signature'
        : 'is not signed by the key of its time';
    const { origin, size, root } = opened.checkpoint;
    if (origin !== this.#origin || size !== frontier.size) return 'is not of this ledger and size';
    return sameHash(root, frontier.root()) ? undefined : 'does not agree with the entries';
  }
}
