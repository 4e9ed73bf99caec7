import { addAbortSignal } from 'node:stream';
import type { Admitted } from './admit.ts';
import { BrokenInput, Stopped, untilStopped } from './broken-input.ts';
import { decideRelease } from './decide-release.ts';
import type { Plan } from './decide-rows.ts';
import type { Guard } from './guard.ts';
import { indexFor } from './index-for.ts';
import type { Lease } from './lease.ts';
import type { DecidedRelease, ReleaseFault, StartedRelease } from './release.ts';
import type { Running } from './release-store.ts';
import { SpoolFull } from './spool.ts';
import { SpooledRelease } from './spooled-release.ts';
import { watchOver } from './watch-over.ts';

/** A release at work, from its first entry in the ledger to its last. */
export class ReleaseWork implements StartedRelease {
  constructor(
    private readonly guard: Guard,
    private readonly release: Running,
    private readonly admitted: Admitted,
    private readonly lease: Lease,
  ) {}

  get id(): string {
    return this.release.id;
  }

  async decide(input: AsyncIterable<Buffer>): Promise<{ ok: true; decided: DecidedRelease } | ReleaseFault> {
    let spooled: SpooledRelease | undefined;
    try {
      spooled = await SpooledRelease.open(this.guard.spoolFolder, this.guard.spoolMaxBytes);
      const fault = await this.scanAndDecide(input, spooled);
      if (!fault) return { ok: true, decided: this.decided(spooled) };
      await spooled.close();
      await this.fail(fault.reason);
      return fault;
    } catch (error) {
      await spooled?.close();
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

  fail(reason: string): Promise<void> {
    return this.end('failed', reason);
  }

  private async scanAndDecide(
    input: AsyncIterable<Buffer>,
    spooled: SpooledRelease,
  ): Promise<ReleaseFault | undefined> {
    const { guard, release, admitted } = this;
    const { version, rule } = admitted;
    const plan: Plan = {
      version,
      rule,
      index: await indexFor(guard, release.practiceId, rule),
      pseudonymKey: await guard.extracts.pseudonymKey(release.practiceId, release.extractId),
      watch: await watchOver(guard, release),
    };
    const scanned = await spooled.scan(untilStopped(input, this.lease.signal), plan);
    if (!scanned.ok) return scanned;
    const decided = await decideRelease(guard, release, admitted, plan, spooled);
    return decided.ok ? undefined : decided;
  }

  private decided(spooled: SpooledRelease): DecidedRelease {
    const { counts, digests, bytesOut } = spooled.result;
    return {
      id: this.id,
      counts,
      digest: digests.out,
      bytes: bytesOut,
      content: () => addAbortSignal(this.lease.signal, spooled.content()),
      read: (into, position) => spooled.read(into, position),
      stopped: this.lease.signal,
      end: async (ending) => {
        await spooled.close();
        await this.end(ending, ending === 'complete' ? null : (this.lease.stopped ?? 'connection-broken'));
      },
    };
  }

  private async end(ending: 'complete' | 'failed' | 'interrupted', reason: string | null): Promise<void> {
    this.lease.end();
    await this.guard.releases.end(this.release, ending, reason, this.guard.now());
  }

  private reasonOf(error: unknown): ReleaseFault['reason'] | undefined {
    if (error instanceof BrokenInput) return error.reason;
    if (error instanceof SpoolFull) return 'too-large';
    return error instanceof Stopped ? this.lease.stopped : undefined;
  }
}
