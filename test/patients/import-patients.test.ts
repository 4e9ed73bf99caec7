import '../support/registry.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { patientsCsv, somePatients } from '../support/factories.ts';
import { aList, ann, ben, cat, type ImportScene, manager, NOW, openImportScene } from './import-scene.ts';

let scene: ImportScene;
beforeEach(async () => {
  scene = await openImportScene();
});
afterEach(() => scene.end());

const ledgerSize = async () =>
  (await scene.registry.services.database.reader.ledgerHead.findFirstOrThrow()).size;
const noCounts = { added: 0, changed: 0, unchanged: 0, refused: 0, left: 0, ambiguous: 0 };

test('a first list adds everybody, in the order of the file', async () => {
  const taken = await scene.take(aList(ann, ben, cat));
  expect(taken).toMatchObject({
    status: 'complete',
    rows: 3,
    done: 3,
    counts: { ...noCounts, added: 3 },
    gone: 0,
  });
  expect(taken.report).toEqual(['2 added', '3 added', '4 added']);
  expect((await scene.list()).map(({ nhsNumber }) => nhsNumber)).toEqual([
    '9990000018',
    '9990000026',
    '9990000034',
  ]);
});

test('rows are as if written one by one: every type of value is found again', async () => {
  await scene.take(aList('9990000018 Zoë D\'Arcy\\"x 1985-03-07'));
  const { patient } = scene.registry.services.database.reader;
  const found = await patient.findFirstOrThrow({ where: { addedAt: NOW, restricted: false, leftOn: null } });
  expect(found).toMatchObject({
    ordinal: 0,
    familyName: 'D\'Arcy\\"x',
    givenNameKey: 'ZOE',
    title: null,
    addedAt: NOW,
  });
});

test('the same list again changes nothing, writes no patient, and is one entry', async () => {
  await scene.take(aList(ann, ben));
  const rows = () => scene.registry.services.database.reader.patient.findMany();
  const [size, before] = [await ledgerSize(), await rows()];
  const again = await scene.take(aList(ann, ben));
  expect(again.counts).toEqual({ ...noCounts, unchanged: 2 });
  expect(again.report).toEqual(['2 unchanged', '3 unchanged']);
  expect(await rows()).toEqual(before);
  expect(await ledgerSize()).toBe(size + 1);
});

test('what changed is named, and only what the file has a column for', async () => {
  const { patients } = scene.registry.services;
  const [before] = await patients.add(
    scene.practice.id,
    [
      {
        nhsNumber: '9990000018',
        givenName: 'Ann',
        familyName: 'Smith',
        dateOfBirth: '1985-03-07',
        address: '1 High Street',
      },
    ],
    manager,
  );
  const taken = await scene.take(
    'NHS Number,Forename,Surname,DOB,Postcode\n9990000018,Anne,Jones,07-Mar-1985,ZX1 1AA\n',
  );
  expect(taken.report).toEqual(['2 changed: Changed: given name, family name, postcode.']);
  const after = await patients.byId(scene.practice.id, before?.id ?? '');
  expect(after).toMatchObject({
    givenName: 'Anne',
    familyName: 'Jones',
    address: '1 High Street',
    postcode: 'ZX1 1AA',
  });
  expect(after?.changedAtIndex).toBeGreaterThan(before?.changedAtIndex ?? 0);
});

test('one number, two people: both are kept and reported, and again the same', async () => {
  const list = aList(ann, '9990000018 Dan Green 1950-05-05', ben);
  const shared =
    'Somebody else on the list has the same NHS number. Both are kept, and both are withheld from extracts.';
  for (const others of ['added', 'unchanged']) {
    const taken = await scene.take(list);
    expect(taken.report).toEqual([`2 ambiguous: ${shared}`, `3 ambiguous: ${shared}`, `4 ${others}`]);
    expect(taken.counts.ambiguous).toBe(2);
    expect(await scene.list()).toHaveLength(3);
  }
});

