import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import request from 'supertest';
import { afterEach, beforeEach, describe, expect, inject, test, vi } from 'vitest';
import { HEADER, manager, rowOf } from '../../guard/scene.ts';
import { commandLine } from '../../support/command-line.ts';
import '../../support/registry.ts';
import { type ApiScene, openApiScene } from './api-scene.ts';
import { expectProblem } from './expect-problem.ts';
import { holdLedger } from './hold-ledger.ts';
import { openWire, releaseHead, type Wire } from './wire.ts';

const token = 'a token that only the monitoring system has';
const LENGTH = 1_000_000;
const small = HEADER + rowOf(0);

let scene: ApiScene;
beforeEach(async () => {
  scene = await openApiScene({ RELEASES_MAX: '2', METRICS_TOKEN: token });
});
afterEach(() => scene.end());

const atWork = () => scene.services.guard.releasesAtWork().atWork;
const untilAtWork = (count: number) => expect.poll(atWork, { timeout: 20_000 }).toBe(count);

/** A client that has sent the beginning of its file, for a release that is at work. */
async function holdOpen(): Promise<Wire> {
  const before = atWork();
  const wire = openWire(scene.address);
  wire.write(releaseHead(scene.key, LENGTH) + small);
  await untilAtWork(before + 1);
  return wire;
}

const begin = () => scene.ask('POST', '/extracts/research/releases?parts=true');
const add = (id: unknown, name: string, csv: string) =>
  scene.ask('POST', `/releases/${id}/parts?name=${name}`, {
    headers: { 'content-type': 'text/csv' },
    body: csv,
  });
const complete = (id: unknown) => scene.ask('POST', `/releases/${id}/complete`);

/** All that a release writes down. */
async function written() {
  const { ledgerHead, release } = scene.services.database.reader;
  const { size } = await ledgerHead.findUniqueOrThrow({ where: { practiceId: scene.practiceId } });
  return { size, releases: await release.count() };
}

describe('when as many releases are at work as may be', () => {
  let held: Wire[];
  beforeEach(async () => {
    held = [await holdOpen(), await holdOpen()];
  });

  test('one more is told to come again, before its file is asked for, and nothing is written down', async () => {
    await expect.poll(() => scene.services.database.reader.release.count()).toBe(2);
    const before = await written();
    const answer = await scene.release(small);
    expectProblem(answer, 'too-many-releases');
    expect(answer.status).toBe(503);
    expect(answer.headers).toMatchObject({ 'retry-after': '10' });
    expect(answer.headers).not.toHaveProperty('release-id');
    expectProblem(await begin(), 'too-many-releases');

    const asking = openWire(scene.address);
    asking.write(releaseHead(scene.key, LENGTH, 'Expect: 100-continue\r\n'));
    expect(await asking.until('"code":"too-many-releases"')).toMatch(/^HTTP\/1\.1 503 /);
    asking.socket.destroy();

    const file = join(inject('folder'), 'one-more.csv');
    await writeFile(file, small);
    const env = { ...scene.registry.env, PUBLIC_URL: scene.address, OPT_OUT_REGISTRY_KEY: scene.key };
    const line = expect.stringMatching(/\(too-many-releases\)\. .*Try again in 10 seconds\.$/);
    expect(await commandLine(env, 'release', '--extract', 'research', file)).toMatchObject({
      exit: 4,
      complaints: [line],
    });
    expect(await written()).toEqual(before);
    expect(atWork()).toBe(2);
  });

  test('all that is looked at first comes first: key, extract, state, type', async () => {
    await scene.addExtract({ extractId: 'ended', endsOn: '2026-01-02' });
    const authorization = `Bearer ${await scene.makeKey(['ended'])}`;
    expectProblem(await scene.release(small, { authorization: 'Bearer none' }), 'no-key');
    expectProblem(await scene.release(small, { authorization }), 'not-your-extract');
    expectProblem(await scene.release(small, { authorization }, 'ended'), 'out-of-dates');
    expectProblem(await scene.release(small, { 'content-type': 'text/html' }), 'wrong-type');
    expectProblem(await scene.release(small, { 'content-encoding': 'br' }), 'wrong-encoding');
  });

  test('other doors stay open, and a monitor sees it', async () => {
    const check = { headers: { 'content-type': 'text/plain' }, body: '9990000018\n' };
    expect((await scene.ask('POST', '/extracts/research/checks', check)).status).toBe(200);
    expect((await scene.ask('GET', '/extracts/research/readiness')).json).toMatchObject({ ready: true });
    for (const path of ['/health/ready', '/log-in', '/register/A12345']) {
      const { status } = await request(scene.address).get(path);
      expect([path, status]).not.toEqual([path, 503]);
    }
    const { text } = await request(scene.address).get('/metrics').set('Authorization', `Bearer ${token}`);
    expect(text).toMatch(/^opt_out_registry_releases_at_work 2$/m);
    expect(text).toMatch(/^opt_out_registry_releases_max 2$/m);
  });

  test('the place of one that breaks off is free, and the other goes on', async () => {
    held[0]?.socket.destroy();
    await untilAtWork(1);
    const answer = await scene.release(small);
    expect(answer.status).toBe(200);
    await untilAtWork(1);
    held[1]?.write('x'.repeat(LENGTH - small.length - 1));
    held[1]?.write('\n');
    expect(await held[1]?.until('Release-Counts')).toMatch(/^HTTP\/1\.1 200 /);
    await untilAtWork(0);
  });
});

