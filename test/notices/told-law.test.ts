import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ageOn } from '../../src/day.ts';
import { coverState } from '../../src/notices/coverage.ts';
import { tellingHows, tellingOutcomes, toldSince } from '../../src/notices/telling.ts';
import { appended } from '../../src/notices/told-entry.ts';
import { tellingStore } from '../../src/store/telling-store.ts';
import { aPublishedNotice } from '../support/some-notice.ts';
import { manager, openTellingScene, type TellingScene } from './telling-scene.ts';

let scene: TellingScene;
beforeAll(async () => {
  scene = await openTellingScene();
});
afterAll(() => scene.end());

const births = ['2020-06-01', '2012-03-02', '2008-01-01', '1980-05-06', '1940-05-06'] as const;
const days = ['2026-03-02', '2026-03-20', '2026-04-01', '2026-05-15'] as const;
const anAct = fc.record({
  patient: fc.nat({ max: 4 }),
  notice: fc.nat({ max: 1 }),
  attempt: fc.nat({ max: 3 }),
  how: fc.nat({ max: tellingHows.length - 1 }),
  outcome: fc.constantFrom(...tellingOutcomes),
  on: fc.constantFrom(...days),
});

type Said = { notice: number; patient: number; attempt: string; how: string; outcome: string; on: string };

/** Since when somebody counts as told, from entries alone: written a second time, the slow way. */
function slowSince(said: readonly Said[]): string | undefined {
  const reaching: Record<string, string[]> = {
    letter: ['sent', 'delivered'],
    'registration-pack': ['sent', 'delivered'],
    'at-the-desk': ['spoken-to'],
  };
  let first: string | undefined;
  for (const { attempt, how, outcome, on } of said) {
    const cameBack = said.some((one) => one.attempt === attempt && /^(bounced|returned)$/.test(one.outcome));
    if (cameBack || !(reaching[how] ?? ['delivered']).includes(outcome)) continue;
    if (first === undefined || on < first) first = on;
  }
  return first;
}

test('what the database counts is a slow recount of the entries, whatever was said in whatever order', async () => {
  const { database, ledger } = scene.services;
  let toldOnce = 0;
  scene.on('2026-06-01');
  await fc.assert(
    fc.asyncProperty(fc.array(anAct, { maxLength: 30 }), async (acts) => {
      // Others of the practice were told before: each mixture has notices and people of its own.
      const refs = [
        await aPublishedNotice(scene.services, scene.practiceId),
        await aPublishedNotice(scene.services, scene.practiceId),
      ];
      const ids = await scene.add(...births.map((dateOfBirth) => ({ dateOfBirth })));
      await tellingStore(database).change(scene.practiceId, async (change) => {
        const rows = acts.map(({ patient, notice, attempt, how, outcome, on }) => {
          const { noticeId = '', version = 0 } = refs[notice] ?? {};
          // One way to an attempt, as the commands hold it.
          const way = tellingHows[(how + attempt) % tellingHows.length] ?? 'letter';
          const attemptId = `${ids[patient]} ${notice} ${attempt} ${way}`;
          const of = { patientId: ids[patient] ?? '', noticeId, version, attemptId, runId: null };
          return appended(change, { ...of, how: way, outcome, on, translationId: null }, manager, new Date());
        });
        await change.save(rows);
      });

      const texts = await database.reader.ledgerText.findMany({
        where: { practiceId: scene.practiceId, text: { startsWith: '{"act":"patient-told",' } },
      });
      const said = texts
        .map(({ text }) => JSON.parse(text).data)
        .map(
          (data): Said => ({
            ...data,
            patient: ids.indexOf(data.patient),
            notice: refs.findIndex((ref) => ref.noticeId === data.notice),
          }),
        )
        .filter(({ patient, notice }) => patient >= 0 && notice >= 0);
      expect(said).toHaveLength(acts.length);
      for (const versions of [refs.slice(0, 1), refs]) {
        const own = ids.map((_, patient) =>
          said.filter((one) => one.patient === patient && one.notice < versions.length),
        );
        const since = own.map(slowSince);
        toldOnce += since.filter((day) => day !== undefined).length;
        const months: Record<string, number> = {};
        for (const day of since)
          if (day !== undefined) months[day.slice(0, 7)] = (months[day.slice(0, 7)] ?? 0) + 1;
        const counted = await scene.tellings.coverage(scene.practiceId, versions);
        expect(Object.fromEntries(counted.months.map(({ month, count }) => [month, count]))).toEqual(months);
        expect(counted.counts.told).toBe(since.filter((day) => day !== undefined).length);
        const tried = own.filter((list, at) => list.length > 0 && since[at] === undefined).length;
        expect(counted.counts.failed + counted.counts.waiting + counted.counts.unheard).toBe(tried);
        const children = births.filter(
          (birth, at) => ageOn(birth, '2026-06-01') < 13 && since[at] !== undefined,
        );
        expect(counted.bands.find(({ name }) => name === '0-12')?.counts.told).toBe(children.length);
        expect(counted.list).toBe(
          await database.reader.patient.count({ where: { practiceId: scene.practiceId } }),
        );
      }
      // The rule in memory, for one patient, says the same.
      for (const [at, id] of ids.entries()) {
        const stored = await scene.tellings.ofPatient(scene.practiceId, id);
        expect(toldSince(stored)).toBe(slowSince(said.filter(({ patient }) => patient === at)));
      }
    }),
    { numRuns: 75 },
  );
  expect(toldOnce).toBeGreaterThan(20);
  expect(await ledger.verify(scene.practiceId)).toMatchObject({ ok: true });
}, 240_000);

test.each([
  ['told', false, true, 'told'],
  ['told', true, false, 'told'],
  ['failed', true, false, 'failed'],
  ['waiting', false, true, 'waiting'],
  ['waiting', true, false, 'unheard'],
  ['none', true, false, 'new'],
  ['none', false, false, 'not-tried'],
] as const)(
  'who is %s (new: %s, sent something lately: %s) counts as %s',
  (state, isNew, isRecent, counted) => {
    expect(coverState({ state, isNew, isRecent })).toBe(counted);
  },
);
