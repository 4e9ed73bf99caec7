import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openBusyPractice } from '../house/busy-practice.ts';
import { freePort, startApp } from '../support/app-process.ts';
import { openRegistry } from '../support/registry.ts';
import { clients, type Load } from './clients.ts';
import { firstAndLast, sampleMemory } from './memory.ts';
import { Said } from './said.ts';

/** SOAK_MINUTES of everything at once, on each database: 30 of them unless it is said. */
const MINUTES = Number(process.env.SOAK_MINUTES ?? 30);
const PEOPLE = 1_500;
/** One stretch, of which memory is sampled: a minute, or less when the whole is short. */
const STRETCH_MS = Math.min(60_000, (MINUTES * 60_000) / 18);

/**
 * How much more heap a collection may leave in the last third than in the first, in MB. What stays by design is bounded:
 * the index of the practice (some 100 kB), what was decided by four rules, the pages' templates. A release that was
 * never let go of would keep its membership, at least 3 kB, and there are thousands of them and of checks.
 */
const MORE_HEAP = 8;
/** The same for the process: of its memory the collector gives back late, and what is free is in pieces. */
const MORE_RESIDENT = 0.2;

const token = 'a-token-for-metrics-of-the-mixed-load';

test.each(['sqlite', 'postgresql'])(
  'pages, recording, checks, releases and clients that misbehave at once, on %s: no error, the law holds, memory stays',
  async (kind) => {
    process.env.TEST_DATABASE = kind;
    const registry = await openRegistry({ METRICS_TOKEN: token, CLIENT_STALL_SECONDS: '10' });
    const practice = await openBusyPractice(registry.services, PEOPLE);
    const app = await startApp(registry.env, await freePort());
    const stopping = new AbortController();
    const { signal: stop } = stopping;
    const movable = [...practice.patientIds.keys()].filter((_, n) => n % 3 !== 0);
    const done: Load['done'] = {};
    const load: Load = { address: app.address, practice, said: new Said(), movable, stop, done };

    const faults: unknown[] = [];
    const all = Object.entries(clients).map(([name, run]) =>
      run(load).catch((error) => {
        faults.push(new Error(`${name}: ${error}`));
        stopping.abort();
      }),
    );
    const memory = sampleMemory(app.address, token, STRETCH_MS, stop);
    const end = performance.now() + MINUTES * 60_000;
    while (performance.now() < end && !stop.aborted) await pause(500);
    stopping.abort();
    await Promise.all(all);
    const samples = await memory;
    await app.end('SIGTERM');
    process.stdout.write(`${JSON.stringify({ kind, minutes: MINUTES, done, samples })}\n`);

    expect(faults).toEqual([]);
    // Verifies the ledger, and with it that nobody who had objected was in any release.
    await registry.close();
    // That nobody was idle, and so nothing was shown.
    for (const count of Object.values(done)) expect(count).toBeGreaterThan(MINUTES);
    expect(Object.keys(done)).toHaveLength(Object.keys(clients).length);
    const heap = firstAndLast(samples, 'heap');
    const resident = firstAndLast(samples, 'resident');
    expect(heap.last).toBeLessThan(heap.first + MORE_HEAP);
    expect(resident.last).toBeLessThan(resident.first * (1 + MORE_RESIDENT));
  },
  10_800_000,
);
