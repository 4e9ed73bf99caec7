const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const BYTES = 16;
const LINE = 37;
const LINE_FEED = 0x0a;
/** Before these bytes of an id stands a hyphen. */
const HYPHENS = new Set([4, 6, 8, 10]);
const DIGITS = Buffer.from('0123456789abcdef');
/** Of practices up to this size the lines are kept, for as long as there is memory. */
const KEPT_LINES = 20_000;

/**
 * The references of patients, by ordinal: sixteen bytes each, which is a fifth of what as many strings take. A value: it
 * never changes.
 */
export class PatientIds {
  static readonly none = new PatientIds(0, undefined, []);

  private readonly bytes: Uint8Array;
  /** Those that are no UUID in lower case, as they are. */
  private readonly others: ReadonlyMap<number, string>;
  private kept: WeakRef<Buffer> | undefined;

  private constructor(
    readonly size: number,
    before: PatientIds | undefined,
    changes: readonly { readonly ordinal: number; readonly id: string }[],
  ) {
    this.bytes = new Uint8Array(size * BYTES);
    if (before) this.bytes.set(before.bytes);
    const others = new Map(before?.others);
    for (const { ordinal, id } of changes) {
      others.delete(ordinal);
      if (UUID.test(id)) this.bytes.set(Buffer.from(id.replaceAll('-', ''), 'hex'), ordinal * BYTES);
      else others.set(ordinal, id);
    }
    this.others = others;
  }

  /** These and some more, or others in their place; the same object when it holds them already. */
  with(size: number, changes: readonly { readonly ordinal: number; readonly id: string }[]): PatientIds {
    const isNew = changes.some(({ ordinal, id }) => ordinal >= this.size || this.idOf(ordinal) !== id);
    return isNew || size !== this.size ? new PatientIds(size, this, changes) : this;
  }

  idOf(ordinal: number): string {
    return this.others.get(ordinal) ?? this.lineOf(ordinal).toString('latin1', 0, LINE - 1);
  }

  /** The ids from one ordinal up to, but not including, another, each with a line feed. */
  lines(from: number, to: number): Uint8Array {
    if (this.others.size > 0) {
      const ids = Array.from({ length: to - from }, (_, place) => this.idOf(from + place));
      return Buffer.from(ids.map((id) => `${id}\n`).join(''));
    }
    if (this.size > KEPT_LINES) return this.write(from, to);
    // A practice that asks again and again writes them once; one that does not is not in memory twice.
    let all = this.kept?.deref();
    if (all === undefined) {
      all = this.write(0, this.size);
      this.kept = new WeakRef(all);
    }
    return all.subarray(from * LINE, to * LINE);
  }

  private lineOf(ordinal: number): Buffer {
    return this.write(ordinal, ordinal + 1);
  }

  private write(from: number, to: number): Buffer {
    const { bytes } = this;
    const lines = Buffer.allocUnsafeSlow((to - from) * LINE);
    let at = 0;
    for (let ordinal = from; ordinal < to; ordinal++) {
      for (let place = 0; place < BYTES; place++) {
        if (HYPHENS.has(place)) lines[at++] = 0x2d;
        const byte = bytes[ordinal * BYTES + place] as number;
        lines[at++] = DIGITS[byte >> 4] as number;
        lines[at++] = DIGITS[byte & 15] as number;
      }
      lines[at++] = LINE_FEED;
    }
    return lines;
  }
}
