/** Rows sorted by ledger index, taken one by one beside the entries that they belong to. */
export class InOrder<T> {
  readonly #rows: AsyncIterator<T>;
  readonly #indexOf: (row: T) => number;
  #next: Promise<IteratorResult<T>> | undefined;

  constructor(rows: AsyncIterable<T>, indexOf: (row: T) => number) {
    this.#rows = rows[Symbol.asyncIterator]();
    this.#indexOf = indexOf;
  }

  /** Takes the row of an index, if that is the next one. Ask for ascending indexes. */
  async take(index: number): Promise<T | undefined> {
    const row = await this.#peek();
    if (row === undefined || this.#indexOf(row) !== index) return undefined;
    this.#next = undefined;
    return row;
  }

  /** The index of the next row that was not taken, undefined when all were. */
  async next(): Promise<number | undefined> {
    const row = await this.#peek();
    return row === undefined ? undefined : this.#indexOf(row);
  }

  async #peek(): Promise<T | undefined> {
    this.#next ??= this.#rows.next();
    const { done, value } = await this.#next;
    return done === true ? undefined : value;
  }
}
