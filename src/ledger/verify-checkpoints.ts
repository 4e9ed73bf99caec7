import { checkpointText, openCheckpoint, unverified } from './checkpoint.ts';
import type { Frontier } from './frontier.ts';
import { type Json, type JsonObject, sameJson } from './jcs.ts';
import type { ActRow, HeadRow, LedgerReader, Problem, PublishedRow } from './ledger-reader.ts';
import { sameHash } from './merkle.ts';
import type { ReadEntry } from './read-entry.ts';
import { RunningDigest } from './running-digest.ts';
import { isSignature, readVerifier, type Verifier } from './signed-note.ts';

/** Acts whose entry names the key that signs from then on. */
const namesKey = ['practice-added', 'signing-key-made', 'practice-restored'];

type Expected = { readonly name: string; readonly size: number; readonly note: string };

/** Replays which key signed when, and holds every checkpoint against the tree as it grows. */
export class CheckpointReplay<A extends ActRow> {
  /** The name of the ledger so far: a restore gives it another. */
  #origin = '';
  #frontier: Frontier | undefined;
  /** Verifiers of keys by the index of the entry that has to name each. */
  readonly #keys = new Map<number, string>();
  /** By size: what was published, and what was kept elsewhere. */
  #checkpoints: Expected[] = [];
  /** What was published is one a day, so all of it is little. */
  #published: readonly PublishedRow[] = [];
  readonly #verifiers: Verifier[] = [];
  #current: string | undefined;
  /** How many published checkpoints hold. */
  checkpoints = 0;

  constructor(private readonly reader: LedgerReader<A>) {}

  /** How many entries the last published checkpoint counts. */
  get publishedSize(): number {
    return this.#published.at(-1)?.size ?? 0;
  }

  /** Before the first entry. @param elsewhere signed checkpoints of this ledger that were kept outside of the database */
  async begin(elsewhere: readonly string[]): Promise<void> {
    await this.#read();
    this.#checkpoints = this.#published.map(expected);
    for (const note of elsewhere) this.#expect(note);
  }

  /** What was replayed, for a later check to go on from. */
  keep(): JsonObject {
    const published = digestOf(this.#published);
    const verifiers = this.#verifiers.map(({ name, id }) => `${name} ${id.toString('hex')}`);
    return {
      ...{ origin: this.#origin, current: this.#current ?? '', verifiers },
      ...{ published, checkpoints: this.checkpoints },
    };
  }

  /** Goes on from what was kept: what was published then is as it was, and what came later is of no fewer entries. */
  async resume(
    kept: JsonObject,
    elsewhere: readonly string[],
    frontier: Frontier,
  ): Promise<string | undefined> {
    await this.#read();
    for (const [index, text] of [...this.#keys].sort(([one], [other]) => one - other)) {
      const verifier = readVerifier(text);
      if (index >= frontier.size || verifier === undefined) continue;
      this.#keys.delete(index);
      this.#verifiers.push(verifier);
      this.#current = text;
    }
    this.#origin = String(kept.origin);
    this.checkpoints = Number(kept.checkpoints);
    const then = this.#published.filter(({ day }) => day <= String((kept.published as JsonObject).day));
    const isAsThen = sameJson(digestOf(then), kept.published ?? null);
    const keys = { current: this.#current ?? '', verifiers: this.keep().verifiers ?? [] };
    if (!isAsThen || !sameJson(keys, { current: kept.current ?? '', verifiers: kept.verifiers ?? [] }))
      return 'what was published or who signed is not what it was then';
    const since = this.#published.slice(then.length);
    this.#checkpoints = since.map(expected);
    for (const note of elsewhere) if (!then.some((row) => row.note === note)) this.#expect(note);
    if ((this.#checkpoints[0]?.size ?? frontier.size) < frontier.size)
      return 'a checkpoint is of before the last check, and was not there then';
    return this.grown(frontier);
  }

  async #read(): Promise<void> {
    for (const { madeAtIndex, verifier } of await this.reader.signingKeys())
      this.#keys.set(madeAtIndex, verifier);
    this.#published = await this.reader.published();
  }

  #expect(note: string): void {
    const { size = 0 } = unverified(note) ?? {};
    const at = this.#checkpoints.findIndex((row) => row.size > size);
    this.#checkpoints.splice(at < 0 ? this.#checkpoints.length : at, 0, {
      size,
      note,
      name: 'the checkpoint kept outside of the database',
    });
  }

  /** Holds an entry against the row of the key, or of the checkpoint, that it names. */
  check({ index, act, data }: ReadEntry): string | undefined {
    if (act === 'register-published') {
      const isThere = this.#published.some(({ day, size }) => day === data.day && size === index + 1);
      return isThere ? undefined : 'the published checkpoint that it speaks of is missing';
    }
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
  grown(frontier: Frontier): string | undefined {
    this.#frontier = frontier;
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
    return sameJson({ origin: this.#origin, root, size }, (before ?? null) as Json);
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

const expected = ({ day, size, note }: PublishedRow): Expected => ({
  size,
  note,
  name: `the checkpoint published on ${day}`,
});

/** What was published up to a day. */
function digestOf(rows: readonly PublishedRow[]): JsonObject {
  const digest = new RunningDigest();
  for (const { day, size, note } of rows) digest.add([day, size, note]);
  return { day: rows.at(-1)?.day ?? '', count: rows.length, digest: digest.value };
}
