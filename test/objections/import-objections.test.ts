import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { aPatient, patientsCsv } from '../support/factories.ts';
import '../support/registry.ts';
import { colleague, listed, manager, openScene, receptionist, type Scene, TODAY } from './scene.ts';

let scene: Scene;
let number: string;
beforeEach(async () => {
  scene = await openScene();
  number = await numberOf(scene.patientId);
});
afterEach(() => scene.end());

const by = { kind: 'command-line', id: 'objections import' } as const;
const reader = () => scene.registry.services.database.reader;
const numberOf = async (id: string) =>
  (await reader().patient.findUniqueOrThrow({ where: { id } })).nhsNumber;

async function take(lines: readonly string[], confirmWithdrawals = false) {
  const bytes = Buffer.from(`nhs_number,type,act,received_on\n${lines.join('\n')}\n`);
  const { practiceId } = scene;
  const done = await scene.objections.import(
    { practiceId, madeUp: false, fileName: 'old.csv', bytes, confirmWithdrawals },
    by,
  );
  if (!done.ok) throw new Error(done.reason);
  return done;
}
const takenInAt = async () =>
  (await reader().practice.findUniqueOrThrow({ where: { id: scene.practiceId } })).objectionsTakenInAt;
const waiting = () => reader().waitingWithdrawal.findMany();

test('each row is an act of its own, with its entry', async () => {
  const { counts, allTaken } = await take([`${number},1,record,2016-03-01`, `${number},2,record,2016-03-01`]);
  expect(counts).toMatchObject({ rows: 2, recorded: 2, refused: 0 });
  expect(allTaken).toBe(true);
  expect(await listed(scene)).toMatchObject({ status: 'in-force', since: '2016-03-01', requester: null });
  expect(await reader().objectionImport.findFirst()).toMatchObject({ fileName: 'old.csv', recorded: 2 });
});

test('another day of the same objection is a confirmation', async () => {
  const { counts } = await take([`${number},1,record,2016-03-01`, `${number},1,record,2017-03-01`]);
  expect(counts).toMatchObject({ recorded: 1, confirmed: 1 });
});

test('the same file again changes nothing', async () => {
  const lines = [
    `${number},1,record,2016-03-01`,
    `${number},1,withdraw,2017-01-01`,
    `${number},2,record,soon`,
  ];
  await take(lines);
  const before = await reader().objectionAct.count();
  const { counts } = await take(lines);
  expect(counts).toMatchObject({ rows: 3, unchanged: 3, recorded: 0, waiting: 0, undated: 0 });
  expect(await reader().objectionAct.count()).toBe(before);
  expect(await waiting()).toHaveLength(1);
});

test.each(['', '2016-02-30', '01/03/2016', '1969-12-31', '2026-11-21'])(
  'an objection received on "%s" stands without a day, and is listed',
  async (day) => {
    const { counts } = await take([`${number},1,record,${day}`]);
    expect(counts).toMatchObject({ recorded: 1, undated: 1, refused: 0 });
    expect(await listed(scene)).toMatchObject({ status: 'in-force', since: null, undated: true });
  },
);

test.each(['', '1969-12-31', '2026-11-21'])('a withdrawal received on "%s" is refused', async (day) => {
  const { counts, refused } = await take(
    [`${number},1,record,2016-03-01`, `${number},1,withdraw,${day}`],
    true,
  );
  expect(counts).toMatchObject({ recorded: 1, withdrawn: 0, refused: 1 });
  expect(refused).toMatchObject([{ row: 3, act: 'withdraw' }]);
  expect(await listed(scene)).toMatchObject({ status: 'in-force' });
});

test('an objection of somebody who is not on the list is kept, and holds from the moment they join', async () => {
  const rows = ['9434765919,1,record,2016-03-01', '9434765919,2,record,2016-03-01'];
  const { counts, allTaken } = await take(rows);
  expect(counts).toMatchObject({ rows: 2, recorded: 2, refused: 0, unlisted: 1 });
  expect(allTaken).toBe(true);
  expect(await take(rows)).toMatchObject({ counts: { recorded: 0, unchanged: 2, unlisted: 0 } });

  const { patients } = scene.registry.services;
  const [stranger] = await patients.toBeMatched(scene.practiceId);
  expect(stranger).toMatchObject({ nhsNumber: '9434765919', givenName: '', status: 'to-be-matched' });
  const begun = await patients.import(
    {
      practice: { id: scene.practiceId, madeUp: false },
      fileName: 'list.csv',
      bytes: Buffer.from(patientsCsv([aPatient(50, { nhsNumber: '9434765919' })])),
      wholeList: false,
    },
    manager,
  );
  if (begun.ok) await begun.run();
  expect(await patients.toBeMatched(scene.practiceId)).toEqual([]);
  const joined = (await patients.withNumber(scene.practiceId, '9434765919')).find(
    ({ status }) => status === 'registered',
  );
  expect(joined?.personId).toBe(stranger?.id);
});

test('a withdrawal of somebody whom nobody knows is refused', async () => {
  const { counts, refused } = await take(['9434765919,1,withdraw,2016-03-01'], true);
  expect(counts).toMatchObject({ rows: 1, refused: 1 });
  expect(refused).toEqual([
    { row: 2, act: 'withdraw', fault: 'Nobody on the practice’s list has this NHS number' },
  ]);
});

test('where two patients have the number, the objection holds for both and is withdrawn for neither', async () => {
  const other = await scene.another('1980-01-01');
  await scene.registry.services.database.write((tx) =>
    tx.patient.update({ where: { id: other }, data: { nhsNumber: number } }),
  );
  const { counts } = await take([`${number},1,record,2016-03-01`, `${number},1,withdraw,2017-01-01`], true);
  expect(counts).toMatchObject({ recorded: 1, refused: 1 });
  for (const patient of [scene.patientId, other])
    expect(await listed(scene, 'type-1', patient)).toMatchObject({ status: 'in-force' });
});

