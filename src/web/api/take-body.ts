import type { Request, Response } from 'express';
import { ArrivingBody } from './arriving-body.ts';
import { gunzip } from './gunzip.ts';

const NO_MEMORY = Buffer.alloc(0);

/** What a request sends, unpacked; `drop` lets go of the rest. */
export type TakenBody = { readonly content: AsyncIterable<Buffer>; drop(): void };

/**
 * Takes the body of a request; a client that waits to be asked for it is asked now.
 *
 * @param stallMs how long the client may make no progress, in milliseconds
 */
export function takeBody(
  req: Request,
  res: Response,
  encoding: 'gzip' | 'identity',
  stallMs: number,
): TakenBody {
  // This says how long is too long; the connection's own time-out knows nothing of a long decision.
  req.socket.setTimeout(0);
  const body = new ArrivingBody(req, stallMs);
  if (req.headers.expect !== undefined) res.writeContinue();
  return { content: encoding === 'gzip' ? gunzip(body) : body, drop: () => body.drop() };
}

/**
 * All of a body, or `too-large` when it is over `most` bytes.
 *
 * @param memory what fits into it is gathered there, and not in memory of its own
 */
export async function readWhole(
  content: AsyncIterable<Buffer>,
  most: number,
  memory: Buffer = NO_MEMORY,
): Promise<{ ok: true; bytes: Buffer } | { ok: false; reason: 'too-large' }> {
  const pieces: Buffer[] = [];
  let [size, gathered] = [0, 0];
  for await (const piece of content) {
    size += piece.length;
    if (size > most) return { ok: false, reason: 'too-large' };
    if (pieces.length === 0 && size <= memory.length) gathered += piece.copy(memory, gathered);
    else pieces.push(piece);
  }
  const start = memory.subarray(0, gathered);
  return { ok: true, bytes: pieces.length === 0 ? start : Buffer.concat([start, ...pieces]) };
}
