import { afterEach, beforeEach, expect, it } from 'vitest';
import { membersOf } from '../../src/guard/membership.ts';
import '../support/registry.ts';
import { answersOf } from './answers.ts';
import { openScene, type Scene } from './scene.ts';
import { someNumbers } from './some-csv.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.end());

const [A, B] = someNumbers as [string, string];

async function check(...asked: string[]) {
  const checked = await scene.services.guard.check(scene.job, 'research', asked, 'application/json');
  if (!checked.ok) throw new Error(checked.reason);
  return checked;
}

it('answers each number in its place, and only who is permitted', async () => {
  await scene.object(1);
  const checked = await check('999 000 0018', B, '9990000093', '9990000010', '', 'x', A);
  expect(answersOf(checked)).toEqual([A, null, null, null, null, null, A]);
  expect(checked.counts).toEqual({ asked: 7, permitted: 2, withheld: 5 });
});

it('is kept like a release: what was permitted counts as having left', async () => {
  await scene.object(1);
  const { id, ledger, checkedAt } = await check(A, B);
  const row = await scene.services.database.reader.release.findUniqueOrThrow({ where: { id } });
  expect(row).toMatchObject({
    kind: 'check',
    status: 'complete',
    countIn: 2,
    countOut: 1,
    ledgerSize: ledger.size,
  });
  expect(row.decidedAt).toEqual(checkedAt);
  const account = await scene.services.database.reader.releaseAccount.findUniqueOrThrow({
    where: { releaseId: id },
  });
  expect([...membersOf(account.members)]).toEqual([0]);
});

it('is decided anew each time', async () => {
  expect(answersOf(await check(A))).toEqual([A]);
  await scene.object(0);
  expect(answersOf(await check(A))).toEqual([null]);
  await scene.withdraw(0);
  expect(answersOf(await check(A))).toEqual([A]);
});

it('answers 100,000 numbers', async () => {
  const checked = await check(...Array.from({ length: 100_000 }, (_, i) => someNumbers[i % 6] as string));
  expect(checked.counts).toEqual({ asked: 100_000, permitted: 100_000, withheld: 0 });
  expect(answersOf(checked)[99_999]).toBe(someNumbers[99_999 % 6]);
});

it('for direct care permits whoever has a number', async () => {
  await scene.object(0);
  await scene.addExtract({ ground: 'direct-care' });
  expect(answersOf(await check(A, '9990000093', '9990000010'))).toEqual([A, '9990000093', null]);
});

it('is refused where it was not approved', async () => {
  await scene.addExtract({ checksApproved: false });
  const checked = await scene.services.guard.check(scene.job, 'research', [A], 'application/json');
  expect(checked).toEqual({ ok: false, reason: 'checks-not-approved' });
});
