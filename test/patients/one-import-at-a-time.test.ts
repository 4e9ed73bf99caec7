import '../support/registry.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LEASE_MS, statusAt } from '../../src/patients/patient-import.ts';
import { patientsCsv, somePatients } from '../support/factories.ts';
import { aList, ann, ben, type ImportScene, NOW, openImportScene } from './import-scene.ts';

let scene: ImportScene;
beforeEach(async () => {
  scene = await openImportScene();
});
afterEach(() => scene.end());

const find = async (id: string) => {
  const found = await scene.registry.services.patients.findImport(scene.practice.id, id);
  if (found === null) throw new Error('no such import');
  return found;
};

test('a second import waits until the first has ended', async () => {
  const first = await scene.begin(aList(ann));
  expect(await scene.begin(aList(ben))).toEqual({ ok: false, reason: 'already-running' });
  if (first.ok) await first.run();
  expect(await scene.take(aList(ben))).toMatchObject({ status: 'complete' });
});

test('one whose process died shows as interrupted; the next takes its place, and it does nothing any more', async () => {
  const died = await scene.begin(aList(ann));
  if (!died.ok) throw new Error(died.reason);
  scene.later(LEASE_MS + 1);
  expect(statusAt(await find(died.id), new Date(NOW.getTime() + LEASE_MS + 1))).toBe('interrupted');
  await scene.take(aList(ben));
  expect(await find(died.id)).toMatchObject({ status: 'interrupted', done: 0 });
  expect(await died.run()).toMatchObject({ status: 'interrupted' });
  expect((await scene.list()).map(({ familyName }) => familyName)).toEqual(['Jones']);
});

test('stopped between two transactions, and run again: nothing is lost or doubled', async () => {
  const file = patientsCsv(somePatients(700));
  const stopping = new AbortController();
  const stopped = await scene.take(file, true, {
    onProgress: () => stopping.abort(),
    signal: stopping.signal,
  });
  expect(stopped).toMatchObject({ status: 'interrupted', done: 500, counts: { added: 500 }, gone: 0 });
  const again = await scene.take(file, true);
  expect(again).toMatchObject({ status: 'complete', counts: { added: 200, unchanged: 500 } });
  expect(await scene.list()).toHaveLength(700);
});

test('a fault in the middle is written down, and what was done before it stands', async () => {
  const fail = () => {
    throw new Error('the disk is full');
  };
  const begun = await scene.begin(patientsCsv(somePatients(700)));
  if (!begun.ok) throw new Error(begun.reason);
  await expect(begun.run({ onProgress: fail })).rejects.toThrow('the disk is full');
  expect(await find(begun.id)).toMatchObject({ status: 'failed', done: 500 });
  expect(await scene.list()).toHaveLength(500);
});

test('an import is of its practice only', async () => {
  const { services } = scene.registry;
  const taken = await scene.take(aList(ann));
  const other = await services.staff.addPractice(
    { ods: 'B99999', name: 'Another' },
    { kind: 'system', id: 'test' },
  );
  if (!other.ok) throw new Error(other.reason);
  expect(await services.patients.findImport(other.practice.id, taken.id)).toBeNull();
  expect(await services.patients.imports(other.practice.id, 10)).toEqual([]);
});
