import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Acknowledging } from '../../src/objections/acknowledge-objections.ts';
import { colleague, listed, openScene, receptionist, type Scene, TODAY } from './scene.ts';

const clock = { now: new Date() };
const minute = (n: number) => new Date(Date.UTC(2026, 10, 20, 10, n));
let scene: Scene;

beforeEach(async () => {
  clock.now = minute(0);
  scene = await openScene('1970-02-03', () => clock.now);
});
afterEach(() => scene.end());

const acknowledge = (different: Partial<Acknowledging> = {}) =>
  scene.objections.acknowledge(
    { practiceId: scene.practiceId, patientIds: [scene.patientId], how: 'letter', ...different },
    receptionist,
  );
const entries = async () => {
  const texts = await scene.registry.services.database.reader.ledgerText.findMany();
  return texts.map(({ text }) => JSON.parse(text)).filter(({ act }) => act === 'objections-acknowledged');
};

test('what was recorded waits for an answer until somebody gives it, with one entry', async () => {
  await scene.objections.record(scene.ask({ types: ['type-1', 'type-2'] }), receptionist);
  expect(await listed(scene)).toMatchObject({ acknowledgeSince: minute(0), acknowledgedAt: null });
  clock.now = minute(5);
  expect(await acknowledge()).toEqual({ ok: true, count: 1 });
  expect(await listed(scene)).toMatchObject({
    acknowledgeSince: null,
    acknowledgedAt: minute(5),
    acknowledgedBy: receptionist.id,
  });
  expect(await listed(scene, 'type-2')).toMatchObject({ acknowledgeSince: null });
  expect(await entries()).toMatchObject([{ data: { patients: [scene.patientId], how: 'letter' } }]);
});

test('given twice, or to nobody, writes nothing', async () => {
  await scene.objections.record(scene.ask(), receptionist);
  await acknowledge();
  expect(await acknowledge()).toEqual({ ok: true, count: 0 });
  expect(await acknowledge({ patientIds: [] })).toEqual({ ok: true, count: 0 });
  expect(await acknowledge({ patientIds: ['ffffffff-1111-4111-8111-111111111111'] })).toMatchObject({
    count: 0,
  });
  expect(await entries()).toHaveLength(1);
});

test('the age is that of the first thing that was not answered', async () => {
  await scene.objections.record(scene.ask(), receptionist);
  clock.now = minute(3);
  await scene.objections.record(scene.ask(), receptionist);
  expect(await listed(scene)).toMatchObject({ acknowledgeSince: minute(0) });
  await acknowledge();
  clock.now = minute(9);
  await scene.objections.withdraw(scene.ask({ identityChecked: 'photo-id' }), receptionist);
  expect(await listed(scene)).toMatchObject({ acknowledgeSince: minute(9), acknowledgedAt: minute(3) });
});

test('a letter written before a newer word does not answer it', async () => {
  await scene.objections.record(scene.ask(), receptionist);
  const asOf = minute(2);
  clock.now = minute(3);
  await scene.objections.withdraw(
    scene.ask({ receivedOn: TODAY, identityChecked: 'photo-id' }),
    receptionist,
  );
  clock.now = minute(4);
  expect(await acknowledge({ asOf })).toEqual({ ok: true, count: 1 });
  expect(await listed(scene)).toMatchObject({ acknowledgeSince: minute(3) });
  expect(await acknowledge({ asOf })).toEqual({ ok: true, count: 0 });
});

test('what was entered in error is not written about', async () => {
  const done = await scene.objections.record(scene.ask(), receptionist);
  const [act] = done.ok ? done.acts : [];
  const error = { practiceId: scene.practiceId, actId: act?.id ?? '', reason: 'Wrong patient' };
  await scene.objections.markInError(error, receptionist);
  expect(await listed(scene)).toMatchObject({ acknowledgeSince: minute(0) });
  await scene.objections.confirmError(error, colleague);
  expect(await listed(scene)).toMatchObject({ status: 'in-error', acknowledgeSince: null });
});

test('objections from a file wait for no answer', async () => {
  const { reader } = scene.registry.services.database;
  const patient = await reader.patient.findUniqueOrThrow({ where: { id: scene.patientId } });
  const bytes = Buffer.from(`nhs_number,type,act,received_on\n${patient.nhsNumber},1,record,2016-02-01\n`);
  const file = { madeUp: false, fileName: 'before.csv', bytes, confirmWithdrawals: false };
  await scene.objections.import({ practiceId: scene.practiceId, ...file }, receptionist);
  expect(await listed(scene)).toMatchObject({ status: 'in-force', acknowledgeSince: null });
});
