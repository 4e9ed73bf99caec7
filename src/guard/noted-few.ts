/** Of whom something was noted: each ordinal once, ascending, with what was noted last, as membership.ts numbers it. */
export type Noted = { readonly ordinals: Int32Array; readonly codes: Uint8Array };

/** What holds fewer ordinals than this is made anew each time: it costs less than to wipe it. */
const LARGE = 16_384;
/** From one in so many on it is quicker to look at everybody than to sort those who were noted. */
const DENSE = 64;

/** A large array of which everything is 0, left by whoever had it before; nobody has it now. */
let spare: Uint8Array | undefined;

/**
 * Notes of few among many. They stand by ordinal, as those of a release do, in memory that is as long as a practice is
 * large, but which is neither made nor looked through for each check: who was noted is listed beside it, and when all has
 * been noted just what they left is wiped, and the next check has it. One that is never done is only lost.
 */
export class NotedFew {
  private codes: Uint8Array;
  /** Of whom something was noted, in the order in which it was first. */
  private listed = new Int32Array(64);
  private count = 0;
  private last = -1;
  /** Whether each of them is larger than the one before: who are asked about in the order of the list need not be sorted. */
  private isAscending = true;
  private all: Noted | undefined;

  /** @param size the number of ordinals in use */
  constructor(private readonly size: number) {
    if (size >= LARGE && spare !== undefined && spare.length >= size) {
      this.codes = spare;
      spare = undefined;
    } else this.codes = new Uint8Array(size);
  }

  /** @param code never 0 */
  note(ordinal: number, code: number): void {
    if (this.all !== undefined) throw new Error('Something is noted after all was');
    if (this.codes[ordinal] === 0) {
      if (ordinal < this.last) this.isAscending = false;
      this.last = ordinal;
      if (this.count === this.listed.length) this.grow();
      this.listed[this.count++] = ordinal;
    }
    this.codes[ordinal] = code;
  }

  /** What was noted last; 0 for nothing. */
  noted(ordinal: number): number {
    if (this.all !== undefined) throw new Error('Something is asked after all was noted');
    return this.codes[ordinal] as number;
  }

  /** All of them. Nothing can be noted any more. */
  done(): Noted {
    if (this.all !== undefined) return this.all;
    const ordinals = this.inOrder();
    const { codes } = this;
    const noted = new Uint8Array(ordinals.length);
    for (let n = 0; n < ordinals.length; n++) {
      const ordinal = ordinals[n] as number;
      noted[n] = codes[ordinal] as number;
      codes[ordinal] = 0;
    }
    this.all = { ordinals, codes: noted };
    this.codes = new Uint8Array();
    if (codes.length >= (spare?.length ?? LARGE)) spare = codes;
    return this.all;
  }

  private inOrder(): Int32Array {
    const { codes, count, size } = this;
    const ordinals = this.listed.subarray(0, count);
    if (this.isAscending) return ordinals;
    if (count * DENSE < size) return ordinals.sort();
    // All of them again, in another order: four at a time, of whom mostly nothing is noted.
    let n = 0;
    const fours = new Int32Array(codes.buffer, 0, size >> 2);
    for (let four = 0; four < fours.length; four++) {
      if (fours[four] === 0) continue;
      for (let ordinal = 4 * four; ordinal < 4 * four + 4; ordinal++)
        if (codes[ordinal] !== 0) ordinals[n++] = ordinal;
    }
    for (let ordinal = 4 * fours.length; ordinal < size; ordinal++)
      if (codes[ordinal] !== 0) ordinals[n++] = ordinal;
    return ordinals;
  }

  private grow(): void {
    const listed = new Int32Array(16 * this.listed.length);
    listed.set(this.listed);
    this.listed = listed;
  }
}