test('of many that come at the same moment, no two take the last place', async () => {
  const { guard } = scene.services;
  const all = await Promise.all(
    [1, 2, 3, 4, 5].map(() => guard.startRelease(scene.job, 'research', 'text/csv')),
  );
  const begun = all.flatMap((one) => (one.ok ? [one.release] : []));
  expect([begun.length, atWork()]).toEqual([2, 2]);
  for (const one of all) if (!one.ok) expect(one.reason).toBe('too-many-releases');
  for (const one of begun) await one.fail('client-gone');
  expect(atWork()).toBe(0);
});

describe('a release in parts has its place', () => {
  test('until its last file was fetched', async () => {
    const { id } = (await begin()).json;
    expect((await add(id, 'a', small)).status).toBe(204);
    expect(atWork()).toBe(1);
    expect((await complete(id)).status).toBe(200);
    expect(atWork()).toBe(1);
    expect((await scene.ask('GET', `/releases/${id}/parts/a`)).text).toBe(small);
    await untilAtWork(0);
  });

  test('until a fault ends it', async () => {
    const [one, two] = [(await begin()).json.id, (await begin()).json.id];
    expectProblem(await begin(), 'too-many-releases');
    expectProblem(await add(one, 'a', 'a,b\n'), 'no-nhs-number-column');
    expect(atWork()).toBe(1);
    expectProblem(await complete(two), 'empty-body');
    expect(atWork()).toBe(0);
  });

  test('until whoever sends a file breaks off', async () => {
    const { id } = (await begin()).json;
    await add(id, 'a', small);
    const wire = openWire(scene.address);
    const head = releaseHead(scene.key, LENGTH).replace(/\/extracts\/\S+/, `/releases/${id}/parts?name=b`);
    wire.write(head + small);
    // What the release says to a file that it has, until the other begins to come.
    await expect.poll(async () => (await add(id, 'a', small)).json.code).toBe('parts-busy');
    wire.socket.destroy();
    await untilAtWork(0);
    expect(await scene.found(id)).toMatchObject({ status: 'failed', reason: 'client-gone' });
  });

  test('not when whoever began it is gone, and never hears its id', async () => {
    const goOn = holdLedger(scene);
    const wire = openWire(scene.address);
    wire.write(releaseHead(scene.key, 0).replace('/releases', '/releases?parts=true'));
    await untilAtWork(1);
    wire.socket.destroy();
    // Whoever asks later is answered when the app has seen what came before.
    await scene.ask('GET', '/extracts');
    await goOn();
    await untilAtWork(0);
    const row = await scene.services.database.reader.release.findFirstOrThrow();
    expect(row).toMatchObject({ status: 'failed', reason: 'client-gone' });
  });

  test.each([
    ['takes files', 'failed'],
    ['is decided', 'complete'],
  ])('until it was left alone for a quarter of an hour, when it %s', async (state, status) => {
    const timers = vi.spyOn(globalThis, 'setTimeout');
    const { id } = (await begin()).json;
    await add(id, 'a', small);
    if (state === 'is decided') await complete(id);
    const ofIdle = timers.mock.calls.filter(([, delay]) => delay === 15 * 60_000);
    timers.mockRestore();
    const [pass] = ofIdle.at(-1) ?? [];
    expect(atWork()).toBe(1);
    (pass as () => void)();
    await untilAtWork(0);
    expect(await scene.found(id)).toMatchObject({ status });
  });
});

