import { createHash } from 'node:crypto';
import '../support/registry.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ImportScene, NOW, openImportScene } from './import-scene.ts';

let scene: ImportScene;
beforeEach(async () => {
  scene = await openImportScene();
});
afterEach(() => scene.end());

const ids = ['one', 'other'];
const person = () => ({ id: 'staff-1', practiceId: scene.practice.id });
const digest = () => scene.registry.services.patients.digestAccessLog(scene.practice.id);
const entries = async () => {
  const texts = await scene.registry.services.database.reader.ledgerText.findMany({
    orderBy: { index: 'asc' },
  });
  return texts.map(({ text }) => JSON.parse(text)).filter(({ act }) => act === 'access-digest');
};

test('who looked at whom is kept, newest first, by patient and practice', async () => {
  const { patients } = scene.registry.services;
  await patients.noteLook(person(), ids, 'search-result');
  scene.later(1000);
  await patients.noteLook(person(), ['one'], 'patient-page');
  await patients.noteLook({ ...person(), practiceId: scene.practice.id }, [], 'search-result');
  expect(await patients.looks(scene.practice.id, 'one', { skip: 0, take: 10 })).toMatchObject([
    { staffId: 'staff-1', what: 'patient-page', at: new Date(NOW.getTime() + 1000) },
    { staffId: 'staff-1', what: 'search-result', at: NOW },
  ]);
  expect(await patients.countLooks(scene.practice.id, 'other')).toBe(1);
  expect(await patients.countLooks('another practice', 'one')).toBe(0);
});

test('the ledger holds the digest of every look once', async () => {
  const { patients } = scene.registry.services;
  expect(await digest()).toBe(0);
  await patients.noteLook(person(), ids, 'search-result');
  expect(await digest()).toBe(2);
  expect(await digest()).toBe(0);
  await patients.noteLook(person(), ['one'], 'patient-page');
  expect(await digest()).toBe(1);
  const [first, second, ...others] = (await entries()).map(({ data }) => data);
  expect(others).toEqual([]);
  expect(second).toMatchObject({ from: first.to + 1, to: first.to + 1, count: 1 });
  const at = NOW.toISOString();
  const lines = ids.map(
    (id, place) => `${JSON.stringify([first.from + place, 'staff-1', id, at, 'search-result'])}\n`,
  );
  expect(first).toEqual({
    from: first.from,
    to: first.from + 1,
    count: 2,
    digest: createHash('sha256').update(lines.join('')).digest('hex'),
  });
});

test('many looks at once, and none is missed by digests made meanwhile', async () => {
  const { patients } = scene.registry.services;
  const looks = Array.from({ length: 40 }, () => patients.noteLook(person(), ids, 'search-result'));
  const digests = Array.from({ length: 5 }, () => digest());
  await Promise.all(looks);
  const counted = [...(await Promise.all(digests)), await digest()].reduce((sum, count) => sum + count, 0);
  expect(counted).toBe(80);
});

test('the access log cannot be changed', async () => {
  const { database, patients } = scene.registry.services;
  await patients.noteLook(person(), ['one'], 'patient-page');
  await expect(database.write((tx) => tx.accessLog.deleteMany({}))).rejects.toThrow();
  expect(await patients.countLooks(scene.practice.id, 'one')).toBe(1);
});
