import '../support/registry.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ImportScene, manager, openImportScene } from './import-scene.ts';

let scene: ImportScene;
beforeEach(async () => {
  scene = await openImportScene();
});
afterEach(() => scene.end());

const born = '1985-03-07';
const add = (...familyNames: string[]) =>
  scene.registry.services.patients.add(
    scene.practice.id,
    familyNames.map((familyName) => ({
      nhsNumber: '9990000018',
      givenName: 'Ann',
      familyName,
      dateOfBirth: born,
    })),
    manager,
  );
const find = async (familyName: string, dateOfBirth = born) => {
  const found = await scene.registry.services.patients.find(scene.practice.id, { familyName, dateOfBirth });
  return found.patients.map((patient) => patient.familyName);
};

test('by family name and date of birth: the whole name first, then its beginning, then a part of it', async () => {
  await add('Smithson', 'Jones-Smith', 'Smith', 'Brown', 'Asmith');
  expect(await find('smith')).toEqual(['Smith', 'Smithson', 'Jones-Smith']);
  expect(await find('Jones Smith')).toEqual(['Jones-Smith']);
  expect(await find('smith', '1985-03-08')).toEqual([]);
});

test.each([
  ["O'Keefe", ['OKeefe', 'o keefe', 'O’KEEFE', 'Keefe', 'ok']],
  ['Muñoz', ['munoz', 'MUÑOZ', 'Mun\u0303oz']],
  ['van der Berg', ['van der Berg', 'vanderberg', 'der berg', 'Berg']],
])('%s is found as %j', async (familyName, typed) => {
  await add(familyName);
  for (const name of typed) expect(await find(name)).toEqual([familyName]);
});

test('what holds no letter finds nobody', async () => {
  await add('Smith');
  expect(await find('%')).toEqual([]);
  expect(await find('_mith')).toEqual([]);
});

test('by NHS number: everybody who has it', async () => {
  await add('Smith', 'Brown');
  const { patients } = scene.registry.services;
  const found = await patients.find(scene.practice.id, { nhsNumber: '9990000018' });
  expect(found.patients.map(({ familyName }) => familyName)).toEqual(['Smith', 'Brown']);
  expect((await patients.find(scene.practice.id, { nhsNumber: '9990000026' })).patients).toEqual([]);
});

test('at most 50 are shown, and it says that there are more', async () => {
  await add(...Array<string>(51).fill('Smith'));
  const found = await scene.registry.services.patients.find(scene.practice.id, {
    familyName: 'Smith',
    dateOfBirth: born,
  });
  expect(found.patients).toHaveLength(50);
  expect(found.hasMore).toBe(true);
});

test("another practice's patients are never found", async () => {
  const [smith] = await add('Smith');
  const { patients, staff } = scene.registry.services;
  const other = await staff.addPractice({ ods: 'B99999', name: 'Another' }, manager);
  const id = other.ok ? other.practice.id : '';
  expect(await patients.find(id, { familyName: 'Smith', dateOfBirth: born })).toMatchObject({ patients: [] });
  expect(await patients.find(id, { nhsNumber: '9990000018' })).toMatchObject({ patients: [] });
  expect(await patients.byId(id, smith?.id ?? '')).toBeNull();
});
