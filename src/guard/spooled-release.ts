import { createHash } from 'node:crypto';
import type { Reason } from './decide.ts';
import { type InputFault, type Plan, type ReleaseFormat, ReleaseMemory } from './decide-records.ts';
import type { Membership } from './membership.ts';
import type { Scanned } from './scan-release.ts';
import type { SpoolPlace } from './spool-room.ts';
import { SpooledPart } from './spooled-part.ts';

/** What all files of a release come to. */
export type Totals = Omit<Scanned, 'head'>;

/** The files of a release in their spools, until they may leave: one, or as many as a bulk export has. */
export class SpooledRelease {
  readonly parts: SpooledPart[] = [];
  private readonly memory: ReleaseMemory;

  /** @param maxBytes the most that all of them may spool; SpoolFull is thrown past it */
  constructor(
    readonly plan: Plan,
    private readonly place: SpoolPlace,
    private readonly maxBytes: number,
    /** Whether its files come one by one, by name. */
    readonly isInParts: boolean,
  ) {
    this.memory = new ReleaseMemory(plan);
  }

  /** Takes a file. After a fault there is nothing to release. */
  async take(
    name: string,
    format: ReleaseFormat,
    input: AsyncIterable<Buffer>,
  ): Promise<({ ok: false } & InputFault) | { ok: true }> {
    const scan = { format, memory: this.memory, mayBeEmpty: this.isInParts && format !== 'text/csv' };
    const used = this.parts.reduce((sum, { result }) => sum + result.bytesOut, 0);
    const part = await SpooledPart.open(this.place, this.maxBytes - used, name, scan);
    try {
      const taken = await part.take(input, this.plan);
      if (taken.ok) this.parts.push(part);
      else await part.close();
      return taken;
    } catch (error) {
      await part.close();
      throw error;
    }
  }

  /** Patients of whom two files say different things, so that their rows have to be taken out again. */
  get doubted(): ReadonlyMap<number, Reason> {
    const { rule, index } = this.plan;
    const keys = rule.withholdsNobody ? [] : [...this.memory.bindings.doubtedKeys];
    const ordinals = keys.map((key) => (key < 0 ? -1 : index.find(key))).filter((ordinal) => ordinal >= 0);
    return new Map(ordinals.map((ordinal) => [ordinal, 'ambiguous']));
  }

  get membership(): Membership {
    return this.memory.people.membership;
  }

  /** Whether rows were decided with a kernel. */
  get hasKernel(): boolean {
    return this.memory.hasKernel;
  }

  /** What it comes to. Throws before anything was taken. */
  get result(): Totals {
    const results = this.parts.map(({ result }) => result);
    const [only] = results;
    if (only === undefined) throw new Error('Nothing was scanned');
    if (!this.isInParts) return only;
    const sum = (of: (result: Scanned) => number) => results.reduce((all, one) => all + of(one), 0);
    const reasons = new Map<Reason, number>();
    for (const one of results)
      for (const [reason, rows] of one.reasons) reasons.set(reason, (reasons.get(reason) ?? 0) + rows);
    return {
      counts: {
        in: sum(({ counts }) => counts.in),
        out: sum(({ counts }) => counts.out),
        withheld: sum(({ counts }) => counts.withheld),
      },
      reasons,
      emptied: sum(({ emptied }) => emptied),
      membership: this.membership,
      digests: { in: this.digestOf('in'), out: this.digestOf('out') },
      bytesOut: sum(({ bytesOut }) => bytesOut),
    };
  }

  /** Takes out every row of patients who may not leave any more, by ordinal, from all files. */
  async takeOut(gone: ReadonlyMap<number, Reason>): Promise<void> {
    if (gone.size === 0) return;
    const left = new Set<number>();
    for (const part of this.parts) for (const ordinal of await part.takeOut(gone)) left.add(ordinal);
    for (const [ordinal, reason] of gone) this.membership.note(ordinal, reason);
    this.membership.forgetAllBut(left);
  }

  /** Frees the disk, and the memory in which it was decided. Nothing may be taken any more. */
  async close(): Promise<void> {
    // First, for the disk takes its time to free a large file, and the next release may have begun.
    try {
      await this.memory.end();
    } finally {
      for (const part of this.parts) await part.close();
    }
  }

  /** SHA-256 over a line for each file in its order: the digest in hexadecimal, two spaces, the name. As sha256sum writes it. */
  private digestOf(side: 'in' | 'out'): string {
    const lines = this.parts.map(({ name, result }) => `${result.digests[side]}  ${name}\n`);
    return createHash('sha256').update(lines.join('')).digest('hex');
  }
}
