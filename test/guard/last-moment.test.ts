import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { membersOf } from '../../src/guard/membership.ts';
import { openGuard } from '../../src/guard/open-guard.ts';
import type { ReleaseStore } from '../../src/guard/release-store.ts';
import { extractStore } from '../../src/store/extract-store.ts';
import { patientIndexSource } from '../../src/store/patient-index-store.ts';
import { releaseStore } from '../../src/store/release-store.ts';
import { somePatients } from '../support/factories.ts';
import '../support/registry.ts';
import { answersOf } from './answers.ts';
import { everybody, HEADER, manager, openScene, release, rowOf, type Scene } from './scene.ts';
import { someNumbers } from './some-csv.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.end());

/** The guard of the scene, in which something happens between the last look at the index and the final transaction. */
function guardWith(
  before: Partial<Record<'decide' | 'decideCheck', () => Promise<void>>>,
  { index = true, database = scene.services.database } = {},
) {
  const { vault, now, config } = scene.services;
  const store = releaseStore(database);
  const releases: ReleaseStore = {
    ...store,
    decide: async (...given) => {
      await before.decide?.();
      return store.decide(...given);
    },
    decideCheck: async (...given) => {
      await before.decideCheck?.();
      return store.decideCheck(...given);
    },
  };
  return openGuard({
    extracts: extractStore(database, vault),
    releases,
    indexSource: (practiceId) => {
      const source = patientIndexSource(database, practiceId);
      const away = () => Promise.reject(new Error('The index is away'));
      return index ? source : { ...source, ledgerSize: away };
    },
    now,
    spoolFolder: join(config.dataDir, 'spool'),
    spoolMaxBytes: 1e9,
  });
}
const through = (guard: ReturnType<typeof guardWith>) => ({
  ...scene,
  services: { ...scene.services, guard },
});

const rowsOf = (people: readonly { nhsNumber: string }[]) =>
  people.map(({ nhsNumber }) => `${nhsNumber},x\n`).join('');

const once =
  (...acts: (() => Promise<unknown>)[]) =>
  async () => {
    await acts.shift()?.();
  };

describe('between the last look and the decision', () => {
  it('who objects is taken out, as often as it happens', async () => {
    const decide = once(
      () => scene.object(1),
      () => scene.object(3, 'type-2'),
      () => scene.object(0),
    );
    const done = await release(through(guardWith({ decide })), everybody);
    const output = HEADER + [2, 4, 5].map((patient) => rowOf(patient)).join('');
    expect(done).toMatchObject({ output, decided: { counts: { in: 6, out: 3, withheld: 3 } } });
  });

  it('who objects is taken out while recording waits, when somebody always does', async () => {
    let decisions = 0;
    const decide = () => scene.object(decisions++);
    const done = await release(through(guardWith({ decide })), everybody);
    expect(done).toMatchObject({
      output: HEADER + rowOf(4) + rowOf(5),
      decided: { counts: { withheld: 4 } },
    });
    expect(decisions).toBe(4);
  });

  it('a transaction that is run again commits what was decided in it, and not what was before', async () => {
    const { database } = scene.services;
    let decisions = 0;
    let fails = true;
    const busyOnce: typeof database = {
      ...database,
      write: (work, lane) =>
        database.write(async (tx) => {
          const result = await work(tx);
          if (decisions < 4 || !fails) return result;
          fails = false;
          throw new Error('deadlock detected');
        }, lane),
    };
    const decide = () => scene.object(decisions++);
    const done = await release(through(guardWith({ decide }, { database: busyOnce })), everybody);
    const output = HEADER + rowOf(4) + rowOf(5);
    expect(fails).toBe(false);
    expect(done).toMatchObject({ output, decided: { counts: { out: 2, withheld: 4 } } });
    const account = await database.reader.releaseAccount.findFirstOrThrow();
    expect([...membersOf(account.members)]).toEqual([4, 5]);
  });

  it('who comes to share a number is taken out', async () => {
    const decide = once(() => scene.addPatient({ nhsNumber: someNumbers[2] as string }));
    const done = await release(through(guardWith({ decide })), HEADER + rowOf(2) + rowOf(3));
    expect(done).toMatchObject({ output: HEADER + rowOf(3) });
  });

  it('what concerns nobody in the release does not hold it up', async () => {
    let decisions = 0;
    const decide = async () => {
      decisions++;
      await scene.object(5);
    };
    const done = await release(through(guardWith({ decide })), HEADER + rowOf(0));
    expect(done).toMatchObject({ output: HEADER + rowOf(0) });
    expect(decisions).toBe(1);
  });

  it('who objects is not in the answer of a check', async () => {
    const guard = guardWith({ decideCheck: once(() => scene.object(1)) });
    const checked = await guard.check(scene.job, 'research', someNumbers.slice(0, 3), 'text/plain');
    expect(checked.ok && answersOf(checked)).toEqual([someNumbers[0], null, someNumbers[2]]);
  });
});

