import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import '../support/registry.ts';
import type { ObjectionRequest } from '../../src/objections/request.ts';
import { colleague, listed, openScene, receptionist, type Scene, TODAY } from './scene.ts';

let scene: Scene;
const open = async (dateOfBirth?: string, receivedOn = '2016-03-01') => {
  scene = await openScene(dateOfBirth);
  const done = await scene.objections.record(
    scene.ask({ receivedOn, types: ['type-1', 'type-2'], requester: 'patient' }),
    receptionist,
  );
  expect(done).toMatchObject({ ok: true });
};
afterEach(() => scene.end());

const withdraw = (different?: Partial<ObjectionRequest>, by = receptionist) =>
  scene.objections.withdraw(scene.ask({ identityChecked: 'photo-id', ...different }), by);

describe('of an adult', () => {
  beforeEach(() => open());

  test('lifts the objection of that type, and of no other', async () => {
    expect(await withdraw()).toMatchObject({ ok: true, acts: [{ kind: 'withdraw', type: 'type-1' }] });
    expect(await listed(scene)).toMatchObject({ status: 'withdrawn', since: TODAY });
    expect(await listed(scene, 'type-2')).toMatchObject({ status: 'in-force' });
  });

  test('of both types at once', async () => {
    await withdraw({ types: ['type-1', 'type-2'] });
    expect(await listed(scene, 'type-2')).toMatchObject({ status: 'withdrawn' });
  });

  test('received before the objection lifts nothing', async () => {
    expect(await withdraw({ receivedOn: '2015-01-01' })).toMatchObject({ ok: true });
    expect(await listed(scene)).toMatchObject({ status: 'in-force', since: '2016-03-01' });
  });

  test('received on the same day lifts nothing, and waits to be settled', async () => {
    await withdraw({ receivedOn: '2016-03-01' });
    expect(await listed(scene)).toMatchObject({ status: 'in-force', needsSettling: true });
  });

  test('the same form sent twice withdraws once', async () => {
    const requestId = randomUUID();
    const [one, other] = await Promise.all([withdraw({ requestId }), withdraw({ requestId })]);
    expect([one.ok, other.ok]).toEqual([true, true]);
    expect(await scene.registry.services.database.reader.objectionAct.count()).toBe(3);
  });

  test('of two people at once, the second is told', async () => {
    const both = await Promise.all([withdraw(), withdraw({}, colleague)]);
    expect(both).toContainEqual({ ok: false, reason: 'not-in-force' });
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  });

  const refused: [reason: string, different: Partial<ObjectionRequest>][] = [
    ['identity-not-confirmed', { identityChecked: 'not-yet' }],
    ['identity-not-confirmed', { identityChecked: null }],
    ['requester-not-named', { requester: 'deputy' }],
    ['authority-not-confirmed', { requester: 'deputy', requesterName: 'A Deputy' }],
    ['patient-is-adult', { requester: 'parental-responsibility', requesterName: 'A Parent' }],
    ['guardian-decides', { requester: 'nobody-to-decide', requesterName: 'A Neighbour' }],
    ['received-in-future', { receivedOn: '2026-11-21' }],
    ['no-such-patient', { patientId: randomUUID() }],
    ['no-type', { types: [] }],
  ];
  test.each(refused)('is refused, %s: %o', async (reason, different) => {
    expect(await withdraw(different)).toEqual({ ok: false, reason });
    expect(await listed(scene)).toMatchObject({ status: 'in-force' });
  });

  test('by a proxy whose authority was seen', async () => {
    const done = await withdraw({
      requester: 'attorney-property',
      requesterName: 'An Attorney',
      authoritySeen: 'lasting-power-of-attorney',
    });
    expect(done).toMatchObject({ ok: true });
    expect(await listed(scene)).toMatchObject({ status: 'withdrawn' });
  });
});

describe('of a child', () => {
  beforeEach(() => open('2016-05-01', '2017-01-01'));

  test('is refused to the child alone: the guardian decides', async () => {
    expect(await withdraw()).toEqual({ ok: false, reason: 'guardian-decides' });
  });

  test('is refused while child and parent disagree', async () => {
    const asked = { requester: 'child-and-parent-disagree', requesterName: 'A Parent' } as const;
    expect(await withdraw(asked)).toEqual({ ok: false, reason: 'guardian-decides' });
  });

  test('is taken from a parent whose authority was seen', async () => {
    const asked = { requester: 'parental-responsibility', requesterName: 'A Parent' } as const;
    expect(await withdraw(asked)).toEqual({ ok: false, reason: 'authority-not-confirmed' });
    expect(await withdraw({ ...asked, authoritySeen: 'birth-or-adoption-certificate' })).toMatchObject({
      ok: true,
    });
  });
});

test('where nothing was ever recorded there is nothing to withdraw', async () => {
  scene = await openScene();
  expect(await withdraw()).toEqual({ ok: false, reason: 'not-in-force' });
});
