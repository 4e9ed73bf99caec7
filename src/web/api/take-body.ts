import type { Request, Response } from 'express';
import { ArrivingBody } from './arriving-body.ts';
import { gunzip } from './gunzip.ts';

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

/** All of a body, or `too-large` when it is over `most` bytes. */
export async function readWhole(
  content: AsyncIterable<Buffer>,
  most: number,
): Promise<{ ok: true; bytes: Buffer } | { ok: false; reason: 'too-large' }> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of content) {
    size += piece.length;
    if (size > most) return { ok: false, reason: 'too-large' };
    pieces.push(piece);
  }
  return { ok: true, bytes: Buffer.concat(pieces) };
}
