import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { whyLeftOut } from '../../src/notices/left-out.ts';
import { takingState } from '../../src/notices/taking.ts';
import { aTranslation } from '../support/some-notice.ts';
import { manager, openTellingScene, type TellingScene } from './telling-scene.ts';

let scene: TellingScene;
beforeEach(async () => {
  scene = await openTellingScene();
});
afterEach(() => scene.end());

const home = { address: '1 High Street', postcode: 'ZX1 1AA' };
const send = (runId: string) =>
  scene.tellings.sendRun({ practiceId: scene.practiceId, runId, on: '2026-03-02' }, manager);
const withdraw = () =>
  scene.services.notices.withdraw({ practiceId: scene.practiceId, ...scene.ref }, manager);
const change = (id: string | undefined, data: object) =>
  scene.services.database.write((tx) => tx.patient.update({ where: { id: id ?? '' }, data }));
const acts = async () =>
  (await scene.services.database.reader.toldAct.findMany()).map(({ patientId }) => patientId).sort();

/** Begins to take some places of a batch away. */
async function begin(runId: string, isWanted: (patientId: string) => boolean = () => true) {
  const run = await scene.tellings.run(scene.practiceId, runId);
  if (run === null) throw new Error('no batch');
  const taking = { practiceId: scene.practiceId, runId, takingId: randomUUID() };
  await scene.tellings.beginTaking({ ...taking, file: 'standard', count: run.count }, manager);
  const isIn = ({ patient }: { patient: { id: string } }) => isWanted(patient.id);
  return { taking, portions: scene.tellings.takeFrom({ ...taking, run, isIn }) };
}

async function take(runId: string, isWanted?: (patientId: string) => boolean) {
  const { taking, portions } = await begin(runId, isWanted);
  const places: number[] = [];
  for await (const some of portions) places.push(...some.map(({ place }) => place.place));
  await scene.tellings.endTaking({ ...taking, places });
}

test('what nobody took away cannot have been sent: not after a file that broke off, nor after half of the files', async () => {
  const [ann = '', ben = ''] = await scene.add(home, home);
  const runId = (await scene.make('letter')) ?? '';
  expect(await send(runId)).toEqual({ ok: false, reason: 'not-taken' });
  const { taking, portions } = await begin(runId);
  await portions.next();
  await scene.tellings.stopTaking(taking);
  expect(await send(runId)).toEqual({ ok: false, reason: 'not-taken' });
  await take(runId, (id) => id === ann);
  expect(await scene.tellings.contents(scene.practiceId, runId)).toMatchObject({ total: 2, untaken: 1 });
  expect(await send(runId)).toEqual({ ok: false, reason: 'not-taken' });
  await take(runId, (id) => id === ben);
  expect(await send(runId)).toEqual({ ok: true });
});

test('how far a file has come is known of each portion, and whether it came whole', async () => {
  await scene.add(...Array.from({ length: 1_100 }, () => home));
  const runId = (await scene.make('letter')) ?? '';
  const { taking, portions } = await begin(runId);
  const seen: unknown[] = [];
  for await (const _ of portions) {
    const [now] = await scene.tellings.takings(scene.practiceId, runId);
    seen.push(now && [now.done, now.count, takingState(now, scene.services.now())]);
  }
  expect(seen).toEqual([
    [0, 1_100, 'coming'],
    [500, 1_100, 'coming'],
    [1_000, 1_100, 'coming'],
  ]);
  await scene.tellings.stopTaking(taking);
  const [now] = await scene.tellings.takings(scene.practiceId, runId);
  expect(now && takingState(now, scene.services.now())).toBe('stopped');
});

test('a file of which nothing is heard for a minute was of a process that died', () => {
  const seenAt = new Date('2026-03-02T10:00:00Z');
  const taking = { seenAt, endedAt: null, stoppedAt: null };
  expect(takingState(taking, new Date('2026-03-02T10:01:00Z'))).toBe('coming');
  expect(takingState(taking, new Date('2026-03-02T10:01:01Z'))).toBe('stopped');
});

