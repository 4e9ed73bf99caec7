import { afterEach, beforeEach, expect, test } from 'vitest';
import { guardian, manager, openScene, type Scene } from '../guard/scene.ts';
import { someNumbers } from '../guard/some-csv.ts';
import '../support/registry.ts';
import { answersOf } from '../guard/answers.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.end());

const permitted = async () => {
  const checked = await scene.services.guard.check(scene.job, 'research', someNumbers, 'application/json');
  return checked.ok ? answersOf(checked).map((answer) => answer !== null) : [];
};
const link = (kind: 'duplicate' | 'new-number') =>
  scene.services.patients.link(
    {
      practiceId: scene.practiceId,
      patientId: scene.patients[0] ?? '',
      toId: scene.patients[1] ?? '',
      kind,
    },
    manager,
  );

test('peers fault 24: of two records of one person, an objection on either applies to both', async () => {
  await scene.object(0);
  expect(await permitted()).toEqual([false, true, true, true, true, true]);
  expect(await link('duplicate')).toEqual({ ok: true });
  expect(await permitted()).toEqual([false, false, true, true, true, true]);
  await scene.withdraw(1);
  expect(await permitted()).toEqual([true, true, true, true, true, true]);
});

test('peers fault 24: a new NHS number carries the objection along, and hides the old record', async () => {
  await scene.object(0);
  await link('new-number');
  expect(await permitted()).toEqual([false, false, true, true, true, true]);
  const old = await scene.services.patients.byId(scene.practiceId, scene.patients[0] ?? '');
  expect(old?.restricted).toBe(true);
});

test('peers fault 24: a link that was wrong is undone by another person, and lifts only what it had brought', async () => {
  const { patients } = scene.services;
  await scene.object(0);
  await link('duplicate');
  const [made] = await patients.linksOf(scene.practiceId, [scene.patients[0] ?? '']);
  const undo = { practiceId: scene.practiceId, linkId: made?.id ?? '', reason: 'Two sisters' };
  expect(await patients.unlink(undo, manager)).toEqual({ ok: false, reason: 'same-person' });
  expect(await permitted()).toEqual([false, false, true, true, true, true]);
  expect(await patients.unlink(undo, guardian)).toEqual({ ok: true });
  expect(await permitted()).toEqual([false, true, true, true, true, true]);
});
