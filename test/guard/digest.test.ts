import { createHash, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Digest } from '../../src/guard/digest.ts';

/** What is handed to the other thread at once. */
const SLOT = 1024 * 1024;
const bytes = randomBytes(3 * SLOT + 7);
const sha256 = (some: Uint8Array) => createHash('sha256').update(some).digest('hex');

async function digestOf(some: Buffer, chunk: number): Promise<string> {
  const digest = new Digest();
  // The memory of a chunk is used again at once, as a reader does.
  const own = Buffer.alloc(chunk);
  for (let at = 0; at < some.length; at += chunk) {
    const length = some.copy(own, 0, at, at + chunk);
    await digest.update(own.subarray(0, length));
  }
  own.fill(0);
  return digest.digest();
}

test.each([0, 1, SLOT - 1, SLOT, SLOT + 1, 2 * SLOT, 2 * SLOT + 1, bytes.length])(
  '%i bytes have the digest that they have, in chunks small and large',
  async (length) => {
    const some = bytes.subarray(0, length);
    for (const chunk of [1000, 65_536, SLOT, SLOT + 1, 4 * SLOT])
      expect(await digestOf(some, chunk)).toBe(sha256(some));
  },
);

const lengths = [0, 1, 7, 8, 100, 4095, 4096, 4097, 65_535, 65_536, 70_001, SLOT - 3, SLOT + 8];

test('wherever in memory they begin, and however long each is, pieces have the digest of all', async () => {
  const property = fc.asyncProperty(
    fc.array(fc.tuple(fc.nat(20), fc.constantFrom(...lengths)), { maxLength: 40 }),
    async (pieces) => {
      const digest = new Digest();
      const all = createHash('sha256');
      for (const [start, length] of pieces) {
        const piece = bytes.subarray(start, start + length);
        all.update(piece);
        await digest.update(piece);
      }
      expect(await digest.digest()).toBe(all.digest('hex'));
    },
  );
  await fc.assert(property, { numRuns: 60 });
});

test('many at once, some of them dropped half way, do not disturb each other', async () => {
  const all = Array.from({ length: 12 }, async (_, n) => {
    const some = bytes.subarray(n * 1000);
    if (n % 3 > 0) return (await digestOf(some, 50_000 + n)) === sha256(some);
    const dropped = new Digest();
    await dropped.update(some);
    dropped.drop();
    return true;
  });
  expect(await Promise.all(all)).toEqual(Array(12).fill(true));
});

test('one that is dropped while it waits for its turn takes no memory any more, however many there are', async () => {
  for (let n = 0; n < 20; n++) {
    const dropped = new Digest();
    const updated = dropped.update(bytes);
    dropped.drop();
    await updated;
  }
  // There still is memory for the next, so that it is digested in the other thread.
  const digest = new Digest();
  await digest.update(bytes);
  expect(Reflect.get(digest, 'thread')).toBeDefined();
  expect(await digest.digest()).toBe(sha256(bytes));
});
