import { join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { openGuard } from '../../src/guard/open-guard.ts';
import type { DecidedPart, PartsWork } from '../../src/guard/release.ts';
import { extractStore } from '../../src/store/extract-store.ts';
import { patientIndexSource } from '../../src/store/patient-index-store.ts';
import { releaseStore } from '../../src/store/release-store.ts';
import '../support/registry.ts';
import { HEADER, openScene, pieces, rowOf, type Scene, START } from './scene.ts';

const QUARTER = 15 * 60_000;
const file = (patient: number) => HEADER + rowOf(patient);

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.end());

async function begin(guard: Pick<Scene['services']['guard'], 'startParts'> = scene.services.guard) {
  const started = await guard.startParts(scene.job, 'research');
  if (!started.ok) throw new Error(started.reason);
  return started.release;
}

async function fetched(release: PartsWork, name: string): Promise<DecidedPart> {
  const done = await release.fetch(name);
  if (!done.ok) throw new Error(done.reason);
  return done.part;
}

async function textOf(part: DecidedPart): Promise<string> {
  const bytes = Buffer.alloc(part.bytes);
  await part.read(bytes, 0);
  return bytes.toString();
}

test('a file that takes longer to send than a release may lie is sent to its end, though another was fetched meanwhile', async () => {
  const made = vi.spyOn(globalThis, 'setTimeout');
  const cleared = vi.spyOn(globalThis, 'clearTimeout');
  onTestFinished(() => {
    made.mockRestore();
    cleared.mockRestore();
  });
  /** What would happen in a quarter of an hour, when nothing else does. */
  const passQuarter = () => {
    const gone = new Set<unknown>(cleared.mock.calls.map(([timer]) => timer));
    made.mock.calls.forEach(([pass, delay], place) => {
      const timer: unknown = made.mock.results[place]?.value;
      if (delay !== QUARTER || gone.has(timer)) return;
      gone.add(timer);
      (pass as () => void)();
    });
  };
  const release = await begin();
  for (const patient of [0, 1, 2]) await release.add(`${patient}`, 'text/csv', pieces(file(patient)));
  expect(await release.complete()).toEqual({ ok: true });
  const slow = await fetched(release, '0');
  const quick = await fetched(release, '1');
  expect(await textOf(quick)).toBe(file(1));
  await quick.end(true);
  passQuarter();
  expect(await textOf(slow)).toBe(file(0));
  await slow.end(true);
  // The last may be fetched still; then nothing more is waited for.
  const last = await fetched(release, '2');
  await last.end(false);
  passQuarter();
  expect(await release.fetch('2')).toEqual({ ok: false, reason: 'no-such-part' });
  await expect.poll(() => scene.services.guard.releasesAtWork().atWork).toBe(0);
});

test('a lease that is to be renewed when the release has ended leaves its files to be fetched', async () => {
  const { database, vault, config } = scene.services;
  const store = releaseStore(database);
  let [renew, renewing] = [() => {}, () => {}];
  const untilRenewed = new Promise<void>((resolve) => {
    renew = resolve;
  });
  const untilAsked = new Promise<void>((resolve) => {
    renewing = resolve;
  });
  const answers: Promise<unknown>[] = [];
  const guard = openGuard({
    extracts: extractStore(database, vault),
    releases: {
      ...store,
      // As if the disk were slow just then.
      renew(...given) {
        renewing();
        const answer = untilRenewed.then(() => store.renew(...given));
        answers.push(answer);
        return answer;
      },
    },
    indexSource: (practiceId) => patientIndexSource(database, practiceId),
    now: () => scene.clock.now ?? START,
    spoolFolder: join(config.dataDir, 'spool'),
    spoolMaxBytes: 1e9,
  });
  const release = await begin(guard);
  await release.add('a', 'text/csv', pieces(file(0)));
  scene.clock.now = new Date(START.getTime() + 16_000);
  await untilAsked;
  expect(await release.complete()).toEqual({ ok: true });
  renew();
  expect(await Promise.all(answers)).toEqual(['interrupted']);
  const part = await fetched(release, 'a');
  expect(await textOf(part)).toBe(file(0));
  await part.end(true);
  expect(guard.releasesAtWork().atWork).toBe(0);
});
