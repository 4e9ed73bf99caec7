const EMPTY = -1;
const SMALLEST = 16;

/**
 * Looks NHS number keys up: open addressing over typed arrays, so that millions fit and a look-up costs nanoseconds.
 * Keys are integers below 2^30.
 */
export class NumberTable {
  /** Pairs of a key and its ordinal, so that one look into memory finds both. */
  private slots = new Int32Array(2 * SMALLEST).fill(EMPTY);
  private shift = 32 - Math.log2(SMALLEST);
  private count = 0;

  /** The ordinal of a key, or -1. */
  find(key: number): number {
    const slot = this.slotOf(key);
    return this.slots[slot] === key ? (this.slots[slot + 1] as number) : -1;
  }

  /**
   * Adds a key unless it is there.
   *
   * @returns the ordinal that the key now has
   */
  add(key: number, ordinal: number): number {
    const slot = this.slotOf(key);
    if (this.slots[slot] === key) return this.slots[slot + 1] as number;
    this.slots[slot] = key;
    this.slots[slot + 1] = ordinal;
    this.count++;
    if (this.count * 4 > this.slots.length) this.grow();
    return ordinal;
  }

  /** Every key, ascending. */
  keys(): Int32Array {
    return this.slots.filter((key, place) => place % 2 === 0 && key !== EMPTY).sort();
  }

  /** Where the key is, or where it would go. */
  private slotOf(key: number): number {
    const { slots } = this;
    const mask = slots.length - 1;
    let slot = 2 * (Math.imul(key, 0x9e3779b1) >>> this.shift);
    while (slots[slot] !== key && slots[slot] !== EMPTY) slot = (slot + 2) & mask;
    return slot;
  }

  private grow(): void {
    const { slots } = this;
    this.slots = new Int32Array(slots.length * 2).fill(EMPTY);
    this.shift--;
    for (let i = 0; i < slots.length; i += 2) {
      if (slots[i] === EMPTY) continue;
      const slot = this.slotOf(slots[i] as number);
      this.slots[slot] = slots[i] as number;
      this.slots[slot + 1] = slots[i + 1] as number;
    }
  }
}
