// Many small requests: how many a second, and how long one takes.
import { setTimeout as pause } from 'node:timers/promises';
import { checking, post } from './our-own.mjs';

/**
 * Lets some clients ask again and again for some seconds: how many answers a second, and how long they took in ms.
 *
 * @param waitMs how long each waits between an answer and its next question, in ms
 */
export async function rate(clients, seconds, ask, waitMs = 0) {
  await ask();
  const times = [];
  const start = performance.now();
  const client = async () => {
    while (performance.now() - start < seconds * 1000) {
      const asked = performance.now();
      await ask();
      times.push(performance.now() - asked);
      if (waitMs > 0) await pause(waitMs);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  const perSecond = times.length / ((performance.now() - start) / 1000);
  times.sort((one, other) => one - other);
  const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))];
  return { perSecond, p50: at(0.5), p99: at(0.99) };
}

/** Checks a second; each is decided, entered in the ledger and on the disk before its answer. */
export async function checks(registry, plainPort) {
  const { numbers } = registry;
  const one = JSON.stringify({ nhsNumbers: numbers.slice(1, 2) });
  const many = JSON.stringify({
    nhsNumbers: Array.from({ length: 10_000 }, (_, n) => numbers[n % numbers.length]),
  });
  const to = checking(registry);
  const plain = {
    url: `http://127.0.0.1:${plainPort}/check`,
    headers: { 'content-type': 'application/json' },
  };
  return {
    alone: await rate(1, 3, () => post(to, one)),
    together: await rate(64, 5, () => post(to, one)),
    many: await rate(8, 3, () => post(to, many)),
    manyPlain: await rate(8, 3, () => post(plain, many)),
  };
}
