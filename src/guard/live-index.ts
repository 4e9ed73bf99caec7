import { PatientIndex, type PatientRecord } from './patient-index.ts';

/** Where the index of a practice comes from. */
export interface PatientIndexSource {
  /**
   * The number of entries in the practice's ledger. What those entries changed must be visible to every later read.
   */
  ledgerSize(): Promise<number>;
  /** The commitment of the entry with this index, in hexadecimal; undefined when there is none. */
  entryAt(ledgerIndex: number): Promise<string | undefined>;
  /**
   * In portions, every patient touched by a ledger entry with this index or a later one (0: everybody), each as of
   * this moment or later.
   */
  changedSince(ledgerIndex: number): AsyncIterable<readonly PatientRecord[]>;
}

/** So many records are put into the index at once: at its first use a large practice would else be in memory as objects. */
const RECORDS_AT_ONCE = 40_000;

/**
 * Keeps the index of one practice up to date, whichever process made the changes.
 *
 * Answers share one refresh, but only one that was sent after all of them had arrived: one already in flight may
 * have read the ledger before the objection that an answer has to know.
 */
export class LiveIndex {
  private index = PatientIndex.empty;
  /** The refresh that was sent last, whatever became of it. */
  private sent: Promise<unknown> = Promise.resolve();
  /** The one that will be sent when that has ended: whoever comes until then may share it. */
  private waiting: Promise<PatientIndex> | undefined;

  constructor(
    private readonly source: PatientIndexSource,
    private readonly atOnce = RECORDS_AT_ONCE,
  ) {}

  /**
   * The index with every entry that was in the ledger when this was called.
   *
   * @throws when it cannot be brought up to date: then nothing may be permitted
   */
  refresh(): Promise<PatientIndex> {
    if (this.waiting === undefined) {
      const refresh = this.sent.then(() => {
        this.waiting = undefined;
        return this.read();
      });
      this.waiting = refresh;
      this.sent = refresh.catch(() => undefined);
    }
    return this.waiting;
  }

  private async read(): Promise<PatientIndex> {
    const size = await this.source.ledgerSize();
    const lastEntry = await this.source.entryAt(size - 1);
    if (size > 0 && lastEntry === undefined) throw new Error('The ledger lacks its last entry');
    const base = (await this.isContinued(size, lastEntry)) ? this.index : PatientIndex.empty;
    if (size === base.ledgerSize) return base;
    // Nobody sees it before all of it was read.
    let next = base;
    let records: PatientRecord[] = [];
    for await (const portion of this.source.changedSince(base.ledgerSize)) {
      for (const record of portion) records.push(record);
      if (records.length < this.atOnce) continue;
      next = next.with(size, records, lastEntry);
      records = [];
    }
    this.index = next.with(size, records, lastEntry);
    return this.index;
  }

  /**
   * Whether the ledger still begins with all that is in the index. One that was put back from a backup does not,
   * however long it has grown since: what was recorded in it anew has indexes that the index takes for known.
   */
  private async isContinued(size: number, lastEntry: string | undefined): Promise<boolean> {
    const known = this.index;
    if (known.ledgerSize === 0) return true;
    if (size < known.ledgerSize) return false;
    const there = size === known.ledgerSize ? lastEntry : await this.source.entryAt(known.ledgerSize - 1);
    return there === known.lastEntry;
  }
}
