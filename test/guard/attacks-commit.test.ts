import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openGuard } from '../../src/guard/open-guard.ts';
import type { ReleaseStore } from '../../src/guard/release-store.ts';
import { extractStore } from '../../src/store/extract-store.ts';
import { patientIndexSource } from '../../src/store/patient-index-store.ts';
import { releaseStore } from '../../src/store/release-store.ts';
import '../support/registry.ts';
import { everybody, HEADER, manager, openScene, pieces, release, rowOf, type Scene } from './scene.ts';
import { someNumbers } from './some-csv.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.end());

/** A guard whose store of releases does as `change` makes it. */
function guardWith(change: (store: ReleaseStore) => Partial<ReleaseStore>): Scene {
  const { database, vault, now, config } = scene.services;
  const store = releaseStore(database);
  const guard = openGuard({
    extracts: extractStore(database, vault),
    releases: { ...store, ...change(store) },
    indexSource: (practiceId) => patientIndexSource(database, practiceId),
    now,
    spoolFolder: join(config.dataDir, 'spool'),
    spoolMaxBytes: 1e9,
  });
  return { ...scene, services: { ...scene.services, guard } };
}

const lostAnswer = () => Promise.reject(new Error('The connection was lost'));

describe('a decision that was taken, but whose answer was lost', () => {
  it('lets nothing leave; the account stays, and names too many rather than too few', async () => {
    const lost = guardWith((store) => ({ decide: (...given) => store.decide(...given).then(lostAnswer) }));
    await expect(release(lost, everybody)).rejects.toThrow('lost');
    const { reader } = scene.services.database;
    const row = await reader.release.findFirstOrThrow();
    expect([row.status, row.reason, row.countOut]).toEqual(['failed', 'internal-error', 6]);
    expect(await reader.releaseAccount.count({ where: { releaseId: row.id } })).toBe(1);
  });

  it('of a check gives no answer either', async () => {
    const lost = guardWith((store) => ({
      decideCheck: (...given) => store.decideCheck(...given).then(lostAnswer),
    }));
    const { guard } = lost.services;
    await expect(guard.check(scene.job, 'research', [...someNumbers], 'text/plain')).rejects.toThrow('lost');
    expect(await scene.services.database.reader.releaseAccount.count()).toBe(1);
  });

  it('cannot be made twice', async () => {
    const twice = guardWith((store) => ({
      decide: async (...given) => {
        await store.decide(...given);
        return store.decide(...given);
      },
    }));
    await expect(release(twice, everybody)).rejects.toThrow();
    expect(await scene.services.database.reader.releaseAccount.count()).toBe(1);
  });
});

describe('the last moment before a decision is final', () => {
  /** Releases two patients, while something happens just before the final transaction. */
  const releaseWhile = (happens: () => Promise<unknown>) => {
    const late = guardWith((store) => ({
      decide: async (...given) => {
        await happens();
        return store.decide(...given);
      },
    }));
    return release(late, HEADER + rowOf(0) + rowOf(1));
  };

  it('a key that was revoked decides nothing', async () => {
    const { keys } = scene.services;
    const done = await releaseWhile(() =>
      keys.revoke({ practiceId: scene.practiceId, id: scene.job.keyId }, manager),
    );
    expect(done).toMatchObject({ ok: false, reason: 'no-key' });
  });

  it('a version that was superseded decides nothing', async () => {
    const done = await releaseWhile(() => scene.addExtract());
    expect(done).toMatchObject({ ok: false, reason: 'extract-ended' });
  });
});

describe('the days of an extract', () => {
  const days = { startsOn: '2026-07-01', endsOn: '2026-07-02' };

  it.each([
    ['an hour before its first day begins in London, in summer', '2026-06-30T22:59:59.999Z', 'out-of-dates'],
    ['when its first day begins', '2026-06-30T23:00:00.000Z', undefined],
    ['when its last day ends', '2026-07-02T22:59:59.999Z', undefined],
    ['after that', '2026-07-02T23:00:00.000Z', 'out-of-dates'],
  ])('count in London: %s', async (_, instant, reason) => {
    await scene.addExtract(days);
    scene.clock.now = new Date(instant);
    expect(await release(scene, everybody)).toMatchObject(reason ? { ok: false, reason } : { ok: true });
  });

  it('are over for a release that is still scanned at midnight', async () => {
    await scene.addExtract(days);
    scene.clock.now = new Date('2026-07-02T22:59:00.000Z');
    const midnight = async () => {
      scene.clock.now = new Date('2026-07-02T23:00:00.000Z');
    };
    const done = await release(scene, pieces(HEADER, rowOf(0), midnight, rowOf(1)));
    expect(done).toMatchObject({ ok: false, reason: 'out-of-dates' });
  });
});

describe('a rule that the row of an extract does not speak of', () => {
  it('is on', async () => {
    scene.registry.leaveBroken('Its extract was changed behind its back');
    const { database } = scene.services;
    await database.write((tx) => tx.extractVersion.updateMany({ data: { stops: '{}' } }));
    expect(await release(scene, everybody)).toMatchObject({ ok: false, reason: 'source-stale' });
  });
});
