import '../support/registry.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readReference, showReference } from '../../src/notices/attempt-reference.ts';
import { resultOf } from '../../src/notices/result-words.ts';
import { manager, openTellingScene, type TellingScene } from './telling-scene.ts';

let scene: TellingScene;
beforeEach(async () => {
  scene = await openTellingScene();
});
afterEach(() => scene.end());

test.each([
  ['delivered', 'text', 'delivered'],
  ['DELIVRD', 'text', 'delivered'],
  ['Read', 'nhs-app', 'delivered'],
  ['permanent-failure', 'text', 'bounced'],
  ['Failed', 'email', 'bounced'],
  ['Returned to sender', 'letter', 'returned'],
  ['failed', 'letter', 'returned'],
  ['gone away', 'text', 'bounced'],
  ['sent', 'text', 'pending'],
  ['sending', 'email', 'pending'],
  ['fine, I think', 'text', undefined],
  ['', 'text', undefined],
])('the word “%s” of a %s', (word, how, result) => {
  expect(resultOf(word, how)).toBe(result);
});

test('a reference is read as people type it, and is nothing else', () => {
  expect(readReference('bcdf-ghjk lmnp')).toBe('BCDFGHJKLMNP');
  expect(showReference('BCDFGHJKLMNP')).toBe('BCDF-GHJK-LMNP');
  for (const typed of ['BCDFGHJKLMN', 'ABCDFGHJKLMN', '999000001800', ''])
    expect(readReference(typed)).toBeUndefined();
});

/** A batch of texts that was sent to so many, with the reference of each. */
async function sentTexts(count: number) {
  const ids = await scene.add(...Array.from({ length: count }, () => ({ mobile: '07700900123' })));
  const runId = (await scene.make('text')) ?? '';
  await scene.send(runId, '2026-03-02');
  const of = await scene.references(runId);
  return ids.map((id) => of.get(id) ?? '');
}

test('every row is an act of its own or is named; nothing is guessed, and a file can be taken in again', async () => {
  const [one, two, three, four] = await sentTexts(4);
  scene.on('2026-03-10');
  const rows = [
    `${one},Delivered,2026-03-02T10:15:00Z`,
    `${two},failed,03/03/2026`,
    `${three},who knows,2026-03-03`,
    `${four},delivered,2026-03-11`,
    `BCDFGHJKLMNP,delivered,2026-03-03`,
    `999 000 0018,delivered,2026-03-03`,
    `${four},pending,2026-03-03`,
  ];
  const done = await scene.results(...rows);
  expect(done).toEqual({
    ok: true,
    counts: { rows: 7, delivered: 1, failed: 1, unchanged: 0, pending: 1, early: 0 },
    refused: [
      { row: 4, fault: 'The result is a word that we do not know' },
      { row: 5, fault: 'The date is in the future' },
      { row: 6, fault: 'Nothing was sent under this reference' },
      { row: 7, fault: 'The reference is not one of ours' },
    ],
  });
  expect(await scene.counts()).toEqual({
    told: 1,
    failed: 1,
    unheard: 0,
    waiting: 2,
    new: 0,
    'not-tried': 0,
  });
  expect(await scene.results(...rows)).toMatchObject({ counts: { delivered: 0, failed: 0, unchanged: 2 } });
  expect(await scene.services.database.reader.toldAct.count()).toBe(6);
  // Bounced after it was said to be delivered: it told nobody.
  await scene.results(`${one},bounced,2026-03-04`);
  expect(await scene.counts()).toMatchObject({ told: 0, failed: 2 });
});

test.each([
  ['', 'The selected file is empty.'],
  ['reference,status\n', 'The first row has to name the columns reference, result and date. Missing: date.'],
  ['ref,reference,status,date\n', 'More than one column could be the reference: leave one in the file.'],
  ['reference,status,date\n', 'The file has column names, and nothing under them.'],
])('a file that cannot be read takes nothing: %j', async (text, reason) => {
  const bytes = Buffer.from(text);
  const done = await scene.tellings.importResults({ practiceId: scene.practiceId, bytes }, manager);
  expect(done).toEqual({ ok: false, reason });
});

test('a result from before the day that was noted as that of sending counts from that day: nobody is told earlier', async () => {
  const [one, two] = await sentTexts(2);
  scene.on('2026-03-10');
  const done = await scene.results(`${one},delivered,2026-03-01`, `${two},failed,2026-02-28`);
  expect(done).toMatchObject({ counts: { delivered: 1, failed: 1, early: 2 }, refused: [] });
  const days = await scene.services.database.reader.toldAct.findMany({ where: { outcome: { not: 'sent' } } });
  expect(days.map(({ on }) => on)).toEqual(['2026-03-02', '2026-03-02']);
});

