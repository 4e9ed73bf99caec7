import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { aPublishedNotice, aTranslation } from '../support/some-notice.ts';
import { manager, openTellingScene, type TellingScene } from './telling-scene.ts';

let scene: TellingScene;
beforeEach(async () => {
  scene = await openTellingScene();
});
afterEach(() => scene.end());

const home = { address: '1 High Street', postcode: 'ZX1 1AA' };
const mobile = { mobile: '07700900123' };
const email = { email: 'ann@example.com' };

test('texts first, emails to those without a mobile, letters to the rest; all to everybody who wants it so', async () => {
  const [text, mail, letter] = await scene.add({ ...home, ...mobile, ...email }, { ...home, ...email }, home);
  for (const how of ['text', 'email', 'letter'] as const)
    expect(await scene.whoIn(await scene.make(how)), how).toEqual([{ text, email: mail, letter }[how]]);
  expect(await scene.begin('letter')).toEqual({ ok: false, reason: 'nobody' });
});

test('letters to everybody with an address, when the manager says so', async () => {
  const [one, two] = await scene.add({ ...home, ...mobile }, home, mobile);
  expect(await scene.whoIn(await scene.make('letter', { onlyRest: false }))).toEqual([one, two]);
});

test.each([
  ['left', { ...home, status: 'left' as const }],
  ['died', { ...home, dateOfDeath: '2025-01-01' }],
  ['is to be matched', { ...home, status: 'to-be-matched' as const }],
  ['is restricted', { ...home, restricted: true }],
  ['wants no mail', { ...home, noMail: true }],
  ['has no address', {}],
  ['reads another language', { ...home, language: 'pl' }],
  ['needs braille', { ...home, contactFormat: 'braille' }],
])('nobody gets a letter who %s', async (_rule, person) => {
  await scene.add(person);
  expect(await scene.begin('letter')).toEqual({ ok: false, reason: 'nobody' });
});

test('large print is the same words; a translation goes to those who read it', async () => {
  const [large, polish] = await scene.add(
    { ...home, contactFormat: 'large-print' },
    { ...home, language: 'pl' },
    { ...home, language: 'ro' },
  );
  const translation = await aTranslation(scene.services, scene.practiceId, scene.ref, 'pl');
  const run = (await scene.make('letter')) ?? '';
  const places = await scene.tellings.places(run, 0, 10);
  expect(places.map(({ patientId, translationId }) => [patientId, translationId])).toEqual([
    [large, null],
    [polish, translation],
  ]);
});

test('nobody is in two open batches of a notice: not by two managers at once, nor past the app', async () => {
  const [ann] = await scene.add(...Array.from({ length: 20 }, () => home));
  const runs = await Promise.all([scene.make('letter'), scene.make('letter'), scene.make('letter')]);
  const all = (await Promise.all(runs.map((run) => scene.whoIn(run)))).flat();
  expect(all).toHaveLength(20);
  expect(new Set(all).size).toBe(20);
  const place = { practiceId: scene.practiceId, openFor: scene.ref.noticeId, patientId: ann ?? '' };
  const { database } = scene.services;
  const row = { ...place, runId: 'another', place: 0, attemptId: 'X' };
  await expect(database.write((tx) => tx.noticeRunPatient.create({ data: row }))).rejects.toThrow();
});

test('a batch that was not sent can be stopped, and its people are in the next', async () => {
  const ids = await scene.add(home, home);
  const first = (await scene.make('letter')) ?? '';
  const stop = () => scene.tellings.stopRun({ practiceId: scene.practiceId, runId: first }, manager);
  expect(await stop()).toEqual({ ok: true });
  expect(await stop()).toEqual({ ok: true });
  expect(await scene.counts()).toMatchObject({ told: 0, 'not-tried': 2 });
  const second = (await scene.make('letter')) ?? '';
  expect(await scene.whoIn(second)).toEqual(ids);
  await scene.send(second, '2026-03-02');
  expect(await scene.tellings.stopRun({ practiceId: scene.practiceId, runId: second }, manager)).toEqual({
    ok: false,
    reason: 'was-sent',
  });
});

