import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openGuard } from '../../src/guard/open-guard.ts';
import type { ReleaseStore } from '../../src/guard/release-store.ts';
import { extractStore } from '../../src/store/extract-store.ts';
import { patientIndexSource } from '../../src/store/patient-index-store.ts';
import { releaseStore } from '../../src/store/release-store.ts';
import '../support/registry.ts';
import { everybody, HEADER, manager, openScene, pieces, release, rowOf, type Scene, START } from './scene.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.end());

const rowOfRelease = (id: string) =>
  scene.services.database.reader.release.findUniqueOrThrow({ where: { id } });
const suspend = () => scene.tamper({ state: 'suspended' });
const revoke = () =>
  scene.services.keys.revoke({ practiceId: scene.practiceId, id: scene.job.keyId }, manager);
const timeOf = ({ clock }: Scene) => (clock.now ?? START).getTime();
const never = () => new Promise(() => undefined);

async function start() {
  const started = await scene.services.guard.startRelease(scene.job, 'research', 'text/csv');
  if (!started.ok) throw new Error(started.reason);
  return started.release;
}

/** A guard for which time stands still: its releases never come to renew their leases. */
function guardOf(different: Partial<ReleaseStore> = {}) {
  const { database, vault, config } = scene.services;
  return openGuard({
    extracts: extractStore(database, vault),
    releases: { ...releaseStore(database), ...different },
    indexSource: (practiceId) => patientIndexSource(database, practiceId),
    now: () => START,
    spoolFolder: join(config.dataDir, 'spool'),
    spoolMaxBytes: 1e9,
  });
}

describe('a running release stops', () => {
  it.each([
    ['its key is revoked', revoke, 'no-key'],
    ['its extract is suspended', suspend, 'extract-suspended'],
  ])('when %s, though its input is stuck', async (_, stop, reason) => {
    const started = await start();
    expect(await started.decide(pieces(everybody, stop, never))).toEqual({ ok: false, reason });
    expect(await rowOfRelease(started.id)).toMatchObject({ status: 'failed', reason });
  });

  it('when whoever sent it is gone, though its input is stuck', async () => {
    const started = await start();
    const gone = new AbortController();
    const input = pieces(everybody, async () => gone.abort(), never);
    expect(await started.decide(input, gone.signal)).toEqual({ ok: false, reason: 'client-gone' });
    expect(await rowOfRelease(started.id)).toMatchObject({ status: 'failed', reason: 'client-gone' });
  });

  it('when whoever sent it goes while the decision waits to be written down', async () => {
    const gone = new AbortController();
    const guard = guardOf({
      decide: (...given) => {
        gone.abort();
        return releaseStore(scene.services.database).decide(...given);
      },
    });
    const started = await guard.startRelease(scene.job, 'research', 'text/csv');
    if (!started.ok) throw new Error(started.reason);
    const decision = await started.release.decide(pieces(everybody), gone.signal);
    expect(decision).toEqual({ ok: false, reason: 'client-gone' });
    const row = await rowOfRelease(started.release.id);
    expect(row).toMatchObject({ status: 'failed', reason: 'client-gone', decidedIndex: null });
    expect(await scene.services.database.reader.releaseAccount.count()).toBe(0);
  });

  it('when whoever sent it goes as soon as the decision is written down: that counts as having left', async () => {
    const gone = new AbortController();
    const guard = guardOf({
      async decide(...given) {
        const committed = await releaseStore(scene.services.database).decide(...given);
        gone.abort();
        return committed;
      },
    });
    const started = await guard.startRelease(scene.job, 'research', 'text/csv');
    if (!started.ok) throw new Error(started.reason);
    const decision = await started.release.decide(pieces(everybody), gone.signal);
    if (!decision.ok) throw new Error(decision.reason);
    expect([decision.decided.stopped.aborted, guard.releasesAtWork().atWork]).toEqual([true, 1]);
    await decision.decided.end('interrupted');
    const row = await rowOfRelease(started.release.id);
    expect(row).toMatchObject({ status: 'interrupted', reason: 'connection-broken', countOut: 6 });
    expect(await scene.services.database.reader.releaseAccount.count()).toBe(1);
    expect(guard.releasesAtWork().atWork).toBe(0);
  });

  it('when its key is revoked while it is sent', async () => {
    const decision = await (await start()).decide(pieces(everybody));
    if (!decision.ok) throw new Error(decision.reason);
    const { decided } = decision;
    const content = decided.content();
    await revoke();
    await new Promise((resolve) => content.once('error', resolve));
    await decided.end('interrupted');
    expect(await rowOfRelease(decided.id)).toMatchObject({ status: 'interrupted', reason: 'no-key' });
  });
});

