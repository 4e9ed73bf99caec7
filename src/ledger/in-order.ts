/** Rows sorted by ledger index, which come in portions and are taken one by one beside the entries that they belong to. */
export class InOrder<T> {
  readonly #portions: AsyncIterator<readonly T[]>;
  readonly #indexOf: (row: T) => number;
  #rows: T[] = [];
  #at = 0;
  #isEnd = false;

  constructor(portions: AsyncIterable<readonly T[]>, indexOf: (row: T) => number) {
    this.#portions = portions[Symbol.asyncIterator]();
    this.#indexOf = indexOf;
  }

  /** Reads on until every row before an index is here; `take` and `next` know nothing of later ones. */
  async reach(end: number): Promise<void> {
    while (!this.#isEnd && !this.#isPast(end)) {
      const { done, value } = await this.#portions.next();
      if (done === true) this.#isEnd = true;
      else this.#rows = [...this.#rows.slice(this.#at), ...value];
      if (done !== true) this.#at = 0;
    }
  }

  /** Takes the row of an index, if that is the next one. Ask for ascending indexes. */
  take(index: number): T | undefined {
    const row = this.#rows[this.#at];
    if (row === undefined || this.#indexOf(row) !== index) return undefined;
    this.#at += 1;
    return row;
  }

  /** The index of the next row that was not taken, undefined when all that were reached were. */
  next(): number | undefined {
    const row = this.#rows[this.#at];
    return row === undefined ? undefined : this.#indexOf(row);
  }

  #isPast(end: number): boolean {
    const last = this.#rows.at(-1);
    return last !== undefined && this.#at < this.#rows.length && this.#indexOf(last) >= end;
  }
}
