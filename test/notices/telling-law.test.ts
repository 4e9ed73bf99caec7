import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import '../support/registry.ts';
import { addDays, londonDay } from '../../src/day.ts';
import type { NewExtract } from '../../src/extracts/register-extract.ts';
import { answersOf } from '../guard/answers.ts';
import { keep } from '../guard/scan.ts';
import {
  everybody,
  HEADER,
  manager,
  openScene,
  pieces,
  receptionist,
  release,
  rowOf,
  type Scene,
  START,
} from '../guard/scene.ts';
import { someNumbers } from '../guard/some-csv.ts';
import { aPublishedNotice, keepTellings, type Told } from '../support/tellings.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.end());

const TODAY = londonDay(START);
const ago = (days: number): string => addDays(TODAY, -days);
const idOf = (patient: number): string => scene.patients[patient] ?? '';
const everyone = [0, 1, 2, 3, 4, 5];

/** An extract to which everybody consented, with its job; it asks that patients were told 28 days ago. */
async function anExtract(different: Partial<NewExtract> = {}) {
  const extractId = `study-${randomUUID().slice(0, 8)}`;
  await scene.addExtract({ extractId, ground: 'explicit-consent', toldDays: 28, ...different });
  const { practiceId, services } = scene;
  const expiresAt = new Date('2099-01-01T00:00:00Z');
  const key = await services.keys.make(
    { practiceId, name: 'Job', extracts: [extractId], expiresAt },
    manager,
  );
  const job = { keyId: key.ok ? key.id : '', practiceId, extracts: [extractId] };
  for (const patient of everyone) {
    const consent = { practiceId, extractId, patientId: idOf(patient), reference: 'Form in the record' };
    await services.consents.record({ ...consent, on: '2026-03-01', how: 'paper-form' }, receptionist);
  }
  const notice = (version = 1) => aPublishedNotice(services, practiceId, [{ extractId, version }]);
  return { extractId, of: { ...scene, job }, notice };
}

const tell = (...told: Told[]) => keepTellings(scene.services, scene.practiceId, told);
const onlyRows = (...patients: number[]) => HEADER + patients.map((one) => rowOf(one)).join('');

