import { afterEach, beforeEach, expect, test } from 'vitest';
import '../support/registry.ts';
import { everybody, openScene, receptionist, release, type Scene, START } from '../guard/scene.ts';
import { someNumbers } from '../guard/some-csv.ts';

const DAY = 24 * 3_600_000;
let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.end());

const say = (act: 'record' | 'withdraw', patient: number, receivedOn: string) =>
  scene.services.objections[act](
    {
      practiceId: scene.practiceId,
      patientId: scene.patients[patient] ?? '',
      types: ['type-1'],
      requester: 'patient',
      receivedVia: 'letter',
      receivedOn,
      identityChecked: 'photo-id',
    },
    receptionist,
  );
const good = async (...asked: Parameters<typeof say>) =>
  expect(await say(...asked)).toMatchObject({ ok: true });

/** Which of the six leave now. */
async function leave(): Promise<number[]> {
  const done = await release(scene, everybody);
  if (!done.ok) throw new Error(done.reason);
  return someNumbers.flatMap((number, place) => (done.output.includes(number) ? [place] : []));
}

test('peers fault 11: before the first record, same day and millisecond, in the future, renewed, a tie', async () => {
  // Asked before anything was recorded of anybody: an answer, and no fault.
  expect(await leave()).toEqual([0, 1, 2, 3, 4, 5]);

  // Two records of one day and one millisecond are one objection; so is a tie with a withdrawal, whichever is keyed last.
  await good('record', 0, '2026-11-20');
  await good('record', 0, '2026-11-20');
  await good('record', 1, '2026-11-20');
  await good('withdraw', 1, '2026-11-20');
  await good('record', 2, '2026-11-19');
  await good('withdraw', 2, '2026-11-20');
  await good('record', 2, '2026-11-20');
  // A day that has not come yet is refused, and changes nothing.
  expect(await say('record', 3, '2026-11-21')).toEqual({ ok: false, reason: 'received-in-future' });
  // Withdrawn, then renewed; the withdrawal is keyed once more, late.
  await good('record', 4, '2016-01-01');
  await good('withdraw', 4, '2018-01-01');
  expect(await leave()).toEqual([3, 4, 5]);
  await good('record', 4, '2020-01-01');
  await good('withdraw', 4, '2019-01-01');
  // Withdrawn on a later day: the objection is over.
  await good('record', 5, '2026-11-19');
  await good('withdraw', 5, '2026-11-20');
  expect(await leave()).toEqual([3, 5]);

  // Nothing of this changes by waiting.
  scene.clock.now = new Date(START.getTime() + 30 * DAY);
  expect(await leave()).toEqual([3, 5]);
});
