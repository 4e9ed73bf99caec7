import { open } from 'node:fs/promises';

/**
 * Puts what SQLite has written to its log on the disk, as it does itself after each commit with `synchronous = FULL`: but
 * beside everything else, for its driver stands still for as long as that takes. Who asks while one is under way shares
 * the next.
 *
 * @param file the database's
 */
export function walSync(file: string): () => Promise<void> {
  let sent: Promise<unknown> = Promise.resolve();
  let waiting: Promise<void> | undefined;
  return () => {
    if (waiting === undefined) {
      const next = sent.then(() => {
        waiting = undefined;
        return syncLog(`${file}-wal`);
      });
      waiting = next;
      sent = next.catch(() => undefined);
    }
    return waiting;
  };
}

/** By its name each time: SQLite locks the database and the index of the log, never the log, so closing it lets go of nothing. */
async function syncLog(path: string): Promise<void> {
  const log = await open(path, 'r');
  try {
    await log.datasync();
  } finally {
    await log.close();
  }
}
