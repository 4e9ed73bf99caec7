import '../support/registry.ts';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ColumnUse, columnUses, mayBeSeveral, needed } from '../../src/patients/column-names.ts';
import { type ColumnUses, columnsOf, namedUses } from '../../src/patients/list-columns.ts';
import { faultsOfUses } from '../../src/patients/list-mapping.ts';
import { readPatientList } from '../../src/patients/read-patient-list.ts';
import { type ImportScene, manager, openImportScene } from './import-scene.ts';

let scene: ImportScene;
beforeEach(async () => {
  scene = await openImportScene();
});
afterEach(() => scene.end());

const header = ['Ref', 'Called', 'Of the house of', 'Came on'];
const file = `${header.join(',')}\n9990000018,Ann,Smith,03/04/1985\n`;
const uses: ColumnUses = ['nhsNumber', 'givenName', 'familyName', 'dateOfBirth'];
const remember = (said: object, by = scene.practice.id) =>
  scene.registry.services.patients.rememberMapping({ practiceId: by, header, ...said }, manager);
const mappings = () => scene.registry.services.patients.mappings(scene.practice.id);

test('what cannot be found is asked, then the order of the days; both are remembered for the next list', async () => {
  expect(await scene.begin(file)).toMatchObject({ ok: false, ask: { kind: 'columns', table: { header } } });
  await remember({ uses });
  expect(await scene.begin(file)).toMatchObject({
    ok: false,
    ask: { kind: 'date-order', example: '03/04/1985' },
  });
  await remember({ dateOrder: 'month-first' });
  expect(await scene.take(file)).toMatchObject({ status: 'complete', counts: { added: 1 } });
  const patient = () => scene.registry.services.database.reader.patient.findFirstOrThrow();
  expect(await patient()).toMatchObject({ nhsNumber: '9990000018', dateOfBirth: '1985-03-04' });
  expect(await mappings()).toMatchObject([{ header, uses, dateOrder: 'month-first', savedBy: manager.id }]);
  expect(await scene.take(file.replaceAll('Ref', ' REF '))).toMatchObject({ counts: { unchanged: 1 } });
});

test('what the file itself tells goes before what was remembered', async () => {
  await remember({ uses, dateOrder: 'month-first' });
  await scene.take(`${file}9990000026,Ben,Jones,13/04/1960\n`);
  const patient = await scene.registry.services.database.reader.patient.findFirstOrThrow({
    where: { ordinal: 0 },
  });
  expect(patient.dateOfBirth).toBe('1985-04-03');
});

test('forgotten, it is asked anew; another practice never knew', async () => {
  await remember({ uses, dateOrder: 'day-first' });
  const [mapping] = await mappings();
  const { patients, staff } = scene.registry.services;
  const other = await staff.addPractice({ ods: 'B99999', name: 'Another' }, manager);
  if (!other.ok) throw new Error(other.reason);
  expect(await patients.mappings(other.practice.id)).toEqual([]);
  await patients.forgetMapping(other.practice.id, mapping?.headerDigest ?? '');
  expect(await mappings()).toHaveLength(1);
  await patients.forgetMapping(scene.practice.id, mapping?.headerDigest ?? '');
  expect(await scene.begin(file)).toMatchObject({ ok: false, ask: { kind: 'columns' } });
});

test('two columns with an NHS number: somebody says which', async () => {
  const two = 'NHS Number,NHS No,Forename,Surname,DOB\n9990000018,,Ann,Smith,1985-03-07\n';
  expect(await scene.begin(two)).toMatchObject({ ok: false, ask: { kind: 'columns' } });
});

test.each([
  ['a row of a person for a header', '9990000018,Ann,Smith,1985-03-07\n9990000026,Ben,Jones,1960-04-13\n'],
  ['too few columns', 'Ref,Called,Came on\n9990000018,Ann,03/04/1985\n'],
  ['nobody under the names', `${header.join(',')}\n`],
])('nobody is asked about %s', async (_, content) => {
  const begun = await scene.begin(content);
  expect(begun).toMatchObject({ ok: false, reason: 'file-not-usable' });
  expect(begun).not.toHaveProperty('ask');
});

/** A choice of uses that can be used: the needed ones once, others at most once or, where they may be, several times. */
const aChoice = fc
  .record({
    optional: fc.subarray(columnUses.filter((use) => !needed.some((field) => field === use))),
    more: fc.array(fc.constantFrom<ColumnUse | null>('addressLine', 'restricted', 'removed', null)),
  })
  .chain(({ optional, more }) => {
    const all: (ColumnUse | null)[] = [...needed, ...optional, ...more];
    return fc.shuffledSubarray(all, { minLength: all.length });
  });

test('a person is read the same, whichever columns the fields are in and whatever they are called', async () => {
  const cells: Partial<Record<ColumnUse, string>> = {
    nhsNumber: '999 000 0018',
    givenName: 'Ann',
    familyName: 'Smith',
    dateOfBirth: '07 Mar 1985',
    postcode: 'ZX1 1AA',
  };
  await fc.assert(
    fc.asyncProperty(aChoice, async (choice) => {
      expect(faultsOfUses(choice)).toEqual([]);
      const names = choice.map((_, place) => `Column ${'abcdefghijklmnopqrstuvwxyz'[place % 26]}${place}`);
      const content = [names, choice.map((use) => (use && cells[use]) ?? '')]
        .map((row) => row.join(','))
        .join('\n');
      const read = await readPatientList(
        Buffer.from(content),
        { today: '2026-11-22', madeUp: false },
        async () => ({
          uses: choice,
          dateOrder: null,
        }),
      );
      const person = {
        nhsNumber: '9990000018',
        givenName: 'Ann',
        familyName: 'Smith',
        dateOfBirth: '1985-03-07',
      };
      const postcode = choice.includes('postcode') ? { postcode: 'ZX1 1AA' } : {};
      expect(read).toMatchObject({ ok: true, rows: [{ ok: true, person: { ...person, ...postcode } }] });
    }),
    { numRuns: 100 },
  );
});

test('a choice that cannot be used is found out: something needed is missing, or is there twice', () => {
  const anything = fc.array(fc.constantFrom<ColumnUse | null>(...columnUses, null), { maxLength: 20 });
  fc.assert(
    fc.property(anything, (choice) => {
      const count = (use: ColumnUse) => choice.filter((one) => one === use).length;
      const isGood =
        needed.every((use) => count(use) === 1) &&
        columnUses.every((use) => mayBeSeveral(use) || count(use) <= 1);
      expect(faultsOfUses(choice).length === 0).toBe(isGood);
    }),
  );
});

test('names give each use one column, but the NHS number all that have its name', () => {
  const found = namedUses(['Calling Name', 'NHS No', 'First Name', 'Town', 'NHS Number', 'Road', 'Age']);
  expect(found).toEqual([null, 'nhsNumber', 'givenName', 'addressLine', 'nhsNumber', 'addressLine', null]);
  expect(columnsOf(found)).toMatchObject({ givenName: 2, addressLines: [3, 5], nhsNumbers: [1, 4] });
});
