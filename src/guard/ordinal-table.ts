/** So many slots for each patient: with fewer, what is not there takes long to be missed. */
const ROOM = 2;
/** 2^32 by the golden ratio. */
const HASH = 0x9e3779b1;
const LARGEST_SMALL = 65_535;

/**
 * Finds patients by the key of their NHS number: open addressing, of which a slot holds nothing but an ordinal and one
 * more, 0 for none. The keys themselves stay where they are, by ordinal.
 */
export class OrdinalTable {
  private readonly slots: Uint16Array | Uint32Array;
  private readonly shift: number;

  /** @param keys by ordinal; they must not change while the table is in use */
  constructor(private readonly keys: Int32Array) {
    const bits = Math.max(4, Math.ceil(Math.log2(keys.length * ROOM)));
    this.slots = keys.length < LARGEST_SMALL ? new Uint16Array(1 << bits) : new Uint32Array(1 << bits);
    this.shift = 32 - bits;
  }

  /** The ordinal that was added for a key, or -1. */
  find(key: number): number {
    return (this.slots[this.slotOf(key)] as number) - 1;
  }

  /**
   * The same for many; -1 for what is below 0 too. Where each would be is looked up for all before any is compared, so
   * that the machine waits for its memory, of which a large practice takes more than it keeps at hand, once for several.
   */
  findAll(keys: Int32Array): Int32Array {
    const { slots, shift, keys: known } = this;
    const found = new Int32Array(keys.length);
    for (let n = 0; n < keys.length; n++)
      found[n] = (slots[Math.imul(keys[n] as number, HASH) >>> shift] as number) - 1;
    for (let n = 0; n < keys.length; n++) {
      const [key, ordinal] = [keys[n] as number, found[n] as number];
      if (key < 0) found[n] = -1;
      else if (ordinal >= 0 && known[ordinal] !== key) found[n] = this.find(key);
    }
    return found;
  }

  /**
   * Adds a patient, unless another with the same key is there.
   *
   * @returns the ordinal that the key now has
   */
  add(ordinal: number): number {
    const key = this.keys[ordinal] as number;
    const slot = this.slotOf(key);
    const there = this.slots[slot] as number;
    if (there > 0) return there - 1;
    this.slots[slot] = ordinal + 1;
    return ordinal;
  }

  /** Where the key is, or where it would go. */
  private slotOf(key: number): number {
    const { slots, keys } = this;
    const mask = slots.length - 1;
    let slot = Math.imul(key, HASH) >>> this.shift;
    for (;;) {
      const there = slots[slot] as number;
      if (there === 0 || keys[there - 1] === key) return slot;
      slot = (slot + 1) & mask;
    }
  }
}