describe('a release that waits for telling', () => {
  test('holds those who were told long enough ago, and of the next day those of the next day', async () => {
    const { extractId, of, notice } = await anExtract();
    const { guard } = scene.services;
    expect(await guard.readiness(of.job, extractId)).toMatchObject({ reasons: ['no-notice'] });
    expect(await release(of, everybody, extractId)).toMatchObject({ output: HEADER });
    const { noticeId } = await notice();
    expect(await guard.readiness(of.job, extractId)).toMatchObject({ reasons: [] });
    await tell(
      { patientId: idOf(0), noticeId, on: ago(28) },
      { patientId: idOf(1), noticeId, on: ago(27) },
      { patientId: idOf(2), noticeId, on: ago(29) },
      { patientId: idOf(3), noticeId, on: ago(40), how: 'text' },
    );
    const done = await release(of, everybody, extractId);
    expect(done).toMatchObject({ output: onlyRows(0, 2) });
    const row = await scene.services.database.reader.release.findFirst({ where: { id: done.id ?? '' } });
    expect(JSON.parse(row?.reasons ?? '')).toEqual({ 'not-told': 4 });
    const previewed = await guard.preview(await version(extractId), Buffer.from(everybody));
    expect(previewed.ok && [...previewed.preview.reasons]).toEqual([['not-told', 4]]);
    const asked = await guard.check(of.job, extractId, [...someNumbers], 'text/plain');
    expect(asked).toMatchObject({ ok: true, counts: { permitted: 2 } });
    try {
      scene.clock.now = new Date(`${addDays(TODAY, 1)}T00:30:00.000Z`);
      expect(await release(of, everybody, extractId)).toMatchObject({ output: onlyRows(0, 1, 2) });
    } finally {
      scene.clock.now = START;
    }
    // It came back: they were never told.
    const [first] = await scene.services.database.reader.toldAct.findMany({
      where: { patientId: idOf(2), noticeId },
    });
    await tell({
      patientId: idOf(2),
      noticeId,
      on: TODAY,
      attemptId: first?.attemptId ?? '',
      outcome: 'returned',
    });
    expect(await release(of, everybody, extractId)).toMatchObject({ output: onlyRows(0) });
  });

  test('what comes back while it is scanned takes the rows out, and who is told meanwhile stays out', async () => {
    const { extractId, of, notice } = await anExtract();
    const { noticeId } = await notice();
    const attemptId = randomUUID();
    await tell(
      { patientId: idOf(0), noticeId, on: ago(30) },
      { patientId: idOf(1), noticeId, on: ago(30), attemptId },
    );
    const input = pieces(
      HEADER,
      rowOf(0),
      rowOf(1),
      rowOf(2),
      () => tell({ patientId: idOf(1), noticeId, on: TODAY, attemptId, outcome: 'bounced' }),
      () => tell({ patientId: idOf(2), noticeId, on: ago(30) }),
    );
    expect(await release(of, input, extractId)).toMatchObject({ output: onlyRows(0) });
  });

  test('at midnight nobody more leaves in a release that began before', async () => {
    const { extractId, of, notice } = await anExtract();
    const { noticeId } = await notice();
    await tell({ patientId: idOf(0), noticeId, on: ago(28) }, { patientId: idOf(1), noticeId, on: ago(27) });
    try {
      const midnight = async () => {
        scene.clock.now = new Date(`${addDays(TODAY, 1)}T00:00:00.000Z`);
      };
      const input = pieces(HEADER, rowOf(0), rowOf(1), midnight, rowOf(1));
      expect(await release(of, input, extractId)).toMatchObject({ output: onlyRows(0) });
    } finally {
      scene.clock.now = START;
    }
  });

  test('a letter to one of two records of a person with one number is enough; to somebody else it is not', async () => {
    const { extractId, of, notice } = await anExtract();
    const { practiceId, services } = scene;
    const { noticeId } = await notice();
    const nhsNumber = '9990000158';
    const [one = '', other = ''] = [
      await scene.addPatient({ nhsNumber }),
      await scene.addPatient({ nhsNumber }),
    ];
    await services.patients.link({ practiceId, patientId: other, toId: one, kind: 'duplicate' }, manager);
    const consent = { practiceId, extractId, patientId: one, on: '2026-03-01', reference: 'Form' };
    await services.consents.record({ ...consent, how: 'paper-form' }, receptionist);
    const row = `${nhsNumber},x\n`;
    await tell({ patientId: idOf(0), noticeId, on: ago(30) });
    expect(await release(of, HEADER + rowOf(0) + row, extractId)).toMatchObject({ output: onlyRows(0) });
    await tell({ patientId: other, noticeId, on: ago(30) });
    expect(await release(of, HEADER + rowOf(0) + row, extractId)).toMatchObject({
      output: onlyRows(0) + row,
    });
  });
});

test('a new version that says more is not covered, and one that says less is', async () => {
  const { extractId, of, notice } = await anExtract();
  const { noticeId } = await notice();
  await tell({ patientId: idOf(0), noticeId, on: ago(30) });
  const same = { extractId, ground: 'explicit-consent', toldDays: 28 };
  await scene.addExtract({ ...same, fields: keep('nhs_number', 'note', 'postcode') });
  const more = 'nhs_number,note,postcode\n';
  const row = `${someNumbers[0]},x,y\n`;
  expect(await release(of, more + row, extractId)).toMatchObject({ output: more });
  await scene.addExtract({ ...same, fields: keep('nhs_number') });
  expect(await release(of, everybody, extractId)).toMatchObject({
    output: `nhs_number\n${someNumbers[0]}\n`,
  });
});

test.each(['direct-care', 'legal-obligation', 'public-interest', 'public-health', 'nhs-england-direction'])(
  'on %s nobody is withheld for not having been told',
  async (ground) => {
    const { extractId, of } = await anExtract({ ground, startsOn: '2026-11-01' });
    expect(await release(of, everybody, extractId)).toMatchObject({ output: everybody });
    const coverage = await scene.services.guard.toldCoverage(await version(extractId), []);
    expect(coverage).toMatchObject({ told: 0, withheld: null });
  },
);

const version = async (extractId: string) => {
  const found = await scene.services.extracts.versionsOf(scene.practiceId, extractId);
  return found[0] as NonNullable<(typeof found)[0]>;
};

