import { randomUUID } from 'node:crypto';
import '../support/registry.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ObjectionRequest } from '../../src/objections/request.ts';
import { colleague, listed, openScene, receptionist, type Scene, TODAY } from './scene.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.end());

const record = (different?: Partial<ObjectionRequest>, by = receptionist) =>
  scene.objections.record(scene.ask(different), by);

test('an objection is in force as soon as it is recorded', async () => {
  const done = await record();
  expect(done).toMatchObject({ ok: true, acts: [{ kind: 'record', type: 'type-1', receivedOn: TODAY }] });
  expect(await listed(scene)).toMatchObject({
    status: 'in-force',
    since: TODAY,
    recordedBy: receptionist.id,
  });
});

test('both types at once are two acts, each with its entry', async () => {
  const done = await record({ types: ['type-1', 'type-2'], receivedOn: '2016-03-01' });
  expect(done.ok && done.acts.map(({ type }) => type)).toEqual(['type-1', 'type-2']);
  expect(done.ok && done.acts.map(({ ledgerIndex }) => ledgerIndex)).toEqual([2, 3]);
});

test('recording it again is a confirmation with its own day, not a second objection', async () => {
  await record({ receivedOn: '2016-03-01' });
  const again = await record({ receivedOn: TODAY }, colleague);
  expect(again).toMatchObject({ ok: true, acts: [{ kind: 'confirm', receivedOn: TODAY }] });
  expect(await listed(scene)).toMatchObject({ status: 'in-force', since: TODAY });
});

test('after a withdrawal it is an objection anew', async () => {
  await record({ receivedOn: '2016-03-01' });
  await scene.objections.withdraw(
    scene.ask({ receivedOn: '2018-05-25', identityChecked: 'photo-id' }),
    receptionist,
  );
  expect(await record()).toMatchObject({ ok: true, acts: [{ kind: 'record' }] });
  expect(await listed(scene)).toMatchObject({ status: 'in-force', since: TODAY });
});

test('two people who record it at once make one objection and its confirmation', async () => {
  const both = await Promise.all([record({}, receptionist), record({}, colleague)]);
  expect(
    both
      .flatMap((done) => (done.ok ? done.acts : []))
      .map(({ kind }) => kind)
      .sort(),
  ).toEqual(['confirm', 'record']);
  const rows = await scene.registry.services.database.reader.objection.count();
  expect(rows).toBe(1);
});

test('the same form sent twice at once is recorded once', async () => {
  const requestId = randomUUID();
  const same = { requestId, types: ['type-1', 'type-2'] as const };
  const [one, other] = await Promise.all([record(same), record(same)]);
  const ids = (done: typeof one) => done.ok && done.acts.map(({ id }) => id);
  expect(ids(one)).toEqual(ids(other));
  expect(ids(one)).toContain(requestId);
  expect(await scene.registry.services.database.reader.objectionAct.count()).toBe(2);
});

test('a form id of another patient is not taken for this one', async () => {
  const requestId = randomUUID();
  await record({ requestId });
  const patientId = await scene.another('1980-01-01');
  await expect(record({ requestId, patientId })).rejects.toThrow();
});

test('the patient shows that something changed, for the guard', async () => {
  const done = await record();
  const patient = await scene.registry.services.database.reader.patient.findUnique({
    where: { id: scene.patientId },
  });
  expect(done.ok && done.acts[0]?.ledgerIndex).toBe(patient?.changedAtIndex);
});

describe('is refused', () => {
  const rows: [reason: string, different: Partial<ObjectionRequest>][] = [
    ['no-such-patient', { patientId: randomUUID() }],
    ['no-type', { types: [] }],
    ['not-a-day', { receivedOn: '2026-02-30' }],
    ['received-in-future', { receivedOn: '2026-11-21' }],
    ['not-born-yet', { receivedOn: '1970-02-02' }],
    ['patient-is-adult', { requester: 'parental-responsibility', requesterName: 'A Parent' }],
    ['requester-not-named', { requester: 'attorney-health' }],
    ['requester-not-named', { requester: 'deputy', requesterName: '  ' }],
    ['note-too-long', { note: 'x'.repeat(501) }],
  ];
  test.each(rows)('%s: %o', async (reason, different) => {
    expect(await record(different)).toEqual({ ok: false, reason });
    expect(await scene.registry.services.database.reader.objectionAct.count()).toBe(0);
  });

  test('for a patient of another practice', async () => {
    const elsewhere = await openScene();
    expect(await record({ patientId: elsewhere.patientId })).toEqual({
      ok: false,
      reason: 'no-such-patient',
    });
    await elsewhere.end();
  });
});

describe('works at once', () => {
  test('on the day of birth, at the latest the day itself', async () => {
    expect(await record({ receivedOn: '1970-02-03' })).toMatchObject({ ok: true });
  });

  test('before anybody checked who asks', async () => {
    const done = await record({ identityChecked: 'not-yet', requester: 'deputy', requesterName: 'A Deputy' });
    expect(done).toMatchObject({ ok: true, acts: [{ authoritySeen: null }] });
    expect(await listed(scene)).toMatchObject({ status: 'in-force', needsDecision: false });
  });

  test('where only the guardian can decide, and waits for the guardian', async () => {
    await record({ requester: 'nobody-to-decide' });
    expect(await listed(scene)).toMatchObject({ status: 'in-force', needsDecision: true });
  });
});

describe('the national opt-out', () => {
  const rows: [type: 'type-1' | 'type-2', receivedOn: string, tell: boolean][] = [
    ['type-1', TODAY, false],
    ['type-2', '2018-10-11', false],
    ['type-2', '2018-10-12', true],
    ['type-2', TODAY, true],
  ];
  test.each(rows)('%s received on %s: to be told about it is %s', async (type, receivedOn, tell) => {
    await record({ types: [type], receivedOn });
    expect(await listed(scene, type)).toMatchObject({ status: 'in-force', tellNational: tell });
  });
});

test('the ledger holds neither the note nor a name', async () => {
  await record({ note: 'Rang from Leeds', requester: 'deputy', requesterName: 'Ada Proxy' });
  const texts = await scene.registry.services.database.reader.ledgerText.findMany();
  expect(texts.map(({ text }) => text).join()).not.toMatch(/Leeds|Proxy/);
});