test('twins with one number are two people, and keep their places', async () => {
  const list = aList(ann, '9990000018 Amy Smith 1985-03-07');
  await scene.take(list);
  const names = () =>
    scene.registry.services.database.reader.patient.findMany({ select: { id: true, givenName: true } });
  const before = await names();
  expect(before).toHaveLength(2);
  await scene.take(aList('9990000018 Amy Smith 1985-03-07', ann));
  expect(await names()).toEqual(before);
});

test('somebody new with the number of somebody else is added beside them', async () => {
  await scene.take(aList(ann));
  const taken = await scene.take(aList('9990000018 Dan Green 1950-05-05'));
  expect(taken.counts.ambiguous).toBe(1);
  expect((await scene.list()).map(({ familyName }) => familyName)).toEqual(['Smith', 'Green']);
});

test('a row that is there twice counts once; one with other details is refused', async () => {
  const list =
    'NHS Number,Forename,Surname,DOB,Postcode\n' +
    ['ZX1 1AA', 'ZX1 1AA', 'ZX2 2AA'].map((code) => `9990000018,Ann,Smith,07-Mar-1985,${code}\n`).join('');
  const expected = [
    '3 unchanged: The same as row 2.',
    '4 refused: The same person as in row 2, with other details. Those of row 2 were used.',
  ];
  expect((await scene.take(list)).report).toEqual(['2 added', ...expected]);
  expect((await scene.take(list)).report).toEqual(['2 unchanged', ...expected]);
  expect(await scene.list()).toHaveLength(1);
});

test('one number for six people is a fault of the file: none is taken in', async () => {
  const people = ['A', 'B', 'C', 'D', 'E', 'F'].map((name) => `9990000018 ${name} ${name} 1950-05-05`);
  const taken = await scene.take(aList(...people, ben));
  expect(taken.counts).toEqual({ ...noCounts, added: 1, refused: 6 });
  expect(taken.report[0]).toBe('2 refused: 6 people in the file have this NHS number.');
});

test('refused rows say why, and the others are taken in', async () => {
  const taken = await scene.take(aList('9.99E+09 Ann Smith 1985-03-07', ben));
  expect(taken).toMatchObject({ status: 'complete', counts: { added: 1, refused: 1 } });
  expect(taken.report[0]).toMatch(/^2 refused: A spreadsheet has destroyed the NHS number/);
});

test('the ledger names nobody', async () => {
  await scene.take(aList(ann, ben));
  const texts = await scene.registry.services.database.reader.ledgerText.findMany();
  expect(texts.length).toBeGreaterThan(1);
  for (const { text } of texts) expect(text).not.toMatch(/999000|Smith|Jones|1985|list\.csv/);
});

test('a wrong file changes nothing and leaves no import', async () => {
  expect(await scene.begin('a,b\n1,2\n')).toMatchObject({ ok: false, reason: 'file-not-usable' });
  expect(await scene.registry.services.patients.imports(scene.practice.id, 10)).toEqual([]);
});

test('a made-up practice takes only numbers that nobody has', async () => {
  await scene.end();
  scene = await openImportScene(true);
  const taken = await scene.take(aList('9434765919 Ann Smith 1985-03-07', ben));
  expect(taken.counts).toEqual({ ...noCounts, added: 1, refused: 1 });
});

test('a thousand people, in transactions of 500, with progress after each', async () => {
  const seen: number[] = [];
  const file = patientsCsv(somePatients(1001));
  await scene.take(file, true, { onProgress: (done) => seen.push(done) });
  expect(seen).toEqual([500, 1000, 1001]);
  const ordinals = await scene.registry.services.database.reader.patient.findMany({
    select: { ordinal: true },
  });
  expect(ordinals.map(({ ordinal }) => ordinal).sort((a, b) => a - b)).toEqual([...Array(1001).keys()]);
});
