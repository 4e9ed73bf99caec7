/** Thrown by an input that cannot go on: the release is recorded as failed, for this reason. */
export class BrokenInput extends Error {
  constructor(readonly reason: 'client-stopped' | 'client-gone' | 'gzip-broken' | 'gzip-ratio') {
    super(`The input broke: ${reason}`);
  }
}

/** Thrown instead of the next chunk when the release must stop. */
export class Stopped extends Error {}

/** The chunks of an input until a signal is given, however long the next one takes. */
export async function* untilStopped(
  input: AsyncIterable<Buffer>,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  const chunks = input[Symbol.asyncIterator]();
  let stop = () => {};
  const stopped = new Promise<never>((_, reject) => {
    stop = () => reject(new Stopped('The release was stopped'));
  });
  stopped.catch(() => undefined);
  signal.addEventListener('abort', stop);
  try {
    for (;;) {
      if (signal.aborted) stop();
      const next = await Promise.race([chunks.next(), stopped]);
      if (next.done) return;
      yield next.value;
    }
  } finally {
    signal.removeEventListener('abort', stop);
    // Not waited for: an input that is stuck would hold up the answer.
    chunks.return?.().catch(() => undefined);
  }
}
