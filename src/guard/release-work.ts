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

  async decide(input: AsyncIterable<Buffer>): Promise<{ ok: true; decided: DecidedRelease } | ReleaseFault> {
    const { run } = this;
    const fault = (await run.open(false)) ?? (await run.take('', this.format, input)) ?? (await run.decide());
    return fault ?? { ok: true, decided: this.decided() };
  }

  fail(reason: string): Promise<void> {
    return this.run.fail(reason);
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
        await run.close();
        await run.end(ending, ending === 'complete' ? null : (lease.stopped ?? 'connection-broken'));
      },
    };
  }
}
