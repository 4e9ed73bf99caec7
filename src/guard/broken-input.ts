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
  try {
    for (;;) {
      const next = await nextUnlessStopped(chunks, signal);
      if (next.done) return;
      yield next.value;
    }
  } finally {
    // Not waited for: an input that is stuck would hold up the answer.
    chunks.return?.().catch(() => undefined);
  }
}

/** A promise of its own for each chunk: one that lasts as long as the release would keep all that it raced with. */
function nextUnlessStopped<T>(chunks: AsyncIterator<T>, signal: AbortSignal): Promise<IteratorResult<T>> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(new Stopped('The release was stopped'));
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop);
    const done = () => signal.removeEventListener('abort', stop);
    chunks.next().then(resolve, reject).finally(done);
  });
}
