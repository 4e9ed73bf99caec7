import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import '../support/registry.ts';
import { colleague, guardian, listed, manager, openScene, receptionist, type Scene, TODAY } from './scene.ts';

let scene: Scene;
let actId: string;
beforeEach(async () => {
  scene = await openScene();
  const done = await scene.objections.record(scene.ask({ receivedOn: '2016-03-01' }), receptionist);
  actId = (done.ok && done.acts[0]?.id) || '';
});
afterEach(() => scene.end());

const about = (id = actId, reason = 'It was another patient') => ({
  practiceId: scene.practiceId,
  actId: id,
  reason,
});
const mark = (id?: string, by = receptionist) => scene.objections.markInError(about(id), by);
const confirm = (by = manager) => scene.objections.confirmError(about(), by);
const withdrawn = async () => {
  const done = await scene.objections.withdraw(scene.ask({ identityChecked: 'photo-id' }), receptionist);
  return (done.ok && done.acts[0]?.id) || '';
};

test('an objection said to be in error goes on counting until a second person confirms', async () => {
  expect(await mark()).toMatchObject({ ok: true, waits: true });
  expect(await listed(scene)).toMatchObject({ status: 'in-force', errorsToConfirm: 1 });
  expect(await confirm()).toMatchObject({ ok: true });
  expect(await listed(scene)).toMatchObject({ status: 'in-error', errorsToConfirm: 0 });
});

test('refused, it goes on counting, and can be asked again', async () => {
  await mark();
  expect(await scene.objections.refuseError(about(), guardian)).toMatchObject({ ok: true });
  expect(await listed(scene)).toMatchObject({ status: 'in-force', errorsToConfirm: 0 });
  expect(await mark()).toMatchObject({ ok: true, waits: true });
});

test('who asked can neither confirm nor refuse', async () => {
  await mark(actId, manager);
  expect(await confirm(manager)).toEqual({ ok: false, reason: 'same-person' });
  expect(await scene.objections.refuseError(about(), manager)).toEqual({ ok: false, reason: 'same-person' });
  expect(await confirm(guardian)).toMatchObject({ ok: true });
});

test('of two who confirm at once, one does', async () => {
  await mark();
  const both = await Promise.all([confirm(manager), confirm(guardian)]);
  expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  expect(both).toContainEqual({ ok: false, reason: 'nothing-to-confirm' });
});

test('a withdrawal in error stops counting at once: the objection is in force again', async () => {
  const id = await withdrawn();
  expect(await listed(scene)).toMatchObject({ status: 'withdrawn' });
  expect(await mark(id)).toMatchObject({ ok: true, waits: false });
  expect(await listed(scene)).toMatchObject({ status: 'in-force', since: '2016-03-01' });
});

test('so does a settling', async () => {
  await scene.objections.record(scene.ask(), receptionist);
  await withdrawn();
  const seenIndex = 99;
  const settled = await scene.objections.settle(
    { ...scene.ask(), type: 'type-1', day: TODAY, settledAs: 'withdrawal', reason: 'She rang', seenIndex },
    manager,
  );
  expect(await listed(scene)).toMatchObject({ status: 'withdrawn' });
  expect(await mark((settled.ok && settled.act.id) || '')).toMatchObject({ ok: true, waits: false });
  expect(await listed(scene)).toMatchObject({ status: 'in-force', needsSettling: true });
});

describe('is refused', () => {
  test('of an act that nobody knows, or another practice’s', async () => {
    expect(await mark(randomUUID())).toEqual({ ok: false, reason: 'no-such-act' });
    const elsewhere = await openScene();
    const theirs = { ...about(), practiceId: elsewhere.practiceId };
    expect(await scene.objections.markInError(theirs, colleague).catch(() => 'no practice')).toBe(
      'no practice',
    );
    expect(await elsewhere.objections.markInError(theirs, colleague)).toEqual({
      ok: false,
      reason: 'no-such-act',
    });
    await elsewhere.end();
  });

  test('twice, whether it waits or was confirmed', async () => {
    await mark();
    expect(await mark()).toEqual({ ok: false, reason: 'already-asked' });
    await confirm();
    expect(await mark()).toEqual({ ok: false, reason: 'already-in-error' });
  });

  test('of an act that only speaks of another', async () => {
    const asked = await mark();
    expect(await mark((asked.ok && asked.act.id) || '')).toEqual({ ok: false, reason: 'cannot-be-in-error' });
  });

  test('without a reason, or with a whole letter', async () => {
    const say = (reason: string) => scene.objections.markInError(about(actId, reason), receptionist);
    expect(await say('  ')).toEqual({ ok: false, reason: 'reason-missing' });
    expect(await say('x'.repeat(501))).toEqual({ ok: false, reason: 'reason-too-long' });
    await mark();
    expect(await scene.objections.confirmError(about(actId, ''), manager)).toEqual({
      ok: false,
      reason: 'reason-missing',
    });
  });

  test('to confirm what nobody asked', async () => {
    expect(await confirm()).toEqual({ ok: false, reason: 'nothing-to-confirm' });
  });
});
