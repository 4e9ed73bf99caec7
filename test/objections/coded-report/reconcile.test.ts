import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import '../../support/registry.ts';
import type { ReconciliationList } from '../../../src/objections/coded-report/reconciliation.ts';
import { listed, manager, NOW, openScene, receptionist, type Scene } from '../scene.ts';

let scene: Scene;
let numbers: string[];
let ids: string[];
beforeEach(async () => {
  scene = await openScene();
  ids = [scene.patientId];
  for (let n = 0; n < 4; n++) ids.push(await scene.another('1980-01-01'));
  const rows = await scene.registry.services.database.reader.patient.findMany();
  numbers = ids.map((id) => rows.find((row) => row.id === id)?.nhsNumber ?? '');
});
afterEach(() => scene.end());

const fileOf = (text: string) => ({
  ...{ practiceId: scene.practiceId, madeUp: false, fileName: 'codes.csv', system: 'emis' as const },
  bytes: Buffer.from(text),
});
const take = async (lines: readonly string[], header = 'NHS Number,Code,Code Term,Date') => {
  const done = await scene.objections.reconcile(fileOf([header, ...lines].join('\n')), manager);
  if (!done.ok) throw new Error(done.fault);
  return done;
};
const object = (patient: number, types: ('type-1' | 'type-2')[] = ['type-1']) =>
  scene.objections.record(scene.ask({ patientId: ids[patient] ?? '', types }), receptionist);
const onList = async (id: string, list: ReconciliationList) => {
  const part = { skip: 0, take: 500 };
  return scene.registry.services.reconciliations.lines(scene.practiceId, id, list, part);
};
const waiting = async () =>
  (await scene.registry.services.work.waiting(scene.practiceId, 'to-be-coded')).length;

test('one report: each list has its own, and the whole is kept with an entry in the ledger', async () => {
  await object(0, ['type-1', 'type-2']);
  await object(1);
  expect(await waiting()).toBe(2);
  const { id, counts } = await take([
    'A report of,somebody,,',
    `${numbers[0]},9Nu0.,Dissent,20/11/2026`,
    `${numbers[2]},XaZ89,Dissent,01-Feb-2016`,
    `${numbers[3]},9Ndo.,Summary Care Record,2016-02-01`,
    `${numbers[3]},9Nu4.,Type 2,2019-02-01`,
    `9990000000,9Nu0.,Dissent,2016-02-01`,
    `${numbers[3]},9nu0,Dissent,2016-02-01`,
    `${numbers[4]},9Nu0,Dissent,soon`,
    `9434765919,9Nu0,Dissent,2016-02-01`,
  ]);
  expect(counts).toEqual({
    ...{ rows: 9, codedThere: 3, type2There: 1, heldHere: 2, coded: 1, nowCoded: 1 },
    ...{ 'not-held': 2, 'not-coded': 1, vanished: 0, 'withdrawn-there': 0, 'ended-here': 0 },
    ...{ 'late-type-2': 1, 'look-alike': 1, unread: 3 },
  });
  const held = await onList(id, 'not-held');
  expect(held.map(({ patientId, codedOn, row }) => [patientId, codedOn, row])).toEqual([
    [ids[2], '2016-02-01', 4],
    [ids[4], null, 9],
  ]);
  expect(await onList(id, 'not-coded')).toMatchObject([{ patientId: ids[1], row: null }]);
  expect(await onList(id, 'late-type-2')).toMatchObject([{ patientId: ids[3], codedOn: '2019-02-01' }]);
  expect(await onList(id, 'look-alike')).toMatchObject([{ patientId: ids[3], what: '9Ndo', type: null }]);
  expect((await onList(id, 'unread')).map(({ row }) => row)).toEqual([7, 8, 10]);
  expect(await listed(scene)).toMatchObject({ codedAs: 'dissent', codedSeenAt: NOW });
  expect(await listed(scene, 'type-2')).toMatchObject({ codedAs: null });
  expect(await waiting()).toBe(1);
  const { reader } = scene.registry.services.database;
  const [text] = await reader.ledgerText.findMany({ orderBy: { index: 'desc' }, take: 1 });
  expect(JSON.parse(text?.text ?? '')).toMatchObject({
    act: 'codes-reconciled',
    data: { reconciliation: id, system: 'emis', counts, file: expect.stringMatching(/^[0-9a-f]{64}$/) },
  });
});

