import { addAbortSignal } from 'node:stream';
import type { ReleaseFormat } from './decide-records.ts';
import type { DecidedRelease, ReleaseFault, StartedRelease } from './release.ts';
import type { ReleaseRun } from './release-run.ts';

/** A release of one file at work. */
export class ReleaseWork implements StartedRelease {
  constructor(
    private readonly run: ReleaseRun,
    private readonly format: ReleaseFormat,
  ) {}

  get id(): string {
    return this.run.release.id;
  }

  async decide(
    input: AsyncIterable<Buffer>,
    gone?: AbortSignal,
  ): Promise<{ ok: true; decided: DecidedRelease } | ReleaseFault> {
    const { run } = this;
    const stop = () => run.lease.clientGone();
    gone?.addEventListener('abort', stop);
    if (gone?.aborted) stop();
    let decided: DecidedRelease | undefined;
    try {
      const fault =
        (await run.open(false)) ?? (await run.take('', this.format, input)) ?? (await run.decide());
      if (fault) return fault;
      decided = this.decided();
      return { ok: true, decided };
    } finally {
      gone?.removeEventListener('abort', stop);
      if (decided === undefined) run.letGo();
    }
  }

  fail(reason: string): Promise<void> {
    return this.run.fail(reason).finally(() => this.run.letGo());
  }

  private decided(): DecidedRelease {
    const { run } = this;
    const { lease, spooled } = run;
    const [part] = spooled.parts;
    if (part === undefined) throw new Error('A release was decided that took nothing');
    const { counts, digests, bytesOut } = part.result;
    return {
      id: this.id,
      format: this.format,
      counts,
      digest: digests.out,
      bytes: bytesOut,
      content: () => addAbortSignal(lease.signal, part.content()),
      read: (into, position) => part.read(into, position),
      stopped: lease.signal,
      end: async (ending) => {
        // Somebody who went while the decision was being written down is one whose connection broke.
        const why = lease.stopped === 'client-gone' ? undefined : lease.stopped;
        try {
          await run.close();
          await run.end(ending, ending === 'complete' ? null : (why ?? 'connection-broken'));
        } finally {
          run.letGo();
        }
      },
    };
  }
}
