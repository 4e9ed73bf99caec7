import { UUID_BYTES, uuidBytes } from './uuid-bytes.ts';

/** What is to be another: of a practice that is read for the first time everything, which is better not kept as texts. */
export class IdChanges {
  private readonly ids = new Map<number, string>();
  private first: Uint8Array | undefined;

  constructor(isFirst: boolean) {
    if (isFirst) this.first = new Uint8Array(UUID_BYTES * 1024);
  }

  get isEmpty(): boolean {
    return this.ids.size === 0 && this.first === undefined;
  }

  has(ordinal: number): boolean {
    return this.ids.has(ordinal);
  }

  set(ordinal: number, id: string): void {
    if (this.first !== undefined) {
      const end = (ordinal + 1) * UUID_BYTES;
      if (end > this.first.length) this.first = lengthened(this.first, 2 * end);
      if (uuidBytes(id, this.first, ordinal * UUID_BYTES)) {
        // The last that is said of somebody counts.
        this.ids.delete(ordinal);
        return;
      }
    }
    this.ids.set(ordinal, id);
  }

  /** The bytes into which the rest is to be written. @param copy writes those of before */
  start(size: number, copy: (into: Uint8Array) => void): Uint8Array {
    if (this.first !== undefined) return this.first.slice(0, size * UUID_BYTES);
    const bytes = new Uint8Array(size * UUID_BYTES);
    copy(bytes);
    return bytes;
  }

  all(each: (ordinal: number, id: string) => void): void {
    for (const [ordinal, id] of this.ids) each(ordinal, id);
  }
}

function lengthened(bytes: Uint8Array, length: number): Uint8Array {
  const longer = new Uint8Array(length);
  longer.set(bytes);
  return longer;
}
