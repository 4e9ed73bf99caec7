import { afterEach, beforeEach, expect, test } from 'vitest';
import '../../support/registry.ts';
import { listed, manager, NOW, openScene, receptionist, type Scene } from '../scene.ts';

let scene: Scene;
let numbers: string[];
let ids: string[];
beforeEach(async () => {
  scene = await openScene();
  ids = [scene.patientId];
  for (let n = 0; n < 3; n++) ids.push(await scene.another('1980-01-01'));
  const rows = await scene.registry.services.database.reader.patient.findMany();
  numbers = ids.map((id) => rows.find((row) => row.id === id)?.nhsNumber ?? '');
});
afterEach(() => scene.end());

const take = async (lines: readonly string[], header = 'NHS Number,Code,Code Term,Date') => {
  const bytes = Buffer.from([header, ...lines].join('\n'));
  return scene.objections.takeCodedReport({ practiceId: scene.practiceId, madeUp: false, bytes }, manager);
};
const object = (patient: number) =>
  scene.objections.record(
    scene.ask({ patientId: ids[patient] ?? '', types: ['type-1', 'type-2'] }),
    receptionist,
  );
const withdraw = (patient: number) =>
  scene.objections.withdraw(
    scene.ask({
      patientId: ids[patient] ?? '',
      types: ['type-1'],
      identityChecked: 'photo-id',
      receivedOn: '2026-11-20',
    }),
    receptionist,
  );
const waiting = async () =>
  (await scene.registry.services.work.waiting(scene.practiceId, 'to-be-coded')).length;

test('what the report has is coded, what it does not have is missing, and what we do not have is listed', async () => {
  await object(0);
  await object(1);
  expect(await waiting()).toBe(2);
  const taken = await take([
    'A report of,somebody,,',
    `${numbers[0]},9Nu0.,Dissent,20/11/2026`,
    `${numbers[2]},XaZ89,Dissent,01-Feb-2016`,
    `${numbers[3]},9Ndo.,Summary Care Record,2016-02-01`,
    `${numbers[3]},9Nu4.,Type 2,2017-02-01`,
    `9990000000,9Nu0.,Dissent,2016-02-01`,
    `${numbers[3]},9nu0,Dissent,2016-02-01`,
    `${numbers[3]},9Nu0,Dissent,soon`,
    `9434765919,9Nu0,Dissent,2016-02-01`,
  ]);
  expect(taken).toMatchObject({
    ok: true,
    compared: {
      coded: 1,
      nowCoded: 1,
      missing: 1,
      vanished: 0,
      notHeld: [ids[2]],
      withdrawnHere: [],
      type2: 1,
      lookAlikes: 1,
    },
  });
  const refused = taken.ok ? taken.compared.refused.map(({ row }) => row) : [];
  expect(refused).toEqual([7, 8, 9, 10]);
  expect(await listed(scene)).toMatchObject({ codedAs: 'dissent', codedSeenAt: NOW });
  expect(await listed(scene, 'type-2')).toMatchObject({ codedAs: null });
  expect(await waiting()).toBe(1);
  const { reader } = scene.registry.services.database;
  const texts = await reader.ledgerText.findMany({ orderBy: { index: 'desc' }, take: 1 });
  expect(JSON.parse(texts[0]?.text ?? '')).toMatchObject({
    act: 'objections-coded',
    data: {
      coded: 1,
      nowCoded: 1,
      missing: 1,
      notHeld: 1,
      refused: 4,
      file: expect.stringMatching(/^[0-9a-f]{64}$/),
    },
  });
});

test('the latest entry counts; on one day the objection; a withdrawal code is never an objection', async () => {
  await object(0);
  const says = async (...lines: string[]) => {
    await take(lines.map((line) => `${numbers[0]},${line}`));
    return (await listed(scene))?.codedAs;
  };
  expect(await says('9Nu0,,2016-02-01', '9Nu1,,2018-02-01')).toBe('withdrawn');
  expect(await says('9Nu1,,2018-02-01', '9Nu0,,2016-02-01')).toBe('withdrawn');
  expect(await says('9Nu1,,2016-02-01', '9Nu0,,2018-02-01')).toBe('dissent');
  expect(await says('9Nu0,,2018-02-01', '9Nu1,,2018-02-01')).toBe('dissent');
  expect(await says('9Nu1,,2018-02-01', '9Nu0,,2018-02-01')).toBe('dissent');
  expect(await says('9Nu1,,2018-02-01')).toBe('withdrawn');
  expect(await says('9Nu0,,2016-02-01', '9Nu1,,')).toBe('dissent');
  expect(await waiting()).toBe(0);
});

test('a code that vanished puts the objection back on the list; withdrawn here and coded there is listed', async () => {
  await object(0);
  await object(1);
  const both = [`${numbers[0]},9Nu0,,2026-11-20`, `${numbers[1]},9Nu0,,2026-11-20`];
  await take(both);
  expect(await waiting()).toBe(0);
  expect(await take(both.slice(1))).toMatchObject({ compared: { missing: 1, vanished: 1 } });
  expect(await waiting()).toBe(1);
  await withdraw(1);
  const [act] = await scene.objections.ofPatient(scene.practiceId, ids[1] ?? '');
  await scene.objections.settle(
    {
      practiceId: scene.practiceId,
      patientId: ids[1] ?? '',
      type: 'type-1',
      day: act?.receivedOn ?? null,
      settledAs: 'withdrawal',
      reason: 'Said so on the phone',
      seenIndex: Math.max(
        ...(await scene.objections.ofPatient(scene.practiceId, ids[1] ?? ''))
          .filter(({ type }) => type === 'type-1')
          .map(({ ledgerIndex }) => ledgerIndex),
      ),
    },
    manager,
  );
  expect(await take(both)).toMatchObject({ compared: { withdrawnHere: [ids[1]], missing: 0 } });
  expect(await waiting()).toBe(1);
});

test.each([
  ['', 'empty'],
  ['Name,Age\nA,1\n', 'The report needs a column NHS Number'],
  ['NHS Number,Code,Date\n"1', 'a quotation mark is not closed'],
])('a file that is no report is refused: %j', async (text, words) => {
  const file = { practiceId: scene.practiceId, madeUp: false, bytes: Buffer.from(text) };
  expect(await scene.objections.takeCodedReport(file, manager)).toMatchObject({
    ok: false,
    fault: expect.stringContaining(words),
  });
});
