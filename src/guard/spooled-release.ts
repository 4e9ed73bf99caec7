import type { Readable } from 'node:stream';
import type { Reason } from './decide.ts';
import type { InputFault, Plan } from './decide-rows.ts';
import { type Scanned, scanRelease } from './scan-release.ts';
import { Spool } from './spool.ts';
import { takeOut } from './take-out.ts';

/** The permitted rows of a release in a spool, and what they come to, until they may leave. */
export class SpooledRelease {
  private constructor(
    private readonly rows: Spool,
    private readonly notes: Spool,
  ) {}

  private scanned: Scanned | undefined;

  /** @param maxBytes the most that may be spooled; SpoolFull is thrown past it */
  static async open(folder: string, maxBytes: number): Promise<SpooledRelease> {
    const rows = await Spool.open(folder, maxBytes);
    try {
      return new SpooledRelease(rows, await Spool.open(folder, maxBytes));
    } catch (error) {
      await rows.close();
      throw error;
    }
  }

  /** Takes the input. After a fault there is nothing to release. */
  async scan(input: AsyncIterable<Buffer>, plan: Plan): Promise<({ ok: false } & InputFault) | { ok: true }> {
    const scanned = await scanRelease(input, plan, { rows: this.rows, notes: this.notes });
    if (!scanned.ok) return scanned;
    this.scanned = scanned;
    return { ok: true };
  }

  /** What the rows come to. Throws before they were scanned. */
  get result(): Scanned {
    if (!this.scanned) throw new Error('Nothing was scanned');
    return this.scanned;
  }

  /** Takes out the rows of patients who may not leave any more, by ordinal. */
  async takeOut(gone: ReadonlyMap<number, Reason>): Promise<void> {
    if (gone.size === 0) return;
    const { counts, membership, digests, ...scanned } = this.result;
    const taken = await takeOut(this.rows, this.notes, (ordinal) => gone.has(ordinal));
    const reasons = new Map(scanned.reasons);
    let out = counts.out;
    for (const [ordinal, reason] of gone) {
      const rows = taken.rows.get(ordinal) ?? 0;
      membership.note(ordinal, reason);
      reasons.set(reason, (reasons.get(reason) ?? 0) + rows);
      out -= rows;
    }
    this.scanned = {
      ...scanned,
      reasons,
      membership,
      counts: { in: counts.in, out, withheld: counts.in - out },
      digests: { in: digests.in, out: taken.digest },
      bytesOut: this.rows.length,
    };
  }

  content(): Readable {
    return this.rows.content();
  }

  /** Fills `into` with what leaves from a position on. */
  read(into: Buffer, position: number): Promise<void> {
    return this.rows.read(into, position);
  }

  async close(): Promise<void> {
    await this.rows.close();
    await this.notes.close();
  }
}