test('what is sent is sent once, on a day between its making and today', async () => {
  await scene.add(home);
  const runId = (await scene.make('letter')) ?? '';
  const send = (on: string) => scene.tellings.sendRun({ practiceId: scene.practiceId, runId, on }, manager);
  scene.on('2026-03-04');
  expect(await send('2026-03-04')).toEqual({ ok: false, reason: 'not-taken' });
  await scene.take(runId);
  expect(await send('2026-03-01')).toEqual({ ok: false, reason: 'before-made' });
  expect(await send('2026-03-05')).toEqual({ ok: false, reason: 'in-future' });
  expect(await send('2026-02-30')).toEqual({ ok: false, reason: 'not-a-day' });
  expect(await scene.counts()).toMatchObject({ told: 0 });
  await scene.send(runId, '2026-03-03');
  await scene.send(runId, '2026-03-04');
  expect(await scene.services.database.reader.toldAct.count()).toBe(1);
  expect(await scene.tellings.coverage(scene.practiceId, [scene.ref])).toMatchObject({
    counts: { told: 1 },
    months: [{ month: '2026-03', count: 1 }],
  });
});

test('whoever gets no letter of a batch any more is not told by it', async () => {
  const people = await scene.add(home, home, home, home, home);
  const [posted = '', restricted = '', dead = '', moved = '', unknown = ''] = people;
  const runId = (await scene.make('letter')) ?? '';
  const { patients, database } = scene.services;
  await patients.restrict({ practiceId: scene.practiceId, patientId: restricted, restricted: true }, manager);
  await database.write(async (tx) => {
    await tx.patient.update({ where: { id: dead }, data: { dateOfDeath: '2026-03-02' } });
    await tx.patient.update({ where: { id: moved }, data: { address: '', postcode: '' } });
    await tx.patient.update({ where: { id: unknown }, data: { address: null, postcode: null } });
  });
  await scene.send(runId, '2026-03-02');
  const acts = await database.reader.toldAct.findMany();
  expect(acts.map(({ patientId }) => patientId)).toEqual([posted]);
  expect(await scene.tellings.unfinished()).toEqual([]);
});

describe('after texts were sent', () => {
  test('nobody who may still be heard of is tried again; who failed, or was lost for 14 days, gets a letter', async () => {
    const people = await scene.add(...Array.from({ length: 4 }, () => ({ ...home, ...mobile })));
    const texts = (await scene.make('text')) ?? '';
    await scene.send(texts, '2026-03-02');
    const of = await scene.references(texts);
    const [delivered = '', bounced = '', quiet = '', late = ''] = people;
    await scene.results(
      `${of.get(delivered)},delivered,2026-03-02`,
      `${of.get(bounced)},permanent-failure,2026-03-02`,
      `${of.get(late)},sending,2026-03-02`,
    );
    expect(await scene.counts()).toEqual({
      told: 1,
      failed: 1,
      unheard: 0,
      waiting: 2,
      new: 0,
      'not-tried': 0,
    });
    const letters = (await scene.make('letter')) ?? '';
    expect(await scene.whoIn(letters)).toEqual([bounced]);
    expect(await scene.begin('text')).toEqual({ ok: false, reason: 'nobody' });
    scene.on('2026-03-16');
    expect(await scene.counts()).toMatchObject({ unheard: 2, waiting: 0 });
    expect(await scene.whoIn(await scene.make('letter'))).toEqual([quiet, late]);
    // Heard of after all: that counts.
    await scene.results(`${of.get(late)},DELIVRD,2026-03-15`);
    expect(await scene.counts()).toMatchObject({ told: 2 });
  });

  test('a second batch tells nobody twice, and only the one for a new wording tells again', async () => {
    const [ann = ''] = await scene.add(mobile);
    const texts = (await scene.make('text')) ?? '';
    await scene.send(texts, '2026-03-02');
    await scene.results(`${(await scene.references(texts)).get(ann)},delivered,2026-03-02`);
    scene.on('2026-06-01');
    expect(await scene.begin('text')).toEqual({ ok: false, reason: 'nobody' });
    const { noticeId } = scene.ref;
    const second = await aPublishedNotice(scene.services, scene.practiceId, { noticeId, version: 2 });
    expect(await scene.begin('text', second)).toEqual({ ok: false, reason: 'nobody' });
    expect(await scene.whoIn(await scene.make('text', { ...second, scope: 'version' }))).toEqual([ann]);
  });
});

