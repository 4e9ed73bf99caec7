import { setTimeout as pause } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { Stopped, untilStopped } from '../../src/guard/broken-input.ts';

const collectGarbage = () => {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
};

test('a chunk that was taken is let go of: memory stays the same however long the input is', async () => {
  const given: WeakRef<Buffer>[] = [];
  async function* input() {
    for (let n = 0; n < 20; n++) {
      const chunk = Buffer.alloc(100_000, n);
      given.push(new WeakRef(chunk));
      yield chunk;
    }
  }
  let taken = 0;
  let kept: unknown[] = [];
  for await (const chunk of untilStopped(input(), new AbortController().signal)) {
    taken += chunk.length;
    if (taken < 2_000_000) continue;
    await pause(1);
    collectGarbage();
    kept = given.slice(0, 15).filter((chunk) => chunk.deref() !== undefined);
  }
  expect([taken, kept]).toEqual([2_000_000, []]);
});

test('it stops at once, though the next chunk never comes', async () => {
  const stop = new AbortController();
  async function* input() {
    yield Buffer.from('one');
    await new Promise(() => {});
  }
  const chunks = untilStopped(input(), stop.signal);
  expect((await chunks.next()).value).toEqual(Buffer.from('one'));
  const next = chunks.next();
  stop.abort();
  await expect(next).rejects.toThrow(Stopped);
});
