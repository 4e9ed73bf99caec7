import { createHash } from 'node:crypto';
import { createReadStream, rmSync } from 'node:fs';
import { mkdtemp, open, rename, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';

const STOPS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Takes the answer into a temporary file, and puts it in its place only when it is whole: its digest is that of the
 * header Content-Digest. Otherwise nothing stays.
 *
 * @param out the file's name; undefined for standard output
 */
export async function takeAnswer(
  res: IncomingMessage,
  out: string | undefined,
  onTaken: (bytes: number) => void,
): Promise<{ ok: true } | { ok: false; reason: 'not-whole' }> {
  // Beside its place, because a file can only be renamed within one disk; and for nobody else to read.
  const folder = await mkdtemp(join(out === undefined ? tmpdir() : dirname(out), '.release-'));
  const file = join(folder, basename(out ?? 'answer'));
  // What came so far is about patients: it does not stay when the command is stopped.
  const stopped = () => {
    rmSync(folder, { recursive: true, force: true });
    process.exit(1);
  };
  for (const signal of STOPS) process.once(signal, stopped);
  try {
    if (!(await isWhole(res, file, onTaken))) return { ok: false, reason: 'not-whole' };
    if (out === undefined) await pipeline(createReadStream(file), process.stdout, { end: false });
    else await rename(file, out);
    return { ok: true };
  } finally {
    for (const signal of STOPS) process.removeListener(signal, stopped);
    await rm(folder, { recursive: true, force: true });
  }
}

async function isWhole(
  res: IncomingMessage,
  file: string,
  onTaken: (bytes: number) => void,
): Promise<boolean> {
  const digest = createHash('sha256');
  const handle = await open(file, 'wx', 0o600);
  try {
    let taken = 0;
    for await (const chunk of res as AsyncIterable<Buffer>) {
      digest.update(chunk);
      await handle.writeFile(chunk);
      taken += chunk.length;
      onTaken(taken);
    }
    await handle.sync();
  } catch (error) {
    // The disk may be full, which is another matter than a connection that broke.
    if (res.complete) throw error;
    return false;
  } finally {
    await handle.close();
  }
  return res.headers['content-digest'] === `sha-256=:${digest.digest('base64')}:`;
}