test('while a batch is made others have their turn between two portions, and see how far it is', async () => {
  await scene.add(...Array.from({ length: 1_600 }, () => home));
  const begun = await scene.begin('letter');
  const run = { practiceId: scene.practiceId, runId: begun.ok ? begun.id : '' };
  let turns = 0;
  let isMaking = true;
  const other = () => {
    turns += 1;
    if (isMaking) setImmediate(other);
  };
  setImmediate(other);
  const seen: number[] = [];
  await scene.tellings.goOn(run, { onPortion: () => seen.push(turns) });
  isMaking = false;
  expect(seen.length).toBeGreaterThanOrEqual(4);
  expect(new Set(seen).size).toBe(seen.length);
});

test('a crash half-way, when it is made and when it is sent, loses nobody and doubles nothing', async () => {
  const people = await scene.add(...Array.from({ length: 1_200 }, () => home));
  const begun = await scene.begin('letter');
  const run = { practiceId: scene.practiceId, runId: begun.ok ? begun.id : '' };
  const crash = () => {
    throw new Error('the power went');
  };
  await expect(scene.tellings.goOn(run, { onPortion: crash })).rejects.toThrow('the power went');
  expect(await scene.whoIn(run.runId)).toHaveLength(500);
  expect(await scene.tellings.unfinished()).toEqual([run]);
  const before = await scene.references(run.runId);
  await scene.tellings.goOn(run);
  expect(await scene.whoIn(run.runId)).toEqual(people);
  // Whoever was in it keeps their reference.
  const after = await scene.references(run.runId);
  expect([...before].every(([id, reference]) => after.get(id) === reference)).toBe(true);

  await scene.take(run.runId);
  await scene.tellings.sendRun({ ...run, on: '2026-03-02' }, manager);
  await expect(scene.tellings.goOn(run, { onPortion: crash })).rejects.toThrow('the power went');
  expect(await scene.counts()).toMatchObject({ told: 500 });
  // Two processes at once go on with it.
  await Promise.all([scene.tellings.goOn(run), scene.tellings.goOn(run)]);
  expect(await scene.counts()).toMatchObject({ told: 1_200 });
  expect(await scene.services.database.reader.toldAct.count()).toBe(1_200);
  expect(await scene.tellings.unfinished()).toEqual([]);
});

test.each(['999 000 0018', '999–000–0018', '999\u200b000\u200b0018', '9990000018'])(
  'a wording that holds what may be an NHS number goes to nobody: %j',
  async (number) => {
    await scene.add(home);
    const ref = await aPublishedNotice(scene.services, scene.practiceId, {
      content: { textMessage: `Ring about ${number}` },
    });
    expect(await scene.begin('letter', ref)).toEqual({ ok: false, reason: 'holds-a-number' });
  },
);

describe('between making a batch and sending it', () => {
  test.each([
    ['died', { dateOfDeath: '2026-03-02' }],
    ['left', { status: 'left' }],
    ['restricted', { restricted: true }],
    ['no-mail', { noMail: true }],
    ['no-contact', { address: null, postcode: '' }],
  ] as const)(
    'whoever is left out (%s) is in no file, and no act says that it was sent to them',
    async (why, since) => {
      const [ann, ben, cat] = await scene.add(home, home, home);
      const runId = (await scene.make('letter')) ?? '';
      const change = (id: string | undefined, data: object) =>
        scene.services.database.write((tx) => tx.patient.update({ where: { id: id ?? '' }, data }));
      await change(ann, since);
      const printed = () => scene.take(runId);
      expect(await scene.tellings.contents(scene.practiceId, runId)).toMatchObject({ leftOut: [[why, 1]] });
      expect(await printed()).toEqual([ben, cat]);
      // They are as before again, after the file was made; and somebody else is not, who was in it.
      await change(ann, {
        dateOfDeath: null,
        status: 'registered',
        restricted: false,
        noMail: false,
        ...home,
      });
      expect(await printed()).toEqual([ben, cat]);
      await change(ben, since);
      await scene.send(runId, '2026-03-02');
      const acts = await scene.services.database.reader.toldAct.findMany({});
      expect(acts.map(({ patientId }) => patientId)).toEqual([cat]);
      expect(await scene.tellings.contents(scene.practiceId, runId)).toMatchObject({ leftOut: [[why, 2]] });
      // Another batch may have them.
      expect(await scene.whoIn(await scene.make('letter'))).toEqual([ann]);
    },
  );
});