test.each([
  [
    'EMIS report',
    'NHS Number,EMIS Number,Read Code,SNOMED Code,Date',
    (n: string) => `${n},7,9Nu0.,827241000000103,1-Feb-2016`,
  ],
  [
    'EMIS extract',
    'PatientGuid,EffectiveDate,EffectiveDatePrecision,EnteredDate,ReadTermId,SnomedCTConceptId,Deleted',
    () => '{A-B},2016-02-01,YMD,2020-01-01,9Nu0,827241000000103,false',
  ],
  [
    'SystmOne SRCode',
    'RowIdentifier,DateEventRecorded,DateEvent,CTV3Code,CTV3Text,IDPatient',
    () => '4711,03 Jan 2020 10:11:12,01 Feb 2016 00:00:00,XaZ89,"Dissent, so written",77',
  ],
  [
    'Vision',
    'NHS No;Read Code;Rubric;Event Date',
    (n: string) =>
      `${n.replace(/(...)(...)/, '$1 $2 ')};9Nu0.00;Dissent second use;01/02/2016\n;246..;Blood pressure;25/12/2015`,
  ],
  [
    'a term alone',
    'NHS Number|Code Term|Date Recorded',
    (n: string) => `${n}|Dissent from secondary use of GP patient identifiable data|20160201`,
  ],
])('%s is read', async (_, header, line) => {
  const { database } = scene.registry.services;
  const { practiceId } = scene;
  const known = (kind: string, value: string) => ({
    kind,
    value,
    practiceId,
    patientId: ids[2] ?? '',
    importId: 'test',
  });
  await database.write((tx) =>
    tx.localId.createMany({
      data: [known('patient-guid', 'a-b'), known('id-patient', '77'), known('emis-number', '7')],
    }),
  );
  const { id } = await take(['', line(numbers[2] ?? ''), ''], header);
  const unread = await onList(id, 'unread');
  expect(unread).toEqual([]);
  expect(await onList(id, 'not-held')).toMatchObject([{ patientId: ids[2], codedOn: '2016-02-01' }]);
});

test.each([
  ['of a deleted entry', '2016-02-01,YMD,true', 'not-coded', null],
  ['of which only the year is known', '2016-01-01,Y,false', 'not-held', null],
])('a row %s', async (_, cells, list, on) => {
  await object(0);
  const { id } = await take(
    [`${numbers[1]},9Nu0,${cells}`],
    'NHS Number,Code,EffectiveDate,EffectiveDatePrecision,Deleted',
  );
  expect(await onList(id, list as ReconciliationList)).toMatchObject([
    { patientId: list === 'not-held' ? ids[1] : ids[0], codedOn: on },
  ]);
});

test('two patients with one number, and a number and an id of two patients: nobody knows, nothing is concluded', async () => {
  const { database } = scene.registry.services;
  const { practiceId } = scene;
  await database.write(async (tx) => {
    await tx.patient.update({ where: { id: ids[1] ?? '' }, data: { nhsNumber: numbers[0] ?? '' } });
    await tx.localId.create({
      data: { practiceId, kind: 'emis-number', value: '7', patientId: ids[3] ?? '', importId: 'test' },
    });
  });
  await object(0);
  const { id, counts } = await take(
    [`${numbers[0]},,9Nu0,2016-02-01`, `${numbers[2]},7,9Nu0,2016-02-01`, ',8,9Nu0,2016-02-01'],
    'NHS Number,EMIS Number,Code,Date',
  );
  expect(counts).toMatchObject({ 'not-held': 0, 'not-coded': 1, unread: 3, coded: 0 });
  expect((await onList(id, 'unread')).map(({ what }) => what)).toEqual([
    expect.stringContaining('Two patients'),
    expect.stringContaining('two different patients'),
    expect.stringContaining('Nobody'),
  ]);
});

test('the latest entry counts; on one day the objection; a withdrawal code is never an objection', async () => {
  await object(0);
  const says = async (...lines: string[]) => {
    await take(lines.map((line) => `${numbers[0]},${line}`));
    return (await listed(scene))?.codedAs;
  };
  expect(await says('9Nu0,,2016-02-01', '9Nu1,,2018-02-01')).toBe('withdrawn');
  expect(await says('9Nu1,,2016-02-01', '9Nu0,,2018-02-01')).toBe('dissent');
  expect(await says('9Nu1,,2018-02-01', '9Nu0,,2018-02-01')).toBe('dissent');
  expect(await says('9Nu1,,2018-02-01')).toBe('withdrawn');
  expect(await says('9Nu0,,2016-02-01', '9Nu1,,')).toBe('dissent');
  expect(await says('9Ndo,,2016-02-01')).toBeNull();
});

