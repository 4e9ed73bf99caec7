/** Rows that leave, many at a time, in their order. */
export class ChosenRows {
  count = 0;
  runCount = 0;

  /**
   * @param rows of each, its number among those found
   * @param notes what note() of decide-people.ts would note of each: the ordinal of its patient, and how many bytes leave
   * @param runs of those that follow each other without one that stays, the number of the first and one more than that of the last
   */
  constructor(
    public rows: Int32Array = new Int32Array(0),
    public notes: Int32Array = new Int32Array(0),
    public runs: Int32Array = new Int32Array(0),
  ) {}

  /** Begins anew. @param most how many there will be at most */
  clear(most: number): void {
    this.count = this.runCount = 0;
    if (most <= this.rows.length) return;
    this.rows = new Int32Array(2 * most);
    this.notes = new Int32Array(2 * 2 * most);
    this.runs = new Int32Array(2 * 2 * most);
  }

  /** @param length how many bytes it has */
  add(row: number, ordinal: number, length: number): void {
    const place = this.count++;
    this.rows[place] = row;
    this.notes[2 * place] = ordinal;
    this.notes[2 * place + 1] = length;
    if (this.runCount === 0 || this.runs[2 * this.runCount - 1] !== row) this.runs[2 * this.runCount++] = row;
    this.runs[2 * this.runCount - 1] = row + 1;
  }

  /** Says how many bytes of a row leave, when not all of it does. */
  setLength(place: number, length: number): void {
    this.notes[2 * place + 1] = length;
  }
}