type Step = {
  readonly patient: number;
  readonly notice: number;
  readonly attempt: number;
  readonly how: string;
  readonly outcome: string;
  readonly daysAgo: number;
};
const someSteps = fc.array(
  fc.record<Step>({
    patient: fc.integer({ min: 0, max: 5 }),
    notice: fc.integer({ min: 0, max: 2 }),
    attempt: fc.integer({ min: 0, max: 2 }),
    how: fc.constantFrom('letter', 'letter', 'text', 'at-the-desk', 'poster'),
    outcome: fc.constantFrom('sent', 'sent', 'delivered', 'spoken-to', 'returned', 'bounced'),
    daysAgo: fc.integer({ min: 25, max: 32 }),
  }),
  { minLength: 4, maxLength: 25 },
);

/** The ways that reach a person, once more, by themselves. */
const reached = ['letter sent', 'letter delivered', 'text delivered', 'at-the-desk spoken-to'];

/** A second guard: goes through the whole ledger for each patient, and knows nothing of an index. */
async function slowlyTold(covering: readonly string[], days: number): Promise<number[]> {
  const { reader } = scene.services.database;
  const texts = await reader.ledgerText.findMany({
    where: { practiceId: scene.practiceId },
    orderBy: { index: 'asc' },
  });
  const entries = texts.map(({ text }) => JSON.parse(text)).filter(({ act }) => act === 'patient-told');
  return everyone.filter((patient) => {
    const mine = entries
      .map(({ data }) => data)
      .filter((data) => data.patient === idOf(patient) && covering.includes(data.notice));
    return [...new Set(mine.map((data) => data.attempt))].some((attempt) => {
      const acts = mine.filter((data) => data.attempt === attempt);
      if (acts.some(({ outcome }) => ['returned', 'bounced'].includes(outcome))) return false;
      return acts.some(({ how, outcome, on }) => reached.includes(`${how} ${outcome}`) && on <= ago(days));
    });
  });
}

test('whoever was told what and when, those leave of whom a slow recount says so', async () => {
  await fc.assert(
    fc.asyncProperty(someSteps, fc.integer({ min: 26, max: 31 }), async (steps, toldDays) => {
      const { extractId, of, notice } = await anExtract({ toldDays });
      const { practiceId, services } = scene;
      // Two that cover it, and one that is about another extract.
      const notices = [
        await notice(),
        await notice(),
        await aPublishedNotice(services, practiceId, [{ extractId: 'research', version: 1 }]),
      ];
      const ids = notices.map(({ noticeId }) => noticeId);
      await tell(
        ...steps.map(({ patient, notice: which, attempt, daysAgo, ...said }) => ({
          ...said,
          patientId: idOf(patient),
          noticeId: ids[which] ?? '',
          attemptId: `${extractId} ${patient} ${which} ${attempt}`,
          on: ago(daysAgo),
        })),
      );
      const expected = await slowlyTold(ids.slice(0, 2), toldDays);
      expect(await release(of, everybody, extractId)).toMatchObject({ output: onlyRows(...expected) });
      const checked = await services.guard.check(of.job, extractId, [...someNumbers], 'text/plain');
      expect(checked.ok && answersOf(checked)).toEqual(
        someNumbers.map((number, at) => (expected.includes(at) ? number : null)),
      );
      const lines = everyone.map((at) => `${JSON.stringify({ nhs_number: someNumbers[at], note: 'x' })}\n`);
      const started = await services.guard.startRelease(of.job, extractId, 'application/x-ndjson');
      if (!started.ok) throw new Error(started.reason);
      const decided = await started.release.decide(pieces(lines.join('')));
      if (!decided.ok) throw new Error(decided.reason);
      const { content, counts, end } = decided.decided;
      const left: string[] = [];
      for await (const chunk of content()) left.push(String(chunk));
      await end('complete');
      expect(left.join('')).toBe(expected.map((at) => lines[at]).join(''));
      expect(counts.out).toBe(expected.length);
      const coverage = await services.guard.toldCoverage(await version(extractId), []);
      expect(coverage).toMatchObject({ longEnough: expected.length, withheld: 6 - expected.length });
    }),
    { numRuns: 12 },
  );
});
