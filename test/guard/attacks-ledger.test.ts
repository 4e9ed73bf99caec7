import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openGuard } from '../../src/guard/open-guard.ts';
import type { ReleaseStore } from '../../src/guard/release-store.ts';
import { extractStore } from '../../src/store/extract-store.ts';
import { patientIndexSource } from '../../src/store/patient-index-store.ts';
import { changePractice } from '../../src/store/practice-change.ts';
import { releaseStore } from '../../src/store/release-store.ts';
import '../support/registry.ts';
import { answersOf } from './answers.ts';
import { everybody, HEADER, openScene, release, rowOf, type Scene } from './scene.ts';
import { someNumbers } from './some-csv.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.end());

type Ledger = { isOld: boolean };

/** A guard whose index knows a ledger of the same size in which nobody objected, as long as `ledger.isOld`. */
function guardAfterRestore(ledger: Ledger, before: () => Promise<void> = async () => undefined) {
  const { database, vault, now, config } = scene.services;
  const store = releaseStore(database);
  const decide: ReleaseStore['decide'] = async (...given) => {
    await before();
    return store.decide(...given);
  };
  const decideCheck: ReleaseStore['decideCheck'] = async (...given) => {
    await before();
    return store.decideCheck(...given);
  };
  const indexSource = (practiceId: string) => {
    const source = patientIndexSource(database, practiceId);
    return {
      ...source,
      entryAt: async (index: number) => (ledger.isOld ? 'of the old ledger' : source.entryAt(index)),
      async *changedSince(index: number) {
        const objected = { type1: false, type2: false };
        for await (const records of source.changedSince(index))
          yield ledger.isOld ? records.map((record) => ({ ...record, objected })) : records;
      },
    };
  };
  const extracts = extractStore(database, vault);
  const spoolFolder = join(config.dataDir, 'spool');
  const releases = { ...store, decide, decideCheck };
  const guard = openGuard({ extracts, releases, indexSource, now, spoolFolder, spoolMaxBytes: 1e9 });
  return { ...scene, services: { ...scene.services, guard } };
}

describe('a ledger that was put back from a backup, and has the size again that the index knows', () => {
  it('is read from its start', async () => {
    await scene.object(1);
    const ledger = { isOld: true };
    const restored = guardAfterRestore(ledger);
    await restored.services.guard.refreshIndex(scene.practiceId);
    ledger.isOld = false;
    expect(await release(restored, HEADER + rowOf(0) + rowOf(1))).toMatchObject({
      output: HEADER + rowOf(0),
    });
  });

  it('is noticed when a release or a check is made final', async () => {
    await scene.object(1);
    const ledger = { isOld: true };
    const restored = guardAfterRestore(ledger, async () => {
      ledger.isOld = false;
    });
    expect(await release(restored, HEADER + rowOf(0) + rowOf(1))).toMatchObject({
      output: HEADER + rowOf(0),
    });
    ledger.isOld = true;
    const { guard } = restored.services;
    const checked = await guard.check(scene.job, 'research', someNumbers.slice(0, 2), 'text/plain');
    expect(checked.ok && answersOf(checked)).toEqual([someNumbers[0], null]);
  });
});

describe('acts of types that this version does not know', () => {
  it('are not taken for one objection: what withdraws one type leaves the other in force', async () => {
    scene.registry.leaveBroken('It has acts that no command makes');
    const { database } = scene.services;
    const [patientId = ''] = scene.patients;
    await changePractice(database, scene.practiceId, async ({ tx, append, practiceId }) => {
      const recordedAt = scene.services.now();
      const said = { practiceId, patientId, recordedAt, actorKind: 'staff', actorId: 'a' };
      const by = { kind: 'staff', id: 'a' } as const;
      const add = async (type: string, kind: string, receivedOn: string) => {
        const ledgerIndex = append('objection-recorded', by, {}, recordedAt);
        await tx.objectionAct.create({
          data: { ...said, id: randomUUID(), type, kind, receivedOn, ledgerIndex, needsDecision: false },
        });
        await tx.patient.update({ where: { id: patientId }, data: { changedAtIndex: ledgerIndex } });
      };
      await add('type-3', 'record', '2024-01-01');
      await add('type-4', 'withdraw', '2024-01-02');
    });
    const others = someNumbers.slice(1).map((_, patient) => rowOf(patient + 1));
    expect(await release(scene, everybody)).toMatchObject({ output: HEADER + others.join('') });
  });
});