test('a code that vanished is listed and waits to be entered again; the objection stands', async () => {
  await object(0);
  await take([`${numbers[0]},9Nu0,,2026-11-20`]);
  expect(await waiting()).toBe(0);
  const { id, counts } = await take([`${numbers[1]},9Nu0,,2026-11-20`]);
  expect(counts).toMatchObject({ vanished: 1, 'not-coded': 0, coded: 0 });
  expect(await onList(id, 'vanished')).toMatchObject([{ patientId: ids[0] }]);
  expect(await waiting()).toBe(1);
  expect(await listed(scene)).toMatchObject({ status: 'in-force' });
  const { before, list } = scene.registry.services.reconciliations;
  const [newest] = await list(scene.practiceId, 9);
  expect(newest?.id).toBe(id);
  expect(newest && (await before(scene.practiceId, newest))?.counts).toMatchObject({ coded: 1, nowCoded: 1 });
});

test('what the record has and we did not is recorded once, whoever presses how often; it works, and is coded', async () => {
  const { id } = await take([
    `${numbers[1]},9Nu0,,2016-02-01`,
    `${numbers[2]},9Nu0,,2079-01-01`,
    `${numbers[3]},9Nu4,,2017-02-01`,
    `${numbers[4]},9Ndo,,2017-02-01`,
    `${numbers[4]},9Nu1,,2017-02-01`,
  ]);
  const { practiceId, objections } = scene;
  const coded = { practiceId, reconciliationId: id, places: [0, 1, 2, 3, 4] };
  const press = () => objections.recordCoded(coded, manager);
  const pressed = [await Promise.all([press(), press()]), await press()].flat();
  expect(pressed).toContainEqual({ ok: true, recorded: 3, confirmed: 0, unchanged: 0, undated: 1 });
  expect(pressed.filter((one) => one.ok && one.unchanged === 3)).toHaveLength(2);
  const row = async (patient: number, type = 'type-1') => listed(scene, type, ids[patient]);
  const coded1 = { status: 'in-force', receivedVia: 'clinical-record', acknowledgeSince: null };
  expect(await row(1)).toMatchObject({
    ...coded1,
    since: '2016-02-01',
    codedAs: 'dissent',
    codedSeenAt: NOW,
  });
  expect(await row(2)).toMatchObject({ ...coded1, since: null, undated: true });
  expect(await row(3)).toBeNull();
  expect(await row(3, 'type-2')).toMatchObject({ ...coded1, since: '2017-02-01', codedAs: null });
  expect(await row(4)).toBeNull();
  expect(await waiting()).toBe(0);
  expect((await scene.registry.services.work.waiting(practiceId, 'undated')).length).toBe(1);
});

test.each([
  [{ reconciliationId: randomUUID(), places: [0] }, 'no-such-reconciliation'],
  [{ reconciliationId: randomUUID(), places: Array.from({ length: 201 }, (_, place) => place) }, 'too-many'],
])('$places.length lines are not recorded: %s', async (coded, reason) => {
  const asked = { practiceId: scene.practiceId, ...coded };
  expect(await scene.objections.recordCoded(asked, manager)).toEqual({ ok: false, reason });
});

test.each([
  ['', 'empty'],
  ['Name,Age\nA,1\n', 'The report needs a column NHS Number'],
  ['NHS Number,Code,Date\n"1', 'a quotation mark is not closed'],
  ['NHS Number,Code,Date\n9990000018,9Nu0,03/04/2020', 'does not tell whether 03/04/2020'],
])('a file that is no report is refused: %j', async (text, words) => {
  expect(await scene.objections.reconcile(fileOf(text), manager)).toMatchObject({
    ok: false,
    fault: expect.stringContaining(words),
  });
});

test.each([
  ['day-first', '2016-04-03'],
  ['month-first', '2016-03-04'],
] as const)('a date that can be read in two ways is read %s when somebody says so', async (dateOrder, on) => {
  const file = fileOf(`NHS Number,Code,Date\n${numbers[1]},9Nu0,03/04/2016`);
  const done = await scene.objections.reconcile({ ...file, dateOrder }, manager);
  expect(await onList(done.ok ? done.id : '', 'not-held')).toMatchObject([{ codedOn: on }]);
});
