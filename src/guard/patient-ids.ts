import { IdChanges } from './id-changes.ts';
import { type Block, NamelessFile } from './nameless-file.ts';
import { UUID_BYTES, UUID_CHARACTERS, uuidBytes, writeUuid } from './uuid-bytes.ts';

/** An id and a line feed. */
const LINE = UUID_CHARACTERS + 1;
const LINE_FEED = 0x0a;
/** Of practices up to this size the ids are in memory, and their lines are kept for as long as there is room. */
const SMALL = 20_000;
const NOTHING: Block = { bytes: new Uint8Array(), from: 0, to: 0 };
/** So many lines are handed over at once. */
const AT_ONCE = 1000;
/** So many ids at most stand beside those of the file. */
const MOST_BESIDE = 256;

/**
 * The references of patients, by ordinal: sixteen bytes each, which is a fifth of what as many strings take. Those of a
 * large practice are on the disk, where there is one: they are wanted for accounts only. A value: it never changes.
 */
export class PatientIds {
  private kept: WeakRef<Buffer> | undefined;

  private constructor(
    readonly size: number,
    private readonly bytes: Uint8Array | NamelessFile,
    /** Those that are no UUID in lower case, as they are, and those that came after the file was written. */
    private readonly others: ReadonlyMap<number, string>,
    private readonly folder: string | undefined,
  ) {}

  /** @param folder where those of a large practice may be kept; left out, in memory */
  static none(folder?: string): PatientIds {
    return new PatientIds(0, new Uint8Array(), new Map(), folder);
  }

  /** These with changes, which are told one by one; `with` the new size, the same object when nothing is new. */
  change(): { set(ordinal: number, id: string): void; done(size: number): PatientIds } {
    const changes = new IdChanges(this.size === 0);
    return {
      set: (ordinal, id) => {
        // What was another a moment ago is set again, though it is what it was before.
        if (ordinal >= this.size || changes.has(ordinal) || this.idOf(ordinal) !== id)
          changes.set(ordinal, id);
      },
      done: (size) => (changes.isEmpty && size === this.size ? this : this.changed(size, changes)),
    };
  }

  private changed(size: number, changes: IdChanges): PatientIds {
    const others = new Map(this.others);
    if (this.bytes instanceof NamelessFile) {
      changes.all((ordinal, id) => others.set(ordinal, id));
      if (others.size <= MOST_BESIDE) return new PatientIds(size, this.bytes, others, this.folder);
    }
    const bytes = changes.start(size, (into) => this.copy(into));
    for (const [ordinal, id] of this.bytes instanceof NamelessFile ? others : [])
      if (uuidBytes(id, bytes, ordinal * UUID_BYTES)) others.delete(ordinal);
    changes.all((ordinal, id) => {
      if (uuidBytes(id, bytes, ordinal * UUID_BYTES)) others.delete(ordinal);
      else others.set(ordinal, id);
    });
    const onDisk =
      size > SMALL && this.folder !== undefined ? NamelessFile.of(bytes, this.folder) : undefined;
    return new PatientIds(size, onDisk ?? bytes, others, this.folder);
  }

  idOf(ordinal: number): string {
    return this.others.get(ordinal) ?? this.write(ordinal, ordinal + 1).toString('latin1', 0, LINE - 1);
  }

  /** The ids from one ordinal up to, but not including, another, each with a line feed. */
  lines(from: number, to: number): Uint8Array {
    if (this.others.size > 0) return this.linesWithOthers(from, to);
    return this.size > SMALL ? this.write(from, to) : this.all().subarray(from * LINE, to * LINE);
  }

  /** A practice that asks again and again writes them once; one that does not is not in memory twice. */
  private all(): Buffer {
    let all = this.kept?.deref();
    if (all === undefined) {
      all = this.write(0, this.size);
      this.kept = new WeakRef(all);
    }
    return all;
  }

  /**
   * The lines of these ordinals, which ascend, without memory for each: the next piece may be in that of the one before.
   */
  *linesOf(ordinals: Int32Array): Generator<Uint8Array, void> {
    const { others } = this;
    const all = others.size > 0 || this.size > SMALL ? undefined : this.all();
    const lines = Buffer.allocUnsafe(Math.min(AT_ONCE, ordinals.length) * LINE);
    const view = viewOf(lines);
    let used = 0;
    for (let n = 0; n < ordinals.length; ) {
      const from = ordinals[n] as number;
      const other = others.size > 0 ? others.get(from) : undefined;
      if (used === lines.length || other !== undefined) {
        yield lines.subarray(0, used);
        used = 0;
      }
      if (other !== undefined) {
        yield Buffer.from(`${other}\n`);
        n++;
        continue;
      }
      const end = from + (lines.length - used) / LINE;
      let to = from + 1;
      while (ordinals[++n] === to && to < end && (others.size === 0 || !others.has(to))) to++;
      if (all !== undefined) all.copy(lines, used, from * LINE, to * LINE);
      else this.writeInto(view, used, from, to);
      used += (to - from) * LINE;
    }
    yield lines.subarray(0, used);
  }

  private linesWithOthers(from: number, to: number): Uint8Array {
    const pieces: Uint8Array[] = [];
    let at = from;
    for (const ordinal of this.othersInOrder()) {
      if (ordinal < at) continue;
      if (ordinal >= to) break;
      if (ordinal > at) pieces.push(this.write(at, ordinal));
      pieces.push(Buffer.from(`${this.others.get(ordinal)}\n`));
      at = ordinal + 1;
    }
    if (at < to) pieces.push(this.write(at, to));
    return pieces.length === 1 ? (pieces[0] as Uint8Array) : Buffer.concat(pieces);
  }

  private inOrder: readonly number[] | undefined;
  private othersInOrder(): readonly number[] {
    this.inOrder ??= [...this.others.keys()].sort((one, other) => one - other);
    return this.inOrder;
  }

  private write(from: number, to: number): Buffer {
    const lines = Buffer.allocUnsafeSlow((to - from) * LINE);
    this.writeInto(viewOf(lines), 0, from, to);
    return lines;
  }

  private writeInto(lines: DataView, start: number, from: number, to: number): void {
    let block = NOTHING;
    let at = start;
    for (let ordinal = from; ordinal < to; ordinal++) {
      const place = ordinal * UUID_BYTES;
      if (place >= block.to) block = this.blockAt(place);
      writeUuid(block.bytes, place - block.from, lines, at);
      lines.setUint8(at + UUID_CHARACTERS, LINE_FEED);
      at += LINE;
    }
  }

  private blockAt(place: number): Block {
    const { bytes } = this;
    return bytes instanceof NamelessFile ? bytes.at(place) : { bytes, from: 0, to: bytes.length };
  }

  private copy(into: Uint8Array): void {
    for (let at = 0; at < this.bytes.length; ) {
      const { bytes, from, to } = this.blockAt(at);
      into.set(bytes.subarray(0, to - from), from);
      at = to;
    }
  }
}

const viewOf = ({ buffer, byteOffset, byteLength }: Buffer): DataView =>
  new DataView(buffer, byteOffset, byteLength);
