import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { openGuard } from '../../src/guard/open-guard.ts';
import { BrokenInput, type DecidedPart, type PartsWork } from '../../src/guard/release.ts';
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

const names = ['a', 'b', 'c'] as const;
const fileOf = (name: string) => HEADER + rowOf(1) + rowOf(names.indexOf(name as 'a') + 2);
const kept = (name: string) => HEADER + rowOf(names.indexOf(name as 'a') + 2);

type What = 'add' | 'complete' | 'fetch' | 'fault' | 'break' | 'give up';
type Step = readonly [what: What, name: string, isWaitedFor: boolean];
const anyOf = (...whats: What[]): fc.Arbitrary<Step> =>
  fc.tuple(fc.constantFrom(...whats), fc.constantFrom(...names), fc.boolean());
const anything = anyOf('add', 'complete', 'fetch', 'fault', 'break', 'give up');
/** Nearly as a client does it, so that many come to be decided and fetched. */
const nearlyWhole: fc.Arbitrary<Step[]> = fc
  .tuple(
    fc.array(anyOf('add', 'add', 'add', 'add', 'fetch', 'fault', 'break'), { maxLength: 3 }),
    fc.constant<Step>(['complete', 'a', true]),
    fc.array(anyOf('fetch', 'fetch', 'fetch', 'fetch', 'add', 'complete', 'give up'), { maxLength: 8 }),
  )
  .map(([taken, complete, fetched]) => [...taken, complete, ...fetched]);
const someSteps = fc.oneof(fc.array(anything, { maxLength: 14 }), nearlyWhole);
const whole: Step[] = [
  ['complete', 'a', true],
  ['fetch', 'a', true],
];

test('whatever is asked of a release in parts, in whatever order and at once: no place is lost, and no file leaves but by its decision', async () => {
  await scene.object(1);
  const { guard, database } = scene.services;
  async function* broken(): AsyncGenerator<Buffer> {
    yield Buffer.from(HEADER);
    throw new BrokenInput('client-gone');
  }
  let all = 0;
  const property = fc.asyncProperty(someSteps, async (some) => {
    const release = await begin();
    const handedOver: string[] = [];
    const fetch = async (name: string) => {
      const done = await release.fetch(name);
      if (!done.ok) return;
      // As with a connection: what cannot be read is not handed over.
      const text = await textOf(done.part).catch(() => undefined);
      if (text !== undefined) {
        expect(text).toBe(kept(name));
        handedOver.push(name);
      }
      await done.part.end(text !== undefined);
    };
    const ask: Readonly<Record<What, (name: string) => Promise<unknown>>> = {
      add: (name) => release.add(name, 'text/csv', pieces(fileOf(name))),
      fault: (name) => release.add(name, 'text/csv', pieces('a,b\n')),
      break: (name) => release.add(name, 'text/csv', broken()),
      complete: () => release.complete(),
      fetch,
      'give up': () => release.giveUp('client-stopped'),
    };
    const asked: Promise<unknown>[] = [];
    for (const [what, name, isWaitedFor] of [['add', 'a', true] as const, ...some]) {
      const answer = ask[what](name);
      asked.push(answer);
      if (isWaitedFor) await answer;
    }
    await Promise.all(asked);
    await release.giveUp('client-stopped');
    expect([guard.releasesAtWork().atWork, guard.findParts(scene.job, release.id)]).toEqual([0, undefined]);
    const { status, decidedIndex } = await database.reader.release.findUniqueOrThrow({
      where: { id: release.id },
    });
    expect([status, decidedIndex !== null]).toEqual(
      status === 'complete' ? ['complete', true] : ['failed', false],
    );
    expect(new Set(handedOver).size).toBe(handedOver.length);
    if (status === 'failed') expect(handedOver).toEqual([]);
    all += handedOver.length;
  });
  await fc.assert(property, { numRuns: 60, examples: [[whole]] });
  expect(all).toBeGreaterThan(0);
});
