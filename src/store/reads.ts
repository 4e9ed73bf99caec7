/**
 * What was read in one transaction that holds the lock of its practice: nobody else can change it, so it is read once.
 * To be used for what the transaction itself does not change either.
 */
export class Reads {
  private readonly known = new Map<string, unknown>();

  get size(): number {
    return this.known.size;
  }

  /** What was not read, but is known from elsewhere. */
  know(what: readonly (string | number)[], value: unknown): void {
    this.known.set(JSON.stringify(what), value);
  }

  /** @param what names what is read; the same names mean the same type */
  async once<T>(what: readonly (string | number)[], read: () => Promise<T>): Promise<T> {
    const name = JSON.stringify(what);
    if (!this.known.has(name)) this.known.set(name, await read());
    return this.known.get(name) as T;
  }
}
