const SMALLEST = 64;
/** Before the bytes of an id: its number, and how many bytes it has. */
const HEAD = 8;

/** In place of a number: the id has none. */
export const NO_ID = -1;

/** Numbers by ids, which are found by their bytes: to make a string of each would cost more than all else. */
export class IdTable {
  /** Pairs: the hash of an id, and one more than where it stands in `ids`; 0: free. */
  private slots = new Int32Array(2 * SMALLEST);
  private ids = Buffer.alloc(64 * SMALLEST);
  private used = 0;
  private count = 0;

  /** The number of the id from `start` to `end`, or NO_ID. */
  find(bytes: Buffer, start: number, end: number): number {
    const at = this.slots[this.slotOf(bytes, start, end, hashOf(bytes, start, end)) + 1] as number;
    return at === 0 ? NO_ID : wordAt(this.ids, at - 1);
  }

  /** @param number any of 32 bits but NO_ID */
  set(id: Buffer, number: number): void {
    const hash = hashOf(id, 0, id.length);
    const slot = this.slotOf(id, 0, id.length, hash);
    const at = this.slots[slot + 1] as number;
    if (at > 0) {
      this.ids.writeInt32LE(number, at - 1);
      return;
    }
    this.slots[slot] = hash;
    this.slots[slot + 1] = this.add(id, number) + 1;
    this.count++;
    if (4 * this.count >= this.slots.length) this.grow();
  }

  private add(id: Buffer, number: number): number {
    const at = this.used;
    const end = at + HEAD + id.length;
    if (end > this.ids.length) {
      const larger = Buffer.alloc(2 * end);
      this.ids.copy(larger, 0, 0, at);
      this.ids = larger;
    }
    this.ids.writeInt32LE(number, at);
    this.ids.writeInt32LE(id.length, at + 4);
    id.copy(this.ids, at + HEAD);
    this.used = end;
    return at;
  }

  /** Where the id is, or where it would go. */
  private slotOf(bytes: Buffer, start: number, end: number, hash: number): number {
    const { slots } = this;
    const mask = slots.length - 1;
    let slot = (2 * hash) & mask;
    for (;;) {
      const at = slots[slot + 1] as number;
      if (at === 0 || (slots[slot] === hash && this.isThere(at - 1, bytes, start, end))) return slot;
      slot = (slot + 2) & mask;
    }
  }

  private isThere(at: number, bytes: Buffer, start: number, end: number): boolean {
    const { ids } = this;
    if (wordAt(ids, at + 4) !== end - start) return false;
    const shift = at + HEAD - start;
    for (let place = start; place < end; place++) if (bytes[place] !== ids[place + shift]) return false;
    return true;
  }

  private grow(): void {
    const { slots } = this;
    this.slots = new Int32Array(2 * slots.length);
    const mask = this.slots.length - 1;
    for (let old = 0; old < slots.length; old += 2) {
      if (slots[old + 1] === 0) continue;
      let slot = (2 * (slots[old] as number)) & mask;
      while (this.slots[slot + 1] !== 0) slot = (slot + 2) & mask;
      this.slots[slot] = slots[old] as number;
      this.slots[slot + 1] = slots[old + 1] as number;
    }
  }
}

function wordAt(bytes: Buffer, at: number): number {
  return (
    (bytes[at] as number) |
    ((bytes[at + 1] as number) << 8) |
    ((bytes[at + 2] as number) << 16) |
    ((bytes[at + 3] as number) << 24)
  );
}

function hashOf(bytes: Buffer, start: number, end: number): number {
  let hash = end - start;
  let at = start;
  for (; at + 4 <= end; at += 4) {
    hash = Math.imul(hash ^ wordAt(bytes, at), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  for (; at < end; at++) hash = Math.imul(hash ^ (bytes[at] as number), 0x85ebca6b);
  return hash ^ (hash >>> 13);
}
