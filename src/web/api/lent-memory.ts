import type { Request } from 'express';

/** A body of some 20,000 numbers, in bytes. */
const SIZE = 256 * 1024;
/** What is shorter than this costs more to keep than to make anew. */
const SHORT = 16 * 1024;
/** So many pieces are kept for whoever comes next. */
const KEPT = 16;

/** Memory for a body, and for two numbers of each that it may ask about. */
export type Memory = { readonly body: Buffer; readonly numbers: Int32Array };

/** What a number takes in a body, in bytes: ten digits, two quotes and a comma. */
const NUMBER = 13;

const free: Memory[] = [];

/**
 * Lends memory for the body of a request to `use`, and takes it back when that has ended: by then nobody may look at it any
 * more. What each check makes anew and keeps until its transaction is on the disk is taken for old by the collector,
 * which then looks through all that the process has.
 *
 * @param use gets undefined for a body that is short, longer than this lends, or of unknown length
 */
export async function withMemoryFor<T>(
  req: Pick<Request, 'headers'>,
  use: (memory: Memory | undefined) => Promise<T>,
): Promise<T> {
  const length = Number(req.headers['content-length'] ?? 0);
  if (!(length >= SHORT && length <= SIZE)) return use(undefined);
  const memory = free.pop() ?? newMemory();
  try {
    return await use(memory);
  } finally {
    if (free.length < KEPT) free.push(memory);
  }
}

const newMemory = (): Memory => ({
  body: Buffer.allocUnsafeSlow(SIZE),
  numbers: new Int32Array(2 * Math.ceil(SIZE / NUMBER)),
});