test('an instant is of the day that it was in London, not of the one by UTC', async () => {
  const [one, two] = await sentTexts(2);
  scene.on('2026-06-10');
  await scene.results(`${one},delivered,2026-06-01T23:30:00Z`, `${two},delivered,2026-06-01 22:30:00+00:00`);
  const days = await scene.services.database.reader.toldAct.findMany({ where: { outcome: 'delivered' } });
  expect(new Map(days.map(({ attemptId, on }) => [attemptId, on]))).toEqual(
    new Map([
      [one, '2026-06-02'],
      [two, '2026-06-01'],
    ]),
  );
});

test('results of a batch that nobody said was sent are refused', async () => {
  await scene.add({ mobile: '07700900123' });
  const runId = (await scene.make('text')) ?? '';
  const [reference] = [...(await scene.references(runId)).values()];
  expect(await scene.results(`${reference},delivered,2026-03-02`)).toMatchObject({
    refused: [{ fault: 'Its batch is not noted as sent: note that first' }],
  });
});

test('results are of their practice only', async () => {
  const [reference = ''] = await sentTexts(1);
  const other = await scene.services.staff.addPractice({ ods: 'B99999', name: 'Another' }, manager);
  const practiceId = other.ok ? other.practice.id : '';
  const bytes = Buffer.from(`reference,status,date\n${reference},delivered,2026-03-02\n`);
  expect(await scene.tellings.importResults({ practiceId, bytes }, manager)).toMatchObject({
    refused: [{ row: 2, fault: 'Nothing was sent under this reference' }],
  });
  const letter = { practiceId, reference, on: '2026-03-02' };
  expect(await scene.tellings.noteReturn(letter, manager)).toEqual({ ok: false, reason: 'no-such-letter' });
});

test('a letter that comes back told nobody; keyed twice, it came back once', async () => {
  const [ann = ''] = await scene.add({ address: '1 High Street' });
  const runId = (await scene.make('letter')) ?? '';
  const reference = (await scene.references(runId)).get(ann) ?? '';
  const note = (on: string, of = reference) =>
    scene.tellings.noteReturn({ practiceId: scene.practiceId, reference: of, on }, manager);
  expect(await note('2026-03-02')).toEqual({ ok: false, reason: 'not-sent-yet' });
  scene.on('2026-03-05');
  await scene.send(runId, '2026-03-04');
  expect(await scene.counts()).toMatchObject({ told: 1 });
  expect(await note('2026-03-03')).toEqual({ ok: false, reason: 'before-sent' });
  expect(await note('2026-03-06')).toEqual({ ok: false, reason: 'in-future' });
  expect(await note('2026-03-05', 'BCDFGHJKLMNP')).toEqual({ ok: false, reason: 'no-such-letter' });
  expect(await note('2026-03-05')).toEqual({ ok: true, isNew: true, patientId: ann });
  expect(await note('2026-03-05')).toEqual({ ok: true, isNew: false, patientId: ann });
  expect(await scene.counts()).toMatchObject({ told: 0, failed: 1 });
  // It is on the list of those to be told otherwise, and the desk tells them.
  const tell = { practiceId: scene.practiceId, patientId: ann, ...scene.ref, how: 'at-the-desk' as const };
  expect(await scene.tellings.tell({ ...tell, on: '2026-03-05' }, manager)).toEqual({
    ok: true,
    isNew: true,
  });
  expect(await scene.tellings.tell({ ...tell, on: '2026-03-05' }, manager)).toEqual({
    ok: true,
    isNew: false,
  });
  expect(await scene.counts()).toMatchObject({ told: 1, failed: 0 });
});

test.each([
  ['somebody unknown', { patientId: 'nobody' }, 'no-such-patient'],
  ['by a notice that there is not', { version: 9 }, 'no-such-notice'],
  ['on no day', { on: '2026-02-30' }, 'not-a-day'],
  ['tomorrow', { on: '2026-03-03' }, 'in-future'],
  ['before the notice', { on: '2026-03-01' }, 'before-notice'],
])('nobody is told %s', async (_rule, different, reason) => {
  const [patientId = ''] = await scene.add({});
  const telling = { practiceId: scene.practiceId, patientId, ...scene.ref, how: 'at-the-desk' as const };
  const said = { ...telling, on: '2026-03-02', ...different };
  expect(await scene.tellings.tell(said, manager)).toEqual({ ok: false, reason });
});
