import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { type Digested, DigestThread } from '../../src/ledger/digest-thread.ts';

const text = Buffer.from('one\ntwo\nthree\n');
const sha256 = (some: string) => createHash('sha256').update(some).digest('hex');
const digested = (digest: string): Digested => ({
  before: Buffer.from('salt'),
  spans: Uint32Array.of(0, 4, 8, 14),
  after: 'more',
  digest,
});

test('it finds the first digest that is wrong, and who asks when it is gone does not wait for ever', async () => {
  const thread = new DigestThread(text);
  const [right, wrong] = [digested(sha256('saltone\nthree\nmore')), digested(sha256('salt'))];
  expect(await thread.firstWrong([right, right])).toBe(-1);
  expect(await thread.firstWrong([right, wrong, wrong])).toBe(1);
  await thread.end();
  await expect(thread.firstWrong([right])).rejects.toThrow('The thread that digests has ended');
});
