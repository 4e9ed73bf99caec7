/** What was read of a practice for as long as it stays as it is (known-practices.ts), so that it is read once. */
export class Reads {
  private readonly known = new Map<string, unknown>();

  get size(): number {
    return this.known.size;
  }

  /** What was not read, but is known from elsewhere. */
  know(what: readonly (string | number)[], value: unknown): void {
    this.known.set(JSON.stringify(what), value);
  }

  /** @param what names what is read; the same names mean the same type. What is not there is asked for again */
  async once<T>(what: readonly (string | number)[], read: () => Promise<T>): Promise<T> {
    const name = JSON.stringify(what);
    const known = this.known.get(name);
    if (known !== undefined) return known as T;
    const value = await read();
    if (value !== undefined) this.known.set(name, value);
    return value;
  }
}
