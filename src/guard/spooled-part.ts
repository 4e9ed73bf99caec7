import type { Reason } from './decide.ts';
import type { InputFault, Plan } from './decide-records.ts';
import { type Scan, type Scanned, scanRelease } from './scan-release.ts';
import { Spool } from './spool.ts';
import type { SpoolPlace } from './spool-room.ts';
import { takeOut } from './take-out.ts';

/** The permitted rows of one file of a release in a spool, and what they come to, until they may leave. */
export class SpooledPart {
  private constructor(
    readonly name: string,
    readonly scan: Scan,
    private readonly rows: Spool,
    private readonly notes: Spool,
  ) {}

  private scanned: Scanned | undefined;

  /** @param maxBytes the most that may be spooled; SpoolFull is thrown past it */
  static async open(
    { folder, room }: SpoolPlace,
    maxBytes: number,
    name: string,
    scan: Scan,
  ): Promise<SpooledPart> {
    const rows = await Spool.open(folder, maxBytes, room);
    try {
      return new SpooledPart(name, scan, rows, await Spool.open(folder, maxBytes, room));
    } catch (error) {
      await rows.close();
      throw error;
    }
  }

  /** Takes the input. After a fault there is nothing to release. */
  async take(input: AsyncIterable<Buffer>, plan: Plan): Promise<({ ok: false } & InputFault) | { ok: true }> {
    const scanned = await scanRelease(input, plan, { rows: this.rows, notes: this.notes }, this.scan);
    if (!scanned.ok) return scanned;
    this.scanned = scanned;
    return { ok: true };
  }

  /** What the rows come to. Throws before they were scanned. */
  get result(): Scanned {
    if (!this.scanned) throw new Error('Nothing was scanned');
    return this.scanned;
  }

  /**
   * Takes out every row of patients who may not leave any more, by ordinal.
   *
   * @returns the ordinals of everybody in the rows that are left
   */
  async takeOut(gone: ReadonlyMap<number, Reason>): Promise<ReadonlySet<number>> {
    const { counts, digests, ...scanned } = this.result;
    const taken = await takeOut(this.rows, this.notes, gone);
    const reasons = new Map(scanned.reasons);
    let out = counts.out;
    for (const [reason, rows] of taken.reasons) {
      reasons.set(reason, (reasons.get(reason) ?? 0) + rows);
      out -= rows;
    }
    this.scanned = {
      ...scanned,
      reasons,
      counts: { in: counts.in, out, withheld: counts.in - out },
      digests: { in: digests.in, out: taken.digest },
      bytesOut: this.rows.length,
    };
    return taken.left;
  }

  /** Fills `into` with what leaves from a position on. */
  read(into: Buffer, position: number): Promise<void> {
    return this.rows.read(into, position);
  }

  content(): ReturnType<Spool['content']> {
    return this.rows.content();
  }

  async close(): Promise<void> {
    await this.rows.close();
    await this.notes.close();
  }
}
