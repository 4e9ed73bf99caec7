import type { Guard } from './guard.ts';
import type { Running, StopReason } from './release-store.ts';

/** How long a lease is. A process that died has held its releases for as long as this. */
const LEASE_MS = 60_000;
const RENEW_EVERY_MS = 15_000;
/** How soon a release notices that its key was revoked or its extract suspended. */
const LOOK_EVERY_MS = 1_000;

/** Until when a lease lasts that is taken now. */
export function leaseFrom(now: Date): Date {
  return new Date(now.getTime() + LEASE_MS);
}

/** Holds the lease of a release while it works, and tells it when it must stop. */
export class Lease {
  private readonly stop = new AbortController();
  private readonly timer: NodeJS.Timeout;
  private renewedAt: Date;
  private busy = false;
  private isOver = false;

  constructor(
    private readonly guard: Pick<Guard, 'releases' | 'now'>,
    private readonly release: Running,
  ) {
    this.renewedAt = release.startedAt;
    this.timer = setInterval(() => void this.look(), LOOK_EVERY_MS).unref();
  }

  /** Aborted when the release must stop. */
  get signal(): AbortSignal {
    return this.stop.signal;
  }

  /** Why it must stop; undefined while it may go on. */
  get stopped(): StopReason | 'client-gone' | undefined {
    return this.signal.aborted ? (this.signal.reason as StopReason | 'client-gone') : undefined;
  }

  /** Whoever sent the release is gone: nobody would take what leaves. */
  clientGone(): void {
    this.stop.abort('client-gone');
  }

  /** Lets go: the release has ended. A look that is under way finds no running one any more, and that stops nothing. */
  end(): void {
    this.isOver = true;
    clearInterval(this.timer);
  }

  private async look(): Promise<void> {
    if (this.busy || this.stopped) return;
    this.busy = true;
    try {
      const reason = await this.lookAndRenew();
      if (reason && !this.isOver) this.stop.abort(reason);
    } catch {
      // A database that is away decides nothing; the release will find out itself when it needs it.
    } finally {
      this.busy = false;
    }
  }

  private async lookAndRenew(): Promise<StopReason | undefined> {
    const { releases, now } = this.guard;
    const at = now();
    const reason = await releases.whyStop(this.release, at);
    if (reason || at.getTime() - this.renewedAt.getTime() < RENEW_EVERY_MS) return reason;
    this.renewedAt = at;
    return releases.renew(this.release, leaseFrom(at));
  }
}
