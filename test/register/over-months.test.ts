import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { everybody, HEADER, release } from '../guard/scene.ts';
import { type Days, openDays } from './days.ts';

let days: Days;

const register = async () =>
  (await days.services.publicRegister.latest(days.practiceId))?.register ??
  expect.fail('nothing was published');
/** What the entries tell is what every register so far tells. */
const holds = async (registers: number) =>
  expect(await days.services.ledger.verify(days.practiceId)).toMatchObject({
    ok: true,
    checked: { registers },
  });

beforeAll(async () => {
  days = await openDays('2026-11-29');
});

afterAll(() => days.end());

test('a release that runs over the end of a month counts in the one in which it ends', async () => {
  const begun = await days.services.guard.startRelease(days.job, 'research', 'text/csv');
  if (!begun.ok) throw new Error(begun.reason);
  const decided = await begun.release.decide(Readable.from([Buffer.from(everybody)]));
  if (!decided.ok) throw new Error(decided.reason);
  await days.goTo('2026-12-01');
  expect(await register()).toMatchObject({
    releases: [{ day: '2026-11-29', status: 'running', size: 'tens' }],
    extracts: [{ size: 'tens' }],
    months: [],
  });
  for await (const _ of decided.decided.content());
  await decided.decided.end('complete');
  await days.nextDay();
  expect((await register()).releases).toMatchObject([{ status: 'complete', size: 'tens' }]);
  await holds(2);
});

test('what failed is told, and that nothing left', async () => {
  const failed = await days.services.guard.startRelease(days.job, 'research', 'text/csv');
  if (!failed.ok) throw new Error(failed.reason);
  expect(await failed.release.decide(Readable.from([Buffer.from('not,an,extract\n')]))).toMatchObject({
    ok: false,
  });
  await days.nextDay();
  expect((await register()).releases[0]).toMatchObject({ status: 'failed', size: null });
  await holds(3);
});

test('after months in which nothing was published each of them is told of, and older releases by month alone', async () => {
  await release(days, HEADER);
  for (const asked of [1, 2, 3]) {
    const numbers = Array.from({ length: asked }, () => '9990000018');
    await days.services.guard.check(days.job, 'research', numbers, 'application/json');
  }
  await days.goTo('2027-04-03');
  const told = await register();
  expect(told.releases).toEqual([]);
  // The one that began in November is told of where it ended.
  expect(told.months).toEqual([
    { month: '2026-12', extract: 'research', releases: 2, failed: 1, checks: 'fewer than 10' },
  ]);
  const months = ['2026-11', '2026-12', '2027-01', '2027-02', '2027-03'];
  expect(told.objections.map(({ month }) => month)).toEqual(months);
  // The version's last day was in December.
  expect(told.extracts[0]?.versions[0]?.state).toBe('over');
  await holds(4);
});
