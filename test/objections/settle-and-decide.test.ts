import { afterEach, describe, expect, test } from 'vitest';
import '../support/registry.ts';
import type { ObjectionRequest } from '../../src/objections/request.ts';
import { guardian, listed, manager, openScene, receptionist, type Scene, TODAY } from './scene.ts';

let scene: Scene;
afterEach(() => scene.end());

const record = (different?: Partial<ObjectionRequest>, by = receptionist) =>
  scene.objections.record(scene.ask(different), by);
const firstId = (done: Awaited<ReturnType<typeof record>>) => (done.ok && done.acts[0]?.id) || '';

describe('settling an objection and a withdrawal of one day', () => {
  const settle = async (settledAs: 'objection' | 'withdrawal', different: object = {}) => {
    const { practiceId, patientId } = scene;
    const said = {
      practiceId,
      patientId,
      type: 'type-1',
      day: TODAY,
      settledAs,
      reason: 'She rang',
      seenIndex: 3,
    };
    return scene.objections.settle({ ...said, type: 'type-1', ...different }, manager);
  };
  const open = async () => {
    scene = await openScene();
    await record();
    await scene.objections.withdraw(scene.ask({ identityChecked: 'photo-id' }), receptionist);
    expect(await listed(scene)).toMatchObject({ status: 'in-force', needsSettling: true });
  };

  test.each([
    ['objection', 'in-force'],
    ['withdrawal', 'withdrawn'],
  ] as const)('the last word was the %s: %s', async (word, status) => {
    await open();
    expect(await settle(word)).toMatchObject({ ok: true });
    expect(await listed(scene)).toMatchObject({ status, needsSettling: false });
    expect(await settle(word)).toEqual({ ok: false, reason: 'nothing-to-settle' });
  });

  test('nobody settles what they have not seen', async () => {
    await open();
    await record();
    expect(await settle('withdrawal')).toEqual({ ok: false, reason: 'changed-meanwhile' });
    expect(await listed(scene)).toMatchObject({ status: 'in-force', needsSettling: true });
  });

  test('another day, or without saying how it is known, settles nothing', async () => {
    await open();
    expect(await settle('withdrawal', { day: '2026-11-19' })).toEqual({
      ok: false,
      reason: 'nothing-to-settle',
    });
    expect(await settle('withdrawal', { day: null })).toEqual({ ok: false, reason: 'nothing-to-settle' });
    expect(await settle('withdrawal', { reason: ' ' })).toEqual({ ok: false, reason: 'reason-missing' });
  });
});

describe('deciding', () => {
  const open = async () => {
    scene = await openScene('2016-05-01');
    return firstId(await record());
  };
  const decide = (actId: string, upheld: boolean, by = guardian, reason = 'Talked with both') =>
    scene.objections.decide({ practiceId: scene.practiceId, actId, upheld, reason }, by);

  test('it stands: nothing is left to decide', async () => {
    const id = await open();
    expect(await decide(id, true)).toMatchObject({ ok: true });
    expect(await listed(scene)).toMatchObject({ status: 'in-force', needsDecision: false });
    expect(await decide(id, false)).toEqual({ ok: false, reason: 'nothing-to-decide' });
  });

  test('it does not: from then on it lifts', async () => {
    expect(await decide(await open(), false)).toMatchObject({ ok: true });
    expect(await listed(scene)).toMatchObject({ status: 'not-upheld', needsDecision: false });
  });

  test('who took it in cannot lift it alone, but may let it stand', async () => {
    scene = await openScene('2016-05-01');
    const id = firstId(await record({}, guardian));
    expect(await decide(id, false)).toEqual({ ok: false, reason: 'same-person' });
    expect(await listed(scene)).toMatchObject({ status: 'in-force', needsDecision: true });
    expect(await decide(id, true)).toMatchObject({ ok: true });
  });

  test('needs a reason, and an objection that waits for it', async () => {
    const id = await open();
    expect(await decide(id, true, guardian, '')).toEqual({ ok: false, reason: 'reason-missing' });
    scene = await scene.end().then(() => openScene());
    expect(await decide(firstId(await record()), true)).toEqual({ ok: false, reason: 'nothing-to-decide' });
  });
});

describe('telling of the national opt-out', () => {
  test('ticks the patient off, with an entry, and only once', async () => {
    scene = await openScene();
    await record({ types: ['type-2'] });
    const tell = () => scene.objections.tellOfNationalOptOut(scene, receptionist);
    expect(await tell()).toEqual({ ok: true });
    expect(await listed(scene, 'type-2')).toMatchObject({
      status: 'in-force',
      tellNational: false,
      toldNationalBy: receptionist.id,
    });
    expect(await tell()).toEqual({ ok: false, reason: 'nothing-to-tell' });
    const texts = await scene.registry.services.database.reader.ledgerText.findMany();
    expect(texts.filter(({ text }) => text.includes('national-opt-out-told'))).toHaveLength(1);
  });
});