test('type 2 received after 11 October 2018 puts the patient on the list of those to tell', async () => {
  await take([`${number},2,record,2019-01-01`]);
  expect(await listed(scene, 'type-2')).toMatchObject({ tellNational: true });
});

describe('withdrawals', () => {
  const lines = () => [`${number},1,record,2016-03-01`, `${number},1,withdraw,2017-01-01`];
  const importId = async () => (await waiting())[0]?.importId ?? '';
  const answer = async (word: 'confirmed' | 'refused', different: object = {}) => {
    const { practiceId } = scene;
    return scene.objections.answerWithdrawals(
      { practiceId, importId: await importId(), answer: word, ...different },
      manager,
    );
  };

  test('lift nothing until a manager confirms them', async () => {
    expect((await take(lines())).counts).toMatchObject({ recorded: 1, waiting: 1, withdrawn: 0 });
    expect(await listed(scene)).toMatchObject({ status: 'in-force' });
    expect(await answer('confirmed')).toEqual({ ok: true, count: 1 });
    expect(await listed(scene)).toMatchObject({
      status: 'withdrawn',
      since: '2017-01-01',
      recordedBy: manager.id,
    });
    expect(await answer('confirmed')).toEqual({ ok: false, reason: 'nothing-waiting' });
  });

  test('refused never lift one, also when the file comes again', async () => {
    await take(lines());
    expect(await answer('refused')).toEqual({ ok: true, count: 1 });
    expect((await take(lines(), true)).counts).toMatchObject({ unchanged: 2, withdrawn: 0 });
    expect(await listed(scene)).toMatchObject({ status: 'in-force' });
  });

  test('with the option count at once, also those that waited', async () => {
    await take(lines());
    expect((await take(lines(), true)).counts).toMatchObject({ unchanged: 1, withdrawn: 1 });
    expect(await waiting()).toMatchObject([{ state: 'confirmed' }]);
    expect(await listed(scene)).toMatchObject({ status: 'withdrawn' });
  });

  test('one by one', async () => {
    await take([...lines(), `${number},2,record,2016-03-01`, `${number},2,withdraw,2017-01-01`]);
    const [first] = await waiting();
    expect(await answer('confirmed', { id: first?.id })).toEqual({ ok: true, count: 1 });
    expect((await waiting()).map(({ state }) => state).sort()).toEqual(['confirmed', 'waiting']);
  });

  test('are confirmed once, however many confirm them', async () => {
    await take(lines());
    await Promise.all(
      [answer('confirmed'), answer('confirmed'), answer('refused')].map((one) => one.catch(() => 0)),
    );
    const acts = await reader().objectionAct.findMany({ where: { kind: 'withdraw' } });
    expect(acts.length).toBeLessThanOrEqual(1);
  });

  test('recorded at the desk meanwhile are not recorded twice', async () => {
    await take(lines());
    await scene.objections.withdraw(
      scene.ask({ receivedOn: '2017-01-01', identityChecked: 'photo-id' }),
      receptionist,
    );
    await answer('confirmed');
    expect(await reader().objectionAct.count({ where: { kind: 'withdraw' } })).toBe(1);
  });

  test('of another practice are not found', async () => {
    await take(lines());
    const elsewhere = await openScene();
    const theirs = { practiceId: elsewhere.practiceId, importId: await importId() };
    expect(await elsewhere.objections.answerWithdrawals({ ...theirs, answer: 'confirmed' }, manager)).toEqual(
      {
        ok: false,
        reason: 'nothing-waiting',
      },
    );
    await elsewhere.end();
  });
});

describe('whether what was there before is in', () => {
  test('a file of which every objection was taken says so, once', async () => {
    await take([`${number},1,record,2016-03-01`, '9434765919,1,withdraw,2016-03-01']);
    const at = await takenInAt();
    expect(at).not.toBeNull();
    const again = { practiceId: scene.practiceId, how: 'none-before' } as const;
    expect(await scene.objections.takeIn(again, manager)).toEqual({ ok: false, reason: 'already-taken-in' });
    expect(await takenInAt()).toEqual(at);
  });

  test('a manager may say so', async () => {
    const none = { practiceId: scene.practiceId, how: 'none-before' } as const;
    expect(await scene.objections.takeIn(none, manager)).toEqual({ ok: true });
    expect(await takenInAt()).not.toBeNull();
    const texts = await reader().ledgerText.findMany();
    expect(texts.filter(({ text }) => text.includes('objections-taken-in'))).toHaveLength(1);
  });
});

test('many rows in pieces, while receptionists go on recording', async () => {
  const { takeInPatients } = await import('../ledger/history.ts');
  const ids = await takeInPatients(scene.registry.services.database, scene.practiceId, 300);
  const people = await reader().patient.findMany({ where: { id: { in: ids } } });
  const lines = people.flatMap(({ nhsNumber }) => [
    `${nhsNumber},1,record,2016-03-01`,
    `${nhsNumber},2,record,2016-03-01`,
  ]);
  const importing = take(lines);
  const desk = ids
    .slice(0, 20)
    .map((patientId) => scene.objections.record(scene.ask({ patientId, receivedOn: TODAY }), colleague));
  expect((await Promise.all(desk)).every(({ ok }) => ok)).toBe(true);
  const { counts } = await importing;
  expect(counts.recorded + counts.confirmed).toBe(600);
  expect(await reader().objection.count({ where: { status: 'in-force' } })).toBe(600);
});
