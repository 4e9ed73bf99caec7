// Whether what came out of a release of CSV is what should: looked at line by line, in another way than the guard does.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** A row begins with the number, in which there is never a quote; a line that begins otherwise goes on with a row. */
const BEGINS = /^(\d{10}),/;

/**
 * Says how many rows of a file are about people who objected, and how many of what was released are.
 *
 * @param withheld the numbers of all who objected
 * @throws when somebody's row left who objected, or a row of anybody else did not
 */
export async function law(file, released, withheld) {
  const objected = new Set(withheld);
  const [before, after] = [await countRows(file, objected), await countRows(released, objected)];
  if (after.objected > 0) throw new Error(`${after.objected} rows left whose patients had objected`);
  if (after.others !== before.others)
    throw new Error(`${before.others - after.others} rows of others were lost`);
  return `Of the release ${before.others + before.objected} rows came in, ${before.objected} of them of people who had objected, and the other ${after.others} left.`;
}

async function countRows(file, objected) {
  const counts = { objected: 0, others: 0 };
  for await (const line of createInterface({ input: createReadStream(file, { highWaterMark: 1 << 20 }) })) {
    const number = BEGINS.exec(line)?.[1];
    if (number !== undefined) counts[objected.has(number) ? 'objected' : 'others']++;
  }
  return counts;
}
