const SMALLEST = 64;
/** Of an id, in words: its hash, where its bytes begin, how many they are. */
const WORDS = 3;

/** Values by ids, which are found by their bytes: to make a string of each would cost more than all else. */
export class IdTable<Value> {
  /** Of each slot the number of its id, from 1; 0: it is free. */
  private slots = new Int32Array(2 * SMALLEST);
  private ids = new Int32Array(WORDS * SMALLEST);
  private bytes = Buffer.alloc(32 * SMALLEST);
  private used = 0;
  private readonly values: Value[] = [];

  /** The value of the id from `start` to `end`; undefined where it has none. */
  find(bytes: Buffer, start: number, end: number): Value | undefined {
    const id = this.slots[this.slotOf(bytes, start, end)] as number;
    return id === 0 ? undefined : this.values[id - 1];
  }

  set(bytes: Buffer, start: number, end: number, value: Value): void {
    const slot = this.slotOf(bytes, start, end);
    const id = this.slots[slot] as number;
    if (id > 0) this.values[id - 1] = value;
    else {
      this.add(bytes, start, end, value);
      this.slots[slot] = this.values.length;
      if (2 * this.values.length >= this.slots.length) this.grow();
    }
  }

  private add(bytes: Buffer, start: number, end: number, value: Value): void {
    const length = end - start;
    if (this.used + length > this.bytes.length) {
      const larger = Buffer.alloc(2 * (this.used + length));
      this.bytes.copy(larger, 0, 0, this.used);
      this.bytes = larger;
    }
    const { ids } = this;
    const said = WORDS * this.values.length;
    ids[said] = hashOf(bytes, start, end);
    ids[said + 1] = this.used;
    ids[said + 2] = length;
    this.used += bytes.copy(this.bytes, this.used, start, end);
    this.values.push(value);
  }

  /** Where the id is, or where it would go. */
  private slotOf(bytes: Buffer, start: number, end: number): number {
    const { slots, ids } = this;
    const mask = slots.length - 1;
    const hash = hashOf(bytes, start, end);
    let slot = hash & mask;
    for (;;) {
      const id = slots[slot] as number;
      if (id === 0) return slot;
      if (ids[WORDS * (id - 1)] === hash && this.isThere(id - 1, bytes, start, end)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  private isThere(id: number, bytes: Buffer, start: number, end: number): boolean {
    const { ids, bytes: own } = this;
    const from = ids[WORDS * id + 1] as number;
    if (ids[WORDS * id + 2] !== end - start) return false;
    for (let at = start; at < end; at++) if (bytes[at] !== own[from + at - start]) return false;
    return true;
  }

  private grow(): void {
    const ids = new Int32Array(2 * this.ids.length);
    ids.set(this.ids);
    this.ids = ids;
    const slots = new Int32Array(2 * this.slots.length);
    const mask = slots.length - 1;
    for (let id = 1; id <= this.values.length; id++) {
      let slot = (ids[WORDS * (id - 1)] as number) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = id;
    }
    this.slots = slots;
  }
}

function hashOf(bytes: Buffer, start: number, end: number): number {
  let hash = end - start;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193);
  hash ^= hash >>> 15;
  return Math.imul(hash, 0x85ebca6b) ^ (hash >>> 13);
}
