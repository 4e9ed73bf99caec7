import type { ServerResponse } from 'node:http';
import { finished } from 'node:stream/promises';
import type { DecidedRelease } from '../../guard/release.ts';

/** Sent at more than twice the speed of the usual 64 kB. */
const PIECE = 512 * 1024;

/**
 * Sends what leaves. Two pieces of memory are used again and again, for the collector would not keep up with new ones:
 * one is read while the other is sent.
 *
 * @param stallMs a client that takes nothing for so long has stopped reading
 * @returns whether everything was handed over; otherwise the connection is broken, so that the client sees it
 */
export async function sendSpooled(
  res: ServerResponse,
  { bytes, read, stopped }: Pick<DecidedRelease, 'bytes' | 'read' | 'stopped'>,
  stallMs: number,
): Promise<boolean> {
  let breakOff = () => {};
  const broken = new Promise<never>((_, reject) => {
    breakOff = () => {
      res.destroy();
      reject(new Error('The connection was broken'));
    };
  });
  // What broke shows where it is waited for.
  broken.catch(() => undefined);
  res.on('error', () => {});
  res.setTimeout(stallMs, breakOff);
  // An answer that waits behind another on the same connection hears nothing of its end by itself.
  const connection = res.req.socket;
  connection.once('close', breakOff);
  stopped.addEventListener('abort', breakOff);
  if (stopped.aborted || connection.destroyed) breakOff();
  try {
    const pieces = [bytes, bytes - PIECE].map((left) =>
      Buffer.allocUnsafe(Math.min(PIECE, Math.max(left, 0))),
    );
    let sent: Promise<unknown> = Promise.resolve();
    for (let position = 0; position < bytes; position += PIECE) {
      const piece = pieces[(position / PIECE) % 2] as Buffer;
      const next = piece.subarray(0, bytes - position);
      await read(next, position);
      await sent;
      sent = Promise.race([handedOver(res, next), broken]);
      // It fails where it is waited for.
      sent.catch(() => undefined);
    }
    await sent;
    res.end();
    await Promise.race([finished(res), broken]);
    return true;
  } catch {
    res.destroy();
    return res.writableFinished;
  } finally {
    connection.off('close', breakOff);
    stopped.removeEventListener('abort', breakOff);
  }
}

/** Writes a piece, and waits until its memory is free again. */
function handedOver(res: ServerResponse, piece: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    res.write(piece, (error) => (error ? reject(error) : resolve()));
  });
}
