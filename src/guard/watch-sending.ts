import type { Guard } from './guard.ts';
import type { Running } from './release-store.ts';

/** How soon a part that is being sent notices that the key was revoked or the extract suspended. */
const LOOK_EVERY_MS = 1_000;

/** Looks, while a part of a release is sent, whether it may go on; the signal is given when it may not. */
export function watchSending(
  { releases, now }: Pick<Guard, 'releases' | 'now'>,
  release: Running,
): { readonly signal: AbortSignal; end(): void } {
  const stop = new AbortController();
  const timer = setInterval(async () => {
    const reason = await releases.whyStop(release, now()).catch(() => undefined);
    if (reason) stop.abort(reason);
  }, LOOK_EVERY_MS).unref();
  return { signal: stop.signal, end: () => clearInterval(timer) };
}