describe('a release whose process died', () => {
  const later = (seconds: number) => {
    scene.clock.now = new Date(timeOf(scene) + seconds * 1000);
  };

  /** Begins one that never comes to renew its lease. */
  async function start() {
    const started = await guardOf().startRelease(scene.job, 'research', 'text/csv');
    if (!started.ok) throw new Error(started.reason);
    return started.release;
  }

  it('is marked as interrupted by the next release', async () => {
    const { id } = await start();
    later(60);
    await release(scene, everybody);
    expect(await rowOfRelease(id)).toMatchObject({ status: 'started' });
    later(1);
    await release(scene, everybody);
    expect(await rowOfRelease(id)).toMatchObject({
      status: 'interrupted',
      reason: 'lease-ended',
      endedAt: scene.clock.now,
    });
  });

  it('is marked by whoever looks at it', async () => {
    const { id } = await start();
    later(61);
    expect(await scene.services.guard.findRelease(scene.practiceId, id)).toMatchObject({
      status: 'interrupted',
    });
  });

  it('is marked for the list of releases', async () => {
    await start();
    later(61);
    const { items } = await scene.services.reports.releases(scene.practiceId, { limit: 10 });
    expect(items).toMatchObject([{ status: 'interrupted' }]);
  });

  it('and was not dead after all, cannot be decided', async () => {
    const started = await start();
    later(61);
    await scene.services.guard.interruptDead(scene.practiceId);
    expect(await started.decide(pieces(everybody))).toEqual({ ok: false, reason: 'interrupted' });
    expect(await rowOfRelease(started.id)).toMatchObject({ status: 'interrupted', decidedIndex: null });
  });

  it('after it was decided, keeps its account', async () => {
    const started = await start();
    const decision = await started.decide(pieces(everybody));
    if (!decision.ok) throw new Error(decision.reason);
    later(61);
    await scene.services.guard.interruptDead(scene.practiceId);
    expect(await rowOfRelease(started.id)).toMatchObject({ status: 'interrupted' });
    await decision.decided.end('complete');
    expect(await rowOfRelease(started.id)).toMatchObject({ status: 'interrupted' });
    expect(await scene.services.database.reader.releaseAccount.count()).toBe(1);
  });
});

it('a release that works for long keeps its lease', { timeout: 200_000 }, async () => {
  const started = await start();
  const untilRenewed = async () => {
    scene.clock.now = new Date(timeOf(scene) + 30_000);
    const renewed = { leaseUntil: new Date(timeOf(scene) + 60_000) };
    await vi.waitFor(async () => expect(await rowOfRelease(started.id)).toMatchObject(renewed), 50_000);
  };
  const input = pieces(HEADER, untilRenewed, untilRenewed, untilRenewed, rowOf(0));
  const decision = await started.decide(input);
  if (!decision.ok) throw new Error(decision.reason);
  expect((await buffer(decision.decided.content())).toString()).toBe(HEADER + rowOf(0));
  await decision.decided.end('complete');
  expect(await rowOfRelease(started.id)).toMatchObject({ status: 'complete' });
});