test('letters of a notice that was withdrawn after they were taken were posted; the others are left out', async () => {
  const [ann = '', ben = ''] = await scene.add(home, home);
  const runId = (await scene.make('letter')) ?? '';
  await take(runId, (id) => id === ann);
  await withdraw();
  expect(await send(runId)).toEqual({ ok: true });
  await scene.tellings.goOn({ practiceId: scene.practiceId, runId });
  expect(await acts()).toEqual([ann]);
  expect(await scene.tellings.contents(scene.practiceId, runId)).toMatchObject({
    leftOut: [['withdrawn', 1]],
  });
  const reference = (await scene.references(runId)).get(ben) ?? '';
  const letter = { practiceId: scene.practiceId, reference, on: '2026-03-02' };
  expect(await scene.tellings.noteReturn(letter, manager)).toEqual({ ok: false, reason: 'left-out' });
  expect(await scene.results(`${reference},returned,2026-03-02`)).toMatchObject({
    refused: [{ fault: 'They were left out of the batch: nothing was sent to them' }],
  });
});

test('a batch of which nobody has a file when its notice is withdrawn was not sent, and can be stopped', async () => {
  await scene.add(home);
  const runId = (await scene.make('letter')) ?? '';
  await withdraw();
  expect(await send(runId)).toEqual({ ok: false, reason: 'withdrawn' });
  expect(await scene.tellings.stopRun({ practiceId: scene.practiceId, runId }, manager)).toEqual({
    ok: true,
  });
});

test('letters that were printed for somebody who gets none any more are named, to be taken out of the pile', async () => {
  const [ann, ben, cat, dan] = await scene.add(home, home, home, home);
  const runId = (await scene.make('letter')) ?? '';
  await take(runId, (id) => id !== dan);
  await change(ann, { restricted: true });
  await change(ben, { dateOfDeath: '2026-03-02' });
  // Nothing was printed for them.
  await change(dan, { restricted: true });
  const pulled = async () => {
    const run = await scene.tellings.run(scene.practiceId, runId);
    return run && (await scene.tellings.pulled(scene.practiceId, run));
  };
  const named = [
    { place: { patientId: ann }, why: 'restricted' },
    { place: { patientId: ben }, why: 'died' },
  ];
  expect(await pulled()).toMatchObject(named);
  // Printed again without them, the first print still lies there.
  await take(runId);
  expect(await pulled()).toMatchObject(named);
  expect(await send(runId)).toEqual({ ok: true });
  await scene.tellings.goOn({ practiceId: scene.practiceId, runId });
  expect(await acts()).toEqual([cat]);
});

test('the counts of the page are those of the files, letter by letter, whatever the letters have in them', async () => {
  await aTranslation(scene.services, scene.practiceId, scene.ref, 'pl');
  const people = await scene.add(
    ...[home, home, home, home, home, { ...home, contactFormat: 'large-print' }],
    ...[
      { ...home, language: 'pl' },
      { ...home, address: '1 High Street\nNewtown' },
    ],
    ...[
      { ...home, familyName: 'Zoë O’Neill' },
      { ...home, familyName: 'علي' },
    ],
    ...[
      { ...home, familyName: 'علي', contactFormat: 'large-print' },
      { ...home, givenName: 'Łukasz' },
    ],
  );
  const runId = (await scene.make('letter')) ?? '';
  await change(people[0], { restricted: true });
  await change(people[1], { dateOfDeath: '2026-03-02' });
  await change(people[2], { noMail: true });
  await change(people[3], { address: ' \n ', postcode: '' });
  await change(people[9], { status: 'left' });
  await take(runId, (id) => id !== people[8]);
  const run = await scene.tellings.run(scene.practiceId, runId);
  if (run === null) throw new Error('no batch');
  const { of: fileOf } = await scene.tellings.letterFiles(scene.practiceId, run);
  const files = { standard: 0, 'large-print': 0, page: 0 };
  let left = 0;
  const places = await scene.tellings.places(runId, 0, 100);
  const byId = new Map(
    (await scene.services.patients.byIds(scene.practiceId, people)).map((one) => [one.id, one]),
  );
  for (const place of places) {
    const patient = byId.get(place.patientId);
    if (patient === undefined || whyLeftOut('letter', patient) !== null) left += 1;
    else files[fileOf({ place, patient })] += 1;
  }
  const contents = await scene.tellings.contents(scene.practiceId, runId);
  expect(files).toEqual({ standard: 5, 'large-print': 1, page: 1 });
  expect(contents).toMatchObject({ files, total: 7, untaken: 1 });
  expect(contents?.leftOut.reduce((sum, [, count]) => sum + count, 0)).toBe(left);
});
