import type { Request } from 'express';

/** A body of some 20,000 numbers, in bytes. */
const SIZE = 256 * 1024;
/** What is shorter than this costs more to keep than to make anew. */
const SHORT = 16 * 1024;
/** So many pieces are kept for whoever comes next. */
const KEPT = 16;

const free: Buffer[] = [];

/**
 * Lends memory for the body of a request to `use`, and takes it back when that has ended: by then nobody may look at it any
 * more. What each check makes anew and keeps until its transaction is on the disk is taken for old by the collector,
 * which then looks through all that the process has.
 *
 * @param use gets undefined for a body that is short, longer than this lends, or of unknown length
 */
export async function withMemoryFor<T>(
  req: Pick<Request, 'headers'>,
  use: (memory: Buffer | undefined) => Promise<T>,
): Promise<T> {
  const length = Number(req.headers['content-length'] ?? 0);
  if (!(length >= SHORT && length <= SIZE)) return use(undefined);
  const memory = free.pop() ?? Buffer.allocUnsafeSlow(SIZE);
  try {
    return await use(memory);
  } finally {
    if (free.length < KEPT) free.push(memory);
  }
}
