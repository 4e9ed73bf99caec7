import type { Admitted } from './admit.ts';
import { BrokenInput, Stopped, untilStopped } from './broken-input.ts';
import type { ReleaseFormat } from './decide-records.ts';
import { decideRelease } from './decide-release.ts';
import type { Guard } from './guard.ts';
import { indexFor } from './index-for.ts';
import type { Lease } from './lease.ts';
import type { ReleaseFault } from './release.ts';
import type { Place } from './release-room.ts';
import type { Running } from './release-store.ts';
import { SpoolFull } from './spool.ts';
import { NoRoom } from './spool-room.ts';
import { SpooledRelease } from './spooled-release.ts';
import { watchOver } from './watch-over.ts';

/** What a release does between its first entry in the ledger and its last, step by step. A step that fails ends it. */
export class ReleaseRun {
  private opened: SpooledRelease | undefined;

  constructor(
    readonly guard: Guard,
    readonly release: Running,
    readonly admitted: Admitted,
    readonly lease: Lease,
    private readonly place: Place,
  ) {}

  /** Opens its spool, and freezes the index by which all of it is decided. */
  open(isInParts: boolean): Promise<ReleaseFault | undefined> {
    return this.step(async () => {
      const { guard, release, admitted } = this;
      const { version, rule } = admitted;
      const plan = {
        version,
        rule,
        index: await indexFor(guard, release.practiceId, rule),
        pseudonymKey: await guard.extracts.pseudonymKey(release.practiceId, release.extractId),
        watch: await watchOver(guard, release),
      };
      this.opened = new SpooledRelease(plan, guard.spools, guard.spoolMaxBytes, isInParts);
      return undefined;
    });
  }

  /** Takes a whole file. */
  take(name: string, format: ReleaseFormat, input: AsyncIterable<Buffer>): Promise<ReleaseFault | undefined> {
    return this.step(async () => {
      const taken = await this.spooled.take(name, format, untilStopped(input, this.lease.signal));
      return taken.ok ? undefined : taken;
    });
  }

  /** Decides what was taken, and commits the decision. */
  decide(): Promise<ReleaseFault | undefined> {
    return this.step(async () => {
      const isGone = () => this.lease.stopped === 'client-gone';
      const decided = await decideRelease(this.guard, this.release, this.admitted, this.spooled, isGone);
      return decided.ok ? undefined : decided;
    });
  }

  /** What was taken. Throws before it is opened. */
  get spooled(): SpooledRelease {
    if (this.opened === undefined) throw new Error('The release has no spool');
    return this.opened;
  }

  fail(reason: string): Promise<void> {
    return this.end('failed', reason);
  }

  /** Frees the disk. */
  async close(): Promise<void> {
    await this.opened?.close();
  }

  async end(ending: 'complete' | 'failed' | 'interrupted', reason: string | null): Promise<void> {
    this.lease.end();
    await this.guard.releases.end(this.release, ending, reason, this.guard.now());
  }

  /** Lets go of the lease and of the place among those at work: nothing more comes of it. */
  letGo(): void {
    this.lease.end();
    this.place.free();
  }

  private async step(work: () => Promise<ReleaseFault | undefined>): Promise<ReleaseFault | undefined> {
    try {
      const fault = await work();
      if (!fault) return undefined;
      await this.close();
      await this.fail(fault.reason);
      return fault;
    } catch (error) {
      await this.close();
      const reason = this.reasonOf(error);
      if (reason) {
        await this.fail(reason);
        return { ok: false, reason };
      }
      // When it is the database that is away, this is not written either: the lease ends, and the next marks it.
      await this.fail('internal-error').catch(() => undefined);
      throw error;
    }
  }

  private reasonOf(error: unknown): ReleaseFault['reason'] | undefined {
    if (error instanceof BrokenInput) return error.reason;
    if (error instanceof SpoolFull) return 'too-large';
    if (error instanceof NoRoom) return 'disk-full';
    return error instanceof Stopped ? this.lease.stopped : undefined;
  }
}
