import type { Log } from './log.ts';

/** Work that goes on after the request that began it was answered. */
export type Background = {
  /** Begins work. It should end soon after `signal` is aborted; its failure is written to the log as `event`. */
  start(event: string, work: (signal: AbortSignal) => Promise<unknown>): void;
  /** Asks all work to end, and waits until it has. */
  stop(): Promise<void>;
};

export function background(log: Log): Background {
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();
  return {
    start(event, work) {
      const run = work(stopping.signal)
        .catch((error: unknown) => log.error({ event, error }))
        .then(() => {
          running.delete(run);
        });
      running.add(run);
    },
    async stop() {
      stopping.abort();
      await Promise.all(running);
    },
  };
}
