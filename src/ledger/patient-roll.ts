import { createHash } from 'node:crypto';
import { type JsonObject, sameJson } from './jcs.ts';
import type { ActRow, LedgerReader, PatientRow, Problem } from './ledger-reader.ts';

/** Which patient has which ordinal, read once: the accounts of releases know patients by their ordinals. */
export class PatientRoll {
  readonly #ids: string[] = [];
  readonly #rows = new Map<string, PatientRow>();
  /** All ids, each with a line feed, and where each begins: releases are digests over stretches of them. */
  #lines = Buffer.alloc(0);
  #starts = new Uint32Array(1);

  get size(): number {
    return this.#ids.length;
  }

  /** Reads the list, and checks that ordinals run from 0 to the head's next without gap or repeat. */
  async read(
    reader: Pick<LedgerReader<ActRow>, 'patients'>,
    nextOrdinal: number,
  ): Promise<Problem | undefined> {
    for await (const rows of reader.patients())
      for (const row of rows) {
        if (row.ordinal !== this.size)
          return { index: null, what: `no patient has ordinal ${this.size}, or two have` };
        this.#ids.push(row.id);
        this.#rows.set(row.id, row);
      }
    this.#lines = Buffer.from(this.#ids.map((id) => `${id}\n`).join(''));
    this.#starts = new Uint32Array(this.size + 1);
    this.#ids.forEach((id, ordinal) => {
      this.#starts[ordinal + 1] = (this.#starts[ordinal] ?? 0) + Buffer.byteLength(id) + 1;
    });
    if (nextOrdinal === this.size) return undefined;
    return { index: null, what: `the head counts ${nextOrdinal} patients, there are ${this.size}` };
  }

  /** How many there are, and a digest over their ids in the order of ordinals, for a later check to go on from. */
  keep(count = this.size): JsonObject {
    const digest = createHash('sha256').update(this.lines(0, count)).digest('hex');
    return { count, digest };
  }

  /** Says what is wrong when those who were on the list then are not the first of now, in the same order. */
  whyNot(kept: JsonObject): string | undefined {
    const count = Number(kept.count);
    const isSame = count <= this.size && sameJson(this.keep(count), kept);
    return isSame ? undefined : 'the patients are not those of then, in the order of then';
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

  /** The ids from one ordinal up to, but not including, another, each with a line feed; of who is missing, that alone. */
  lines(from: number, to: number): Uint8Array {
    const known = this.#lines.subarray(this.startOf(from), this.startOf(to));
    const missing = to - Math.max(from, this.size);
    return missing > 0 ? Buffer.concat([known, Buffer.alloc(missing, '\n')]) : known;
  }

  /** All ids in the order of ordinals, each with a line feed. */
  allLines(): Uint8Array {
    return this.#lines;
  }

  /** At which byte of all lines that of an ordinal begins, or where they end. */
  startOf(ordinal: number): number {
    return this.#starts[Math.min(ordinal, this.size)] ?? 0;
  }

  idOf(ordinal: number): string | undefined {
    return this.#ids[ordinal];
  }
}
