import type { ServerResponse } from 'node:http';
import { finished } from 'node:stream/promises';
import type { DecidedRelease } from '../../guard/release.ts';

/** Sent at more than twice the speed of the usual 64 kB. */
const PIECE = 1024 * 1024;

/**
 * Sends what leaves. One piece of memory is used again and again, for the collector would not keep up with new ones.
 *
 * @param stallMs a client that takes nothing for so long has stopped reading
 * @returns whether everything was handed over; otherwise the connection is broken, so that the client sees it
 */
export async function sendSpooled(
  res: ServerResponse,
  { bytes, read, stopped }: Pick<DecidedRelease, 'bytes' | 'read' | 'stopped'>,
  stallMs: number,
): Promise<boolean> {
  const breakOff = () => void res.destroy();
  // What broke shows where it is waited for.
  res.on('error', () => {});
  res.setTimeout(stallMs, breakOff);
  stopped.addEventListener('abort', breakOff);
  if (stopped.aborted) breakOff();
  try {
    const piece = Buffer.allocUnsafe(Math.min(PIECE, bytes));
    for (let position = 0; position < bytes; position += PIECE) {
      const next = piece.subarray(0, Math.min(PIECE, bytes - position));
      await read(next, position);
      await handedOver(res, next);
    }
    res.end();
    await finished(res);
    return true;
  } catch {
    res.destroy();
    return false;
  } finally {
    stopped.removeEventListener('abort', breakOff);
  }
}

/** Writes a piece, and waits until its memory is free again. */
function handedOver(res: ServerResponse, piece: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    res.write(piece, (error) => (error ? reject(error) : resolve()));
  });
}
