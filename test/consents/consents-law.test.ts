import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { somePatients } from '../support/factories.ts';
import '../support/registry.ts';
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
} from '../guard/scene.ts';
import { someNumbers } from '../guard/some-csv.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.end());

/** An extract that asks for consent, of which nobody has said anything yet, with its job. */
async function anExtract() {
  const extractId = `study-${randomUUID().slice(0, 8)}`;
  await scene.addExtract({ extractId, ground: 'explicit-consent', reference: 'Consent form 3' });
  const expiresAt = new Date('2099-01-01T00:00:00Z');
  const { practiceId } = scene;
  const key = await scene.services.keys.make(
    { practiceId, name: 'Job', extracts: [extractId], expiresAt },
    manager,
  );
  const job = { keyId: key.ok ? key.id : '', practiceId, extracts: [extractId] };
  return { extractId, of: { ...scene, job } };
}

const consent = (
  extractId: string,
  patient: number,
  on = '2026-03-01',
  how: 'paper-form' | 'asked-again' = 'paper-form',
) =>
  scene.services.consents.record(
    {
      practiceId: scene.practiceId,
      extractId,
      patientId: scene.patients[patient] ?? '',
      on,
      how,
      reference: 'Form in the record',
    },
    receptionist,
  );
const withdraw = (extractId: string, patient: number) =>
  scene.services.consents.withdraw(
    { practiceId: scene.practiceId, extractId, patientId: scene.patients[patient] ?? '', reference: '' },
    receptionist,
  );
const object = (patient: number, receivedOn: string) =>
  scene.services.objections.record(
    {
      practiceId: scene.practiceId,
      patientId: scene.patients[patient] ?? '',
      types: ['type-1'],
      requester: 'patient',
      receivedVia: 'phone',
      receivedOn,
    },
    receptionist,
  );
const onlyRows = (...patients: number[]) => HEADER + patients.map((one) => rowOf(one)).join('');

describe('a release that asks for consent', () => {
  test('holds those who consented to this extract, and nobody else', async () => {
    const { extractId, of } = await anExtract();
    const other = await anExtract();
    expect(await release(of, everybody, extractId)).toMatchObject({ output: HEADER });
    await consent(extractId, 0);
    await consent(extractId, 3);
    await consent(other.extractId, 4);
    const done = await release(of, everybody, extractId);
    expect(done).toMatchObject({ output: onlyRows(0, 3) });
    const row = await scene.services.database.reader.release.findFirst({ where: { id: done.id ?? '' } });
    expect(JSON.parse(row?.reasons ?? '')).toEqual({ 'no-consent': 4 });
    await withdraw(extractId, 0);
    expect(await release(of, everybody, extractId)).toMatchObject({ output: onlyRows(3) });
    const checked = await scene.services.guard.check(of.job, extractId, [...someNumbers], 'text/plain');
    expect(checked).toMatchObject({ ok: true, counts: { permitted: 1 } });
  });

  test('an objection after the consent withholds until the patient was asked again', async () => {
    const { extractId, of } = await anExtract();
    await consent(extractId, 5);
    await object(5, '2026-02-28');
    expect(await release(of, everybody, extractId)).toMatchObject({ output: onlyRows(5) });
    await object(5, '2026-03-01');
    expect(await release(of, everybody, extractId)).toMatchObject({ output: HEADER });
    const asked = await scene.services.work.waiting(scene.practiceId, 'asked-again');
    expect(asked).toEqual([{ id: `${scene.patients[5]} ${extractId}`, since: '2026-03-01' }]);
    // An old form that is keyed again is no new word.
    await consent(extractId, 5, '2026-02-01');
    expect(await release(of, everybody, extractId)).toMatchObject({ output: HEADER });
    await consent(extractId, 5, '2026-03-01', 'asked-again');
    expect(await release(of, everybody, extractId)).toMatchObject({ output: onlyRows(5) });
    expect(await scene.services.work.waiting(scene.practiceId, 'asked-again')).toEqual([]);
  });

  test('a consent withdrawn, or an objection recorded, while it is scanned takes the rows out', async () => {
    const { extractId, of } = await anExtract();
    for (const patient of [0, 1, 2]) await consent(extractId, patient);
    const input = pieces(
      HEADER,
      rowOf(0),
      rowOf(1),
      () => withdraw(extractId, 0),
      rowOf(2),
      () => object(2, '2026-11-20'),
    );
    expect(await release(of, input, extractId)).toMatchObject({ output: onlyRows(1) });
  });

  test('a consent given while it is scanned lets nobody out who was withheld', async () => {
    const { extractId, of } = await anExtract();
    await consent(extractId, 0);
    const input = pieces(HEADER, rowOf(0), rowOf(3), () => consent(extractId, 3), rowOf(3));
    expect(await release(of, input, extractId)).toMatchObject({ output: onlyRows(0) });
  });

  test('of two records of one person, what is said against it on either counts; a link gives no consent', async () => {
    const { extractId, of } = await anExtract();
    const { practiceId, services } = scene;
    const other = await scene.addPatient({ nhsNumber: '9990000077' });
    const rows = `${HEADER}${rowOf(0)}9990000077,x\n`;
    await consent(extractId, 0);
    expect(await release(of, rows, extractId)).toMatchObject({ output: onlyRows(0) });
    const link = { practiceId, patientId: other, toId: scene.patients[0] ?? '', kind: 'duplicate' as const };
    await services.patients.link(link, manager);
    expect(await release(of, rows, extractId)).toMatchObject({ output: onlyRows(0) });
    await consent(extractId, scene.patients.indexOf(other));
    expect(await release(of, rows, extractId)).toMatchObject({ output: rows });
    await withdraw(extractId, scene.patients.indexOf(other));
    expect(await release(of, rows, extractId)).toMatchObject({ output: HEADER });
  });
});

