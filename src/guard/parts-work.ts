import type { ReleaseFormat } from './decide-records.ts';
import { mayStillLeave } from './decide-release.ts';
import type { Job } from './guard.ts';
import type { PartRefused as Refused } from './part-refusal.ts';
import type { DecidedPart, ReleaseFault } from './release.ts';
import type { ReleaseRun } from './release-run.ts';
import { watchSending } from './watch-sending.ts';

/** How long a client may let a release in parts lie between two requests: then it has failed, or its spool is freed. */
const IDLE_MS = 15 * 60_000;
/** Each has two files open. */
const MOST_PARTS = 500;

/**
 * A release whose files come one by one. Nothing leaves before all were taken and `complete` is decided; then each can
 * be fetched, once.
 */
export class PartsWork {
  private state: 'open' | 'busy' | 'decided' | 'ended' = 'open';
  private hasSpool = false;
  /** Files that are being sent or were handed over, and how many were. */
  private readonly fetched = new Set<string>();
  private handedOver = 0;
  private idle: NodeJS.Timeout | undefined;

  /** @param forget called when there is nothing more to do */
  constructor(
    private readonly run: ReleaseRun,
    private readonly forget: () => void,
  ) {
    run.lease.signal.addEventListener('abort', () => void this.giveUp(run.lease.stopped ?? 'interrupted'));
    this.rest();
  }

  get id(): string {
    return this.run.release.id;
  }

  get extractId(): string {
    return this.run.release.extractId;
  }

  get version() {
    return this.run.admitted.version;
  }

  /** Whether it is this job's: the key that began a release has to end it. */
  isOf(job: Job): boolean {
    const { practiceId, keyId } = this.run.release;
    return job.practiceId === practiceId && job.keyId === keyId;
  }

  /** Takes a file whole. A fault ends the release; a refusal does not. */
  async add(
    name: string,
    format: ReleaseFormat,
    input: AsyncIterable<Buffer>,
  ): Promise<{ readonly ok: true } | ReleaseFault | Refused> {
    const refused = this.whyNot();
    if (refused) return refused;
    if (this.hasSpool && this.run.spooled.parts.some((part) => part.name === name))
      return { ok: false, reason: 'part-doubled' };
    if (this.hasSpool && this.run.spooled.parts.length >= MOST_PARTS)
      return { ok: false, reason: 'too-many-parts' };
    return (await this.work(() => this.run.take(name, format, input), 'open')) ?? { ok: true };
  }

  /** Decides all that was taken, and ends the release: everything permitted counts as having left. */
  async complete(): Promise<{ readonly ok: true } | ReleaseFault | Refused> {
    const refused = this.whyNot();
    if (refused) return refused;
    const fault = await this.work(async () => {
      if (this.run.spooled.parts.length > 0) return this.run.decide();
      await this.run.close();
      await this.run.fail('empty-body');
      return { ok: false, reason: 'empty-body' };
    }, 'decided');
    if (fault) return fault;
    await this.run.end('complete', null);
    return { ok: true };
  }

  /**
   * What leaves of a file. `end` is to be called with whether everything was handed over: then it cannot be had again.
   * When somebody who was permitted may not leave any more, or the version is not in force, nothing more of the release does.
   *
   * @throws when the index cannot be brought up to date
   */
  async fetch(name: string): Promise<{ readonly ok: true; readonly part: DecidedPart } | Refused> {
    if (this.state === 'open' || this.state === 'busy') return { ok: false, reason: 'not-decided' };
    const part =
      this.state === 'decided' ? this.run.spooled.parts.find((one) => one.name === name) : undefined;
    if (part === undefined || this.fetched.has(name)) return { ok: false, reason: 'no-such-part' };
    this.fetched.add(name);
    clearTimeout(this.idle);
    try {
      if (!(await this.mayGoOn())) await this.free();
    } catch (error) {
      this.fetched.delete(name);
      this.rest();
      throw error;
    }
    // It may have been freed meanwhile by another fetch that found the same.
    if (this.state !== 'decided') return { ok: false, reason: 'parts-closed' };
    const { counts, digests, bytesOut } = part.result;
    const stop = watchSending(this.run.guard, this.run.release);
    return {
      ok: true,
      part: {
        id: this.id,
        format: part.scan.format,
        counts,
        digest: digests.out,
        bytes: bytesOut,
        read: (into, position) => part.read(into, position),
        stopped: stop.signal,
        end: async (isSent) => {
          stop.end();
          if (isSent) this.handedOver++;
          else this.fetched.delete(name);
          if (this.handedOver === this.run.spooled.parts.length) await this.free();
          else this.rest();
        },
      },
    };
  }

  private async mayGoOn(): Promise<boolean> {
    const { guard, release, admitted, spooled } = this.run;
    const stop = await guard.releases.whyStop(release, guard.now());
    return stop === undefined && mayStillLeave(guard, admitted, spooled);
  }

  private whyNot(): Refused | undefined {
    if (this.state === 'open') return undefined;
    return { ok: false, reason: this.state === 'busy' ? 'parts-busy' : 'parts-closed' };
  }

  /** Does a step; when it fails, the release has ended. */
  private async work(
    step: () => Promise<ReleaseFault | undefined>,
    after: 'open' | 'decided',
  ): Promise<ReleaseFault | undefined> {
    clearTimeout(this.idle);
    this.state = 'busy';
    let isDone = false;
    try {
      const fault = (await this.open()) ?? (await step());
      isDone = fault === undefined;
      return fault;
    } finally {
      this.state = isDone ? after : 'ended';
      if (isDone) this.rest();
      else {
        this.forget();
        this.run.letGo();
      }
      // Somebody may have stopped it meanwhile.
      const { stopped } = this.run.lease;
      if (stopped) await this.giveUp(stopped);
    }
  }

  private async open(): Promise<ReleaseFault | undefined> {
    if (this.hasSpool) return undefined;
    const fault = await this.run.open(true);
    this.hasSpool = fault === undefined;
    return fault;
  }

  /** Begins to wait for the next request, unless a file is still being sent: that may take longer. */
  private rest(): void {
    clearTimeout(this.idle);
    if (this.fetched.size > this.handedOver) return;
    this.idle = setTimeout(() => void this.giveUp('client-stopped'), IDLE_MS).unref();
  }

  /** Ends it when it takes files, and frees its spool when it is decided. */
  async giveUp(reason: string): Promise<void> {
    if (this.state === 'decided') await this.free();
    if (this.state !== 'open') return;
    this.state = 'ended';
    clearTimeout(this.idle);
    this.forget();
    try {
      await this.run.close();
      // When the database is away, the lease ends, and the next that looks marks it.
      await this.run.fail(reason).catch(() => undefined);
    } finally {
      this.run.letGo();
    }
  }

  private async free(): Promise<void> {
    this.state = 'ended';
    clearTimeout(this.idle);
    this.forget();
    await this.run.close().finally(() => this.run.letGo());
  }
}