test('what does not begin, fails or breaks off in any way leaves no place taken', async () => {
  const { keys } = scene.services;
  const revoked = await scene.makeKey(['research']);
  const { id: keyId = '' } = (await keys.findUsable(revoked)) ?? {};
  await keys.revoke({ practiceId: scene.practiceId, id: keyId }, manager);
  const large = HEADER + rowOf(0, 'x'.repeat(10_000)).repeat(1000);
  const packed = gzipSync(small);
  /** Sends bytes by hand, waits for what is said, and breaks off. */
  const breakOff = async (text: string, until?: string) => {
    const wire = openWire(scene.address);
    wire.write(text);
    if (until === undefined) await new Promise((resolve) => wire.socket.write('', resolve));
    else await Promise.race([wire.until(until), wire.until('too-many-releases')]);
    wire.socket.destroy();
    await wire.closed();
  };
  const ways: (() => Promise<unknown>)[] = [
    () => scene.release(small),
    () => scene.release(small, { 'content-type': 'text/html' }),
    () => scene.release(small, { authorization: `Bearer ${revoked}` }),
    () => scene.release('a,b\n'),
    () => scene.release(''),
    () => scene.release(packed.subarray(0, 20), { 'content-encoding': 'gzip' }),
    () => breakOff(releaseHead(scene.key, LENGTH)),
    () => breakOff(releaseHead(scene.key, LENGTH) + small),
    () => breakOff(releaseHead(scene.key, small.length) + small),
    () => breakOff(releaseHead(scene.key, large.length) + large, 'Release-Id'),
    () => breakOff(releaseHead(scene.key, LENGTH, 'Expect: 100-continue\r\n'), '100 Continue'),
    async () => {
      const { id } = (await begin()).json;
      await add(id, 'a', small);
      await complete(id);
      await scene.ask('GET', `/releases/${id}/parts/a`);
    },
    async () => complete((await begin()).json.id),
  ];
  const all = [1, 2, 3, 4].flatMap((time) => ways.map((_, place) => ways[(place * time) % ways.length]));
  const next = async (): Promise<void> => {
    const way = all.shift();
    if (way === undefined) return;
    await way();
    return next();
  };
  await Promise.all([next(), next(), next(), next()]);
  await untilAtWork(0);
  const { release } = scene.services.database.reader;
  expect(await release.count({ where: { status: 'started' } })).toBe(0);
  const statuses = await release.findMany({ distinct: ['status'], select: { status: true } });
  expect(statuses.map(({ status }) => status)).toEqual(expect.arrayContaining(['complete', 'failed']));
  expect((await Promise.all([1, 2].map(() => scene.release(small)))).map(({ status }) => status)).toEqual([
    200, 200,
  ]);
});
