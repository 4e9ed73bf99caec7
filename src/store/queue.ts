/** Runs work one after the other within a lane, lanes beside each other. A failure does not stop those behind it. */
export function queue(): <T>(lane: string, work: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>();
  return (lane, work) => {
    const run = (last.get(lane) ?? Promise.resolve()).then(work, work);
    const settled = run
      .catch(() => undefined)
      .then(() => {
        if (last.get(lane) === settled) last.delete(lane);
      });
    last.set(lane, settled);
    return run;
  };
}