describe('when the index cannot be brought up to date', () => {
  it('nothing is permitted', async () => {
    const guard = guardWith({}, { index: false });
    await expect(release(through(guard), everybody)).rejects.toThrow('away');
    await expect(guard.check(scene.job, 'research', [...someNumbers], 'text/plain')).rejects.toThrow('away');
    expect(await scene.services.database.reader.releaseAccount.count()).toBe(0);
  });

  it('direct care goes on, and accounts for numbers', async () => {
    await scene.addExtract({ ground: 'direct-care' });
    const done = await release(through(guardWith({}, { index: false })), everybody);
    expect(done).toMatchObject({ output: everybody });
    const account = await scene.services.database.reader.releaseAccount.findFirstOrThrow();
    expect(Buffer.from(account.unlisted).toString()).toBe([...someNumbers].sort().join(''));
  });
});

describe('a number of patients far from the usual', () => {
  it('stops the release for somebody to look; the first one has nothing to be compared with', async () => {
    await scene.addExtract({ stops: { usualNumber: 0.2, listAgeDays: null, maxUnreadable: null } });
    const more = somePatients(120, 1000);
    await scene.services.patients.add(scene.practiceId, more, manager);
    const file = (count: number) => HEADER + rowsOf(more.slice(0, count));
    expect(await release(scene, file(120))).toMatchObject({ ok: true });
    expect(await release(scene, file(96))).toMatchObject({ ok: true });
    expect(await release(scene, file(80))).toMatchObject({ ok: false, reason: 'unusual-number' });
    await scene.addExtract({
      ground: 'direct-care',
      stops: { usualNumber: 0.2, listAgeDays: null, maxUnreadable: null },
    });
    expect(await release(scene, file(120))).toMatchObject({ ok: true });
    expect(await release(scene, file(1))).toMatchObject({ ok: true });
  });
});

describe('a number that is far from the usual only while recording waits', () => {
  it('stops the release, once recording goes on', async () => {
    await scene.addExtract({ stops: { usualNumber: 0.2, listAgeDays: null, maxUnreadable: null } });
    const more = somePatients(114, 1000);
    await scene.services.patients.add(scene.practiceId, more, manager);
    const file = (count: number) => everybody + rowsOf(more.slice(0, count));
    expect(await release(scene, file(114))).toMatchObject({ ok: true });
    let decisions = 0;
    const decide = async () => {
      if (decisions < 4) await scene.object(decisions);
      decisions++;
    };
    // 99 people, and 96 of them in the fourth decision; the last that is still usual is 96.
    const done = await release(through(guardWith({ decide })), file(93));
    expect(done).toMatchObject({ ok: false, reason: 'unusual-number' });
    expect(decisions).toBe(4);
  });
});

describe('a spool that would grow past its most', () => {
  it('fails the release', async () => {
    const small = await openScene({ SPOOL_MAX: '1024' });
    expect(await release(small, HEADER + rowOf(0).repeat(100))).toMatchObject({
      ok: false,
      reason: 'too-large',
    });
    expect(await release(small, HEADER + rowOf(0))).toMatchObject({ ok: true });
    await small.end();
  });
});
