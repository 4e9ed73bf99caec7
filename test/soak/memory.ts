import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';

/** Of one stretch of time, in MB: the most memory of the process, and the least heap, which is nearly what a collection leaves. */
export type Sample = { readonly resident: number; readonly heap: number };

const EVERY_MS = 500;
const MEGABYTE = 2 ** 20;

/** Looks at the memory of an app by its own /metrics until it is told to stop; a sample for each stretch. */
export async function sampleMemory(
  address: string,
  token: string,
  stretchMs: number,
  stop: AbortSignal,
): Promise<Sample[]> {
  const samples: Sample[] = [];
  while (!stop.aborted) {
    const end = performance.now() + stretchMs;
    let [resident, heap] = [0, Number.POSITIVE_INFINITY];
    while (performance.now() < end && !stop.aborted) {
      const read = await metrics(address, token);
      resident = Math.max(resident, read('process_resident_memory_bytes') / MEGABYTE);
      heap = Math.min(heap, read('nodejs_heap_size_used_bytes') / MEGABYTE);
      await pause(EVERY_MS);
    }
    samples.push({ resident: Math.round(resident), heap: Math.round(heap) });
  }
  return samples;
}

async function metrics(address: string, token: string): Promise<(name: string) => number> {
  // A connection for each: one that is kept may be closed by the server while it is used again.
  const asked = get(`${address}/metrics`, { agent: false, headers: { authorization: `Bearer ${token}` } });
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  const body = await text(answer);
  return (name) => {
    const [, value] = new RegExp(`^${name} (\\S+)$`, 'm').exec(body) ?? [];
    if (value === undefined) throw new Error(`/metrics does not tell ${name}`);
    return Number(value);
  };
}

/** The middle one of the first third, after a sixth of the time to warm up, and that of the last third. */
export function firstAndLast(samples: readonly Sample[], of: keyof Sample): { first: number; last: number } {
  const values = samples.map((sample) => sample[of]);
  const sixth = Math.floor(values.length / 6);
  const middle = (some: number[]) => some.sort((a, b) => a - b)[Math.floor(some.length / 2)] ?? Number.NaN;
  return { first: middle(values.slice(sixth, 3 * sixth)), last: middle(values.slice(-2 * sixth)) };
}
