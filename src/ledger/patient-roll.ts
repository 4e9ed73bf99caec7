import type { ActRow, LedgerReader, PatientRow, Problem } from './ledger-reader.ts';

/** Which patient has which ordinal, read once: the accounts of releases know patients by their ordinals. */
export class PatientRoll {
  readonly #ids: string[] = [];
  readonly #rows = new Map<string, PatientRow>();

  get size(): number {
    return this.#ids.length;
  }

  /** Reads the list, and checks that ordinals run from 0 to the head's next without gap or repeat. */
  async read(
    reader: Pick<LedgerReader<ActRow>, 'patients'>,
    nextOrdinal: number,
  ): Promise<Problem | undefined> {
    for await (const row of reader.patients()) {
      if (row.ordinal !== this.size)
        return { index: null, what: `no patient has ordinal ${this.size}, or two have` };
      this.#ids.push(row.id);
      this.#rows.set(row.id, row);
    }
    if (nextOrdinal === this.size) return undefined;
    return { index: null, what: `the head counts ${nextOrdinal} patients, there are ${this.size}` };
  }

  ordinalOf(id: string): number | undefined {
    return this.#rows.get(id)?.ordinal;
  }

  /** The ledger index at which the patient's row says it last changed. */
  changedAtIndex(id: string): number {
    return this.#rows.get(id)?.changedAtIndex ?? -1;
  }

  rows(): Iterable<PatientRow> {
    return this.#rows.values();
  }

  idOf(ordinal: number): string | undefined {
    return this.#ids[ordinal];
  }
}
