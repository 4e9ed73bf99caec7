import { randomUUID } from 'node:crypto';
import '../support/registry.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ObjectionRequest } from '../../src/objections/request.ts';
import { colleague, openScene, receptionist, type Scene } from './scene.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.end());

const authority = () => scene.registry.services.authority;
const waiting = () => authority().countWaiting(scene.practiceId);
const asDeputy = { requester: 'deputy', requesterName: 'Jo King' } as const;
const record = async (different: Partial<ObjectionRequest> = asDeputy) => {
  const requestId = randomUUID();
  const done = await scene.objections.record(scene.ask({ ...different, requestId }), receptionist);
  expect(done.ok).toBe(true);
  return requestId;
};
const check = (requestId: string, outcome: 'seen' | 'not-enough', by = colleague, note = 'Order of 2024') =>
  authority().check({ practiceId: scene.practiceId, requestId, outcome, note }, by);

test('a proxy’s request waits for a second person, with its types once; the patient’s own does not', async () => {
  await record({ requester: 'patient' });
  expect(await waiting()).toBe(0);
  const requestId = await record({ ...asDeputy, types: ['type-1', 'type-2'] });
  expect(await waiting()).toBe(1);
  expect(await authority().find(scene.practiceId, requestId)).toMatchObject({
    outcome: null,
    askedBy: receptionist.id,
    patientId: scene.patientId,
  });
  expect(await authority().find(randomUUID(), requestId)).toBeNull();
});

test('a withdrawal by a proxy waits too, and sent twice it waits once', async () => {
  await record({ requester: 'patient' });
  const seen = { authoritySeen: 'court-order-deputy', identityChecked: 'photo-id' } as const;
  const request = scene.ask({ ...asDeputy, ...seen, requestId: randomUUID() });
  for (let times = 0; times < 2; times++)
    expect(await scene.objections.withdraw(request, receptionist)).toMatchObject({ ok: true });
  expect(await waiting()).toBe(1);
});

test('seen by another person, it waits no more; the entry does not tell what was written', async () => {
  const requestId = await record();
  expect(await check(requestId, 'seen')).toEqual({ ok: true });
  expect(await waiting()).toBe(0);
  const { reader } = scene.registry.services.database;
  const [entry] = await reader.ledgerText.findMany({ where: { text: { contains: 'authority-checked' } } });
  expect(entry?.text).toContain('"outcome":"seen"');
  expect(entry?.text).not.toContain('Order of 2024');
  expect(await check(requestId, 'not-enough')).toEqual({ ok: false, reason: 'nothing-to-check' });
});

test('not enough needs to say why, and the objection goes on working', async () => {
  const requestId = await record();
  expect(await check(requestId, 'not-enough', colleague, ' ')).toEqual({
    ok: false,
    reason: 'reason-missing',
  });
  expect(await check(requestId, 'not-enough')).toEqual({ ok: true });
  expect(await scene.objections.countInForce(scene.practiceId)).toBe(1);
});

test('never by who keyed it', async () => {
  const requestId = await record();
  expect(await check(requestId, 'seen', receptionist)).toEqual({ ok: false, reason: 'same-person' });
  expect(await check(randomUUID(), 'seen')).toEqual({ ok: false, reason: 'nothing-to-check' });
  expect(await waiting()).toBe(1);
});