describe('consents from a file', () => {
  const file = (extractId: string, ...rows: string[]) => ({
    practiceId: scene.practiceId,
    madeUp: false,
    extractId,
    bytes: Buffer.from(`nhs_number,given_on,how,reference\n${rows.join('\n')}\n`),
  });

  test('are taken once, and what is in doubt is refused by its row', async () => {
    const { extractId, of } = await anExtract();
    const [a, b, c] = [3, 4, 1].map((patient) => someNumbers[patient] ?? '');
    const rows = [
      `${a},2026-01-05,paper-form,Form 1`,
      `${b},2026-01-05,online,Form 2`,
      `${c},05/01/2026,online,Form 3`,
      `9990000018x,2026-01-05,online,Form 4`,
      `9990000905,2026-01-05,online,Form 5`,
      `${c},2027-01-05,online,Form 6`,
      `${c},2026-01-05,told me,Form 7`,
      `${c},2026-01-05,online,`,
    ];
    const { consents } = scene.services;
    const taken = await consents.import(file(extractId, ...rows), manager);
    expect(taken).toMatchObject({ ok: true, counts: { rows: 8, recorded: 2, unchanged: 0 } });
    expect(taken.ok && taken.refused.map(({ row }) => row)).toEqual([4, 5, 6, 7, 8, 9]);
    expect(await release(of, everybody, extractId)).toMatchObject({ output: onlyRows(3, 4) });
    const again = await consents.import(file(extractId, ...rows), manager);
    expect(again).toMatchObject({ counts: { recorded: 0, unchanged: 2 } });
    // A file that is taken in again gives nobody back who withdrew, not even on the day.
    await withdraw(extractId, 3);
    await consents.import(file(extractId, ...rows, `${a},2026-11-20,paper-form,Form 8`), manager);
    expect(await release(of, everybody, extractId)).toMatchObject({ output: onlyRows(4) });
  });

  test.each([
    ['without its columns', 'nhs_number,on\n', /has to name the columns/],
    ['with nothing in it', 'nhs_number,given_on,how,reference\n', /nothing under them/],
  ])('%s: nothing is taken', async (_, text, words) => {
    const { extractId } = await anExtract();
    const taken = await scene.services.consents.import(
      { ...file(extractId), bytes: Buffer.from(text) },
      manager,
    );
    expect(taken).toMatchObject({ ok: false, reason: expect.stringMatching(words) });
  });

  test('nor for an extract that does not ask for consent', async () => {
    const taken = await scene.services.consents.import(
      file('research', `${someNumbers[0]},2026-01-05,online,F`),
      manager,
    );
    expect(taken).toMatchObject({ ok: false });
    expect(await consent('research', 0)).toEqual({ ok: false, reason: 'no-consent-asked' });
  });
});

type Step = {
  readonly kind: 'consent' | 'withdraw' | 'object';
  readonly patient: number;
  readonly on: string;
};
const someSteps = fc.array(
  fc.record<Step>({
    kind: fc.constantFrom('consent', 'consent', 'withdraw', 'object'),
    patient: fc.integer({ min: 0, max: 2 }),
    on: fc.constantFrom('2026-05-01', '2026-05-02', '2026-05-03'),
  }),
  { minLength: 3, maxLength: 10 },
);

test('whatever is said in whatever order, those leave of whom a second guard says so', async () => {
  await fc.assert(
    fc.asyncProperty(someSteps, async (steps) => {
      const { extractId, of } = await anExtract();
      const numbers = somePatients(3, 5000 + scene.patients.length).map(({ nhsNumber }) => nhsNumber);
      const places: number[] = [];
      for (const nhsNumber of numbers)
        places.push(scene.patients.indexOf(await scene.addPatient({ nhsNumber })));
      /** By patient, every word in its order: the day, and whether it consents. */
      const told: { on: string; says: boolean }[][] = [[], [], []];
      for (const { kind, patient, on } of steps) {
        const place = places[patient] ?? 0;
        const own = told[patient] ?? [];
        if (kind === 'consent') {
          const done = await consent(extractId, place, on);
          // The same form keyed twice in a row is one.
          if (done.ok && done.isNew) own.push({ on, says: true });
        }
        if (kind === 'object' && (await object(place, on)).ok) own.push({ on, says: false });
        if (kind === 'withdraw' && (await withdraw(extractId, place)).ok)
          own.push({ on: '2026-11-20', says: false });
      }
      // Days decide, and of one day the order in which it was told; sort keeps that order.
      const stands = told.map(
        (words) => words.toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0)).at(-1)?.says,
      );
      const rows = numbers.map((number) => `${number},x\n`);
      const done = await release(of, HEADER + rows.join(''), extractId);
      expect(done).toMatchObject({ output: HEADER + rows.filter((_, at) => stands[at] === true).join('') });
    }),
    { numRuns: 12 },
  );
});
