import '../support/registry.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ImportScene, openImportScene } from './import-scene.ts';

let scene: ImportScene;
beforeEach(async () => {
  scene = await openImportScene();
});
afterEach(() => scene.end());

const header = 'NHS Number,Given Name,Family Name,Date of Birth';
const people = [
  '9990000018,Ann,Smith,1985-03-07',
  '9990000026,Ben,Jones,1960-04-13',
  '9990000034,Cat,Brown,2001-12-31',
];
const file = (column: string, ...marks: string[]) =>
  [`${header},${column}`, ...marks.map((mark, place) => `${people[place]},${mark}`), ''].join('\n');
const rows = () => scene.registry.services.database.reader.patient.findMany({ orderBy: { ordinal: 'asc' } });
const restricted = async () => (await rows()).map((row) => row.restricted);
const status = async () => (await rows()).map((row) => row.status);

test('a list marks patients as restricted, and never takes the mark off', async () => {
  await scene.take(file('SpineSensitive', 'true', 'false', ''));
  expect(await restricted()).toEqual([true, false, false]);
  const taken = await scene.take(file('IsConfidential', 'false', 'R', 'no'));
  expect(taken.report).toEqual(['2 unchanged', '3 changed: Changed: marked as restricted.', '4 unchanged']);
  expect(await restricted()).toEqual([true, true, false]);
  await scene.take(file('Postcode', 'ZX1 1AA', '', ''));
  expect(await restricted()).toEqual([true, true, false]);
});

test('the ledger counts the marks that a batch set', async () => {
  await scene.take(file('Restricted', 'yes', 'yes', 'no'));
  const texts = await scene.registry.services.database.reader.ledgerText.findMany();
  const counts = texts.flatMap(({ text }) => JSON.parse(text).data.restricted ?? []);
  expect(counts).toEqual([2]);
});

test('who has left, as a part of the list says, is marked as gone; more than 5% wait for a manager', async () => {
  await scene.take(file('Postcode', '', '', ''));
  const taken = await scene.take(file('Deleted', '0', 'true', '0'));
  expect(taken).toMatchObject({ status: 'waiting', gone: 1, counts: { left: 1, unchanged: 2 } });
  expect(taken.report[1]).toBe('3 left: The file says that this person was removed.');
  expect(await status()).toEqual(['registered', 'registered', 'registered']);
  const { patients } = scene.registry.services;
  const by = { kind: 'staff', id: 'x' } as const;
  const said = { practiceId: scene.practice.id, importId: taken.id, areGone: true };
  expect(await patients.decideGone(said, by)).toEqual({ ok: true, gone: 1 });
  expect(await status()).toEqual(['registered', 'left', 'registered']);
});

test('who left and came back has two rows, and is here', async () => {
  await scene.take(file('Postcode', '', '', ''));
  const twice = `${header},Date of Deactivation\n${people[0]},2020-05-05\n${people[0]},\n`;
  expect(await scene.take(twice)).toMatchObject({
    status: 'complete',
    gone: 0,
    counts: { left: 1, unchanged: 1 },
  });
  expect(await status()).toEqual(['registered', 'registered', 'registered']);
});

test('a removed row with the number of somebody else marks nobody as gone', async () => {
  await scene.take(file('Postcode', '', '', ''));
  const other = `${header},Deleted\n9990000018,Zed,Other,1950-01-01,1\n,,,,1\n`;
  expect(await scene.take(other)).toMatchObject({ status: 'complete', gone: 0, counts: { left: 2 } });
});

test('a removed row counts as not in a whole list', async () => {
  await scene.take(file('Postcode', '', '', ''), true);
  expect(await scene.take(file('RemovedData', '', '1', ''), true)).toMatchObject({
    status: 'waiting',
    gone: 1,
  });
});

test('a day of leaving that cannot be read refuses the row, and the patient stays', async () => {
  await scene.take(file('Postcode', '', '', ''), true);
  const taken = await scene.take(file('Date Left', '', 'soon', ''), true);
  expect(taken).toMatchObject({ status: 'complete', gone: 0, counts: { refused: 1 } });
});
