import '../support/registry.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { patientsCsv, somePatients } from '../support/factories.ts';
import { aList, ann, ben, type ImportScene, manager, openImportScene } from './import-scene.ts';

let scene: ImportScene;
beforeEach(async () => {
  scene = await openImportScene();
});
afterEach(() => scene.end());

const forty = somePatients(40);
const whole = (count: number) => patientsCsv(forty.slice(0, count));
const left = async () => (await scene.list()).filter(({ status }) => status === 'left').length;
const takenInAt = async () =>
  (await scene.registry.services.database.reader.practice.findFirstOrThrow()).listTakenInAt;
const decide = (importId: string, areGone: boolean) =>
  scene.registry.services.patients.decideGone({ practiceId: scene.practice.id, importId, areGone }, manager);

test('a list that is not whole marks nobody as gone', async () => {
  await scene.take(whole(40));
  expect(await scene.take(whole(1))).toMatchObject({ status: 'complete', gone: 0 });
  expect(await left()).toBe(0);
  expect(await takenInAt()).toBeNull();
});

test('whoever is not in a whole list is gone, up to 5%; objections are not touched', async () => {
  await scene.take(whole(40), true);
  const first = await takenInAt();
  expect(first).toBeInstanceOf(Date);
  scene.later(1000);
  expect(await scene.take(whole(38), true)).toMatchObject({ status: 'complete', gone: 2 });
  expect(await left()).toBe(2);
  expect(Number(await takenInAt())).toBe(Number(first) + 1000);
});

test('more than 5% wait for a manager, and nobody is gone until then', async () => {
  await scene.take(whole(40), true);
  const before = await takenInAt();
  scene.later(1000);
  const waiting = await scene.take(whole(37), true);
  expect(waiting).toMatchObject({ status: 'waiting', gone: 3 });
  expect(await left()).toBe(0);
  expect(await takenInAt()).toEqual(before);
  expect(await decide(waiting.id, true)).toEqual({ ok: true, gone: 3 });
  expect(await left()).toBe(3);
  expect(Number(await takenInAt())).toBeGreaterThan(Number(before));
  expect(await decide(waiting.id, true)).toEqual({ ok: false, reason: 'not-waiting' });
});

test('a manager can say that they are not gone', async () => {
  await scene.take(whole(40), true);
  const waiting = await scene.take(whole(10), true);
  expect(await decide(waiting.id, false)).toEqual({ ok: true, gone: 0 });
  expect(await left()).toBe(0);
  expect(await scene.registry.services.patients.findImport(scene.practice.id, waiting.id)).toMatchObject({
    status: 'complete',
    gone: 0,
    message: expect.stringContaining('not gone'),
  });
});

test('an import that waited is over when the next one begins', async () => {
  await scene.take(whole(40), true);
  const waiting = await scene.take(whole(10), true);
  await scene.take(whole(40));
  expect(await decide(waiting.id, true)).toEqual({ ok: false, reason: 'not-waiting' });
  expect(await left()).toBe(0);
});

test('whoever comes back is registered again', async () => {
  await scene.take(whole(40), true);
  await scene.take(whole(39), true);
  const back = await scene.take(whole(40), true);
  expect(back.report.filter((line) => line.includes('back'))).toEqual([
    '41 changed: Changed: back on the list.',
  ]);
  expect(await left()).toBe(0);
});

test('whom a refused row means is not gone: by number, or by name and birth', async () => {
  await scene.take(whole(40), true);
  const rows = whole(40).split('\n');
  const [one = '', other = ''] = [rows[39], rows[40]];
  const { nhsNumber = '', dateOfBirth = '' } = forty[39] ?? {};
  const spoiled = [
    ...rows.slice(0, 39),
    one.replace(forty[38]?.dateOfBirth ?? '', 'soon'),
    other.replace(nhsNumber, '9.99E+09'),
    '',
  ];
  expect(dateOfBirth).not.toBe('');
  const taken = await scene.take(spoiled.join('\n'), true);
  expect(taken).toMatchObject({ status: 'complete', gone: 0, counts: { refused: 2 } });
});

test('a new NHS number in a whole list is the same patient, whose objections stand', async () => {
  await scene.take(aList(ann, ben), true);
  const id = async () =>
    (
      await scene.registry.services.database.reader.patient.findFirstOrThrow({
        where: { familyName: 'Smith' },
      })
    ).id;
  const before = await id();
  const taken = await scene.take(aList('9990000034 Ann Smith 1985-03-07', ben), true);
  expect(taken.report).toEqual(['2 changed: Changed: NHS number.', '3 unchanged']);
  expect(await id()).toBe(before);
  expect(await scene.list()).toHaveLength(2);
});

test('a new number in a part of the list is refused, because it may be somebody who objected', async () => {
  await scene.take(aList(ann, ben));
  const taken = await scene.take(aList('9990000034 Ann Smith 1985-03-07'));
  expect(taken.report[0]).toMatch(
    /^2 refused: Somebody with this name and date of birth .* another NHS number/,
  );
  expect(await scene.list()).toHaveLength(2);
});

test('two people of one name and birth are two, when the file has both numbers', async () => {
  await scene.take(aList(ann));
  const taken = await scene.take(aList(ann, '9990000034 Ann Smith 1985-03-07'));
  expect(taken.report).toEqual(['2 unchanged', '3 added']);
});
