import '../support/registry.ts';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { answersOf } from '../guard/answers.ts';
import { anApprovedExtract } from '../support/extracts.ts';
import { patientsCsv, somePatients } from '../support/factories.ts';
import { aList, ann, ben, cat, type ImportScene, manager, openImportScene } from './import-scene.ts';

let scene: ImportScene;
beforeEach(async () => {
  scene = await openImportScene();
});
afterEach(() => scene.end());

const HOUR = 3_600_000;
const forty = somePatients(40);
const rows = () =>
  scene.registry.services.database.reader.patient.findMany({ orderBy: { ordinal: 'asc' }, take: 100 });
const of = (importId: string) => ({ practiceId: scene.practice.id, importId });
const undo = (importId: string) => scene.registry.services.patients.undoImport(of(importId), manager);
const plan = (importId: string) => scene.registry.services.patients.planUndo(of(importId));
const takenInAt = async () =>
  (await scene.registry.services.database.reader.practice.findFirstOrThrow()).listTakenInAt;
let keyId = '';
const kept = () => scene.registry.services.database.reader.patientBefore.count();

/** Asks the guard; who is withheld is null. */
async function check(...numbers: string[]) {
  const { services } = scene.registry;
  const job = { practiceId: scene.practice.id, keyId, extracts: ['undo'] };
  const checked = await services.guard.check(job, 'undo', numbers, 'application/json');
  if (!checked.ok) throw new Error(checked.reason);
  return answersOf(checked);
}

async function object(nhsNumber: string) {
  const { patients, objections } = scene.registry.services;
  const [patient] = await patients.withNumber(scene.practice.id, nhsNumber);
  const done = await objections.record(
    {
      practiceId: scene.practice.id,
      patientId: patient?.id ?? '',
      types: ['type-1'],
      requester: 'patient',
      receivedVia: 'phone',
      receivedOn: '2026-11-20',
    },
    manager,
  );
  expect(done).toMatchObject({ ok: true });
}

test('an import is undone: changed and gone people are back, added people have left, and their objections stand', async () => {
  const { services } = scene.registry;
  const practiceId = scene.practice.id;
  await scene.take(patientsCsv(forty), true);
  const [before, taken] = [await rows(), await takenInAt()];
  await services.objections.takeIn({ practiceId, how: 'none-before' }, manager);
  await anApprovedExtract(services, practiceId, { extractId: 'undo', checksApproved: true });
  const expiresAt = new Date(services.now().getTime() + 24 * HOUR);
  const key = await services.keys.make({ practiceId, name: 'Job', extracts: ['undo'], expiresAt }, manager);
  keyId = key.ok ? key.id : '';

  scene.later(HOUR);
  const [first, ...others] = forty;
  if (first === undefined) throw new Error('nobody');
  const renamed = { ...first, familyName: 'Married' };
  const [goneA = '', goneB = ''] = others.slice(-2).map(({ nhsNumber }) => nhsNumber);
  const [person = ''] = patientsCsv([renamed]).split('\n').slice(1);
  const list = patientsCsv([renamed, ...others.slice(0, -2)]);
  const added = somePatients(3, 60);
  const file = list + patientsCsv(added).split('\n').slice(1).join('\n');
  expect(file).toContain(person);
  const second = await scene.take(file, true);
  expect(second).toMatchObject({ status: 'complete', gone: 2, counts: { added: 3, changed: 1 } });
  const [stays = '', objector = ''] = added.map(({ nhsNumber }) => nhsNumber);
  expect(await check(goneA, stays, objector)).toEqual([null, stays, objector]);
  await object(objector);
  expect(await check(stays, objector)).toEqual([stays, null]);

  scene.later(HOUR);
  const counts = { restored: 3, back: 2, left: 3, objected: 1 };
  expect(await plan(second.id)).toMatchObject({ ok: true, counts });
  expect(await undo(second.id)).toMatchObject({ ok: true, counts, import: { status: 'undone' } });

  const after = await rows();
  expect(after.map(({ ordinal }) => ordinal)).toEqual([...Array(43).keys()]);
  const plain = (all: typeof after) => all.map(({ changedAtIndex: _, ...row }) => row);
  expect(plain(after).slice(0, 40)).toEqual(plain(before));
  expect(after.slice(40).map(({ status, leftOn }) => [status, leftOn])).toEqual(
    added.map(() => ['left', '2026-11-22']),
  );
  // The index of the guard, which was open all the time, has seen it.
  expect(await check(goneA, goneB, stays, objector)).toEqual([goneA, goneB, null, null]);
  const { status } = await services.database.reader.objection.findFirstOrThrow();
  expect(status).toBe('in-force');
  expect(await takenInAt()).toEqual(taken);
  expect(await kept()).toBe(0);

  // The same list again: who was added comes back in the old place, and is still an objector.
  const again = await scene.take(file, true);
  expect(again).toMatchObject({ counts: { added: 0, changed: 4 }, gone: 2 });
  expect(await rows()).toHaveLength(43);
  expect(await check(stays, objector)).toEqual([stays, null]);
});

test('only the newest import can be undone, once, and not while one runs', async () => {
  const first = await scene.take(aList(ann));
  scene.later(1000);
  const second = await scene.take(aList(ann, ben));
  expect(await undo(first.id)).toEqual({ ok: false, reason: 'not-newest' });
  expect(await undo('00000000-0000-4000-8000-000000000000')).toEqual({ ok: false, reason: 'not-found' });
  scene.later(1000);
  const third = await scene.begin(aList(cat));
  if (!third.ok) throw new Error(third.reason);
  for (const id of [third.id, second.id]) {
    expect(await plan(id)).toEqual({ ok: false, reason: 'running' });
    expect(await undo(id)).toEqual({ ok: false, reason: 'running' });
  }
  await third.run();
  expect(await undo(second.id)).toEqual({ ok: false, reason: 'not-newest' });
  expect(await undo(third.id)).toMatchObject({ ok: true });
  expect(await undo(third.id)).toEqual({ ok: false, reason: 'undone' });
  expect((await scene.list()).map(({ status }) => status)).toEqual(['registered', 'registered', 'left']);
});

test('whom an import matched that was undone is to be matched again, by hand or by the next; what was linked still withholds', async () => {
  const { services } = scene.registry;
  const practiceId = scene.practice.id;
  const toMatch = async () => (await services.patients.toBeMatched(practiceId)).map(({ id }) => id);
  await scene.take(aList(ben), true);
  await services.objections.takeIn({ practiceId, how: 'none-before' }, manager);
  await anApprovedExtract(services, practiceId, {
    ...{ extractId: 'undo', checksApproved: true, includeLeft: true },
  });
  const expiresAt = new Date(services.now().getTime() + 24 * HOUR);
  const key = await services.keys.make({ practiceId, name: 'Job', extracts: ['undo'], expiresAt }, manager);
  keyId = key.ok ? key.id : '';
  const said = { givenName: 'Ann', familyName: 'Smith', dateOfBirth: '1985-03-07', nhsNumber: '' };
  const person = { practiceId, id: randomUUID(), ...said, address: '1 High Street', postcode: '' };
  await services.patients.recordPerson(person, manager);
  const asked = { practiceId, patientId: person.id, types: ['type-1'], requester: 'patient' } as const;
  await services.objections.record({ ...asked, receivedVia: 'phone', receivedOn: '2026-11-20' }, manager);
  const [number = ''] = ann.split(' ');
  const wrong = await scene.take(aList(ben, ann));
  expect(await toMatch()).toEqual([]);
  scene.later(HOUR);
  expect(await undo(wrong.id)).toMatchObject({ ok: true });
  expect(await toMatch()).toEqual([person.id]);
  expect(await check(number)).toEqual([null]);

  // By hand, to the record that the undone import had found.
  const [listed] = await services.patients.withNumber(practiceId, number);
  const link = { practiceId, patientId: person.id, toId: listed?.id ?? '', kind: 'matched' } as const;
  for (let twice = 0; twice < 2; twice++)
    expect(await services.patients.link(link, manager)).toEqual({ ok: true });
  expect(await toMatch()).toEqual([]);
  expect(await services.patients.linksOf(practiceId, [person.id])).toHaveLength(2);
  const byHand = (await services.patients.linksOf(practiceId, [person.id])).at(-1);
  const colleague = { kind: 'staff', id: 'dddddddd-1111-4111-8111-111111111111' } as const;
  const wasWrong = { practiceId, linkId: byHand?.id ?? '', reason: 'Another Ann Smith' };
  expect(await services.patients.unlink(wasWrong, colleague)).toEqual({ ok: true });
  expect(await toMatch()).toEqual([person.id]);

  // By the next import.
  scene.later(HOUR);
  await scene.take(aList(ben, ann));
  expect(await toMatch()).toEqual([]);
  expect(await check(number)).toEqual([null]);
});

test('two managers at once: one undoes, the other hears that it is done', async () => {
  const taken = await scene.take(aList(ann));
  const both = await Promise.all([undo(taken.id), undo(taken.id)]);
  expect(both.map((one) => (one.ok ? 'done' : one.reason)).sort()).toEqual(['done', 'undone']);
});

test('an import that waits for a manager, or stopped in the middle, can be undone', async () => {
  await scene.take(patientsCsv(forty), true);
  scene.later(1000);
  const waiting = await scene.take(aList(ann), true);
  expect(waiting.status).toBe('waiting');
  expect(await undo(waiting.id)).toMatchObject({ ok: true, counts: { restored: 0, left: 1 } });
  scene.later(1000);
  const stopping = new AbortController();
  const stopped = await scene.take(patientsCsv(somePatients(700, 100)), false, {
    onProgress: () => stopping.abort(),
    signal: stopping.signal,
  });
  expect(stopped.status).toBe('interrupted');
  expect(await undo(stopped.id)).toMatchObject({ ok: true, counts: { left: 500 } });
  expect((await rows()).filter(({ status }) => status === 'registered')).toHaveLength(40);
});

test('what the whole list before said counts again: its age, and who is gone', async () => {
  await scene.take(patientsCsv(forty), true);
  await scene.take(patientsCsv(forty.slice(0, 39)), true);
  const before = await takenInAt();
  scene.later(HOUR);
  const taken = await scene.take(patientsCsv(forty), true);
  expect(Number(await takenInAt())).toBe(Number(before) + HOUR);
  await undo(taken.id);
  expect(await takenInAt()).toEqual(before);
  expect((await rows()).at(-1)).toMatchObject({ status: 'left' });
});

test('the first list undone: there is none, and nothing but direct care leaves', async () => {
  const taken = await scene.take(aList(ann), true);
  await undo(taken.id);
  expect(await takenInAt()).toBeNull();
});

test('what was changed by hand since stays, and a mark as restricted stays', async () => {
  const header = 'NHS Number,Given Name,Family Name,Date of Birth,Postcode,Restricted\n';
  await scene.take(`${header}9990000018,Ann,Smith,1985-03-07,ZX1 1AA,no\n`);
  scene.later(1000);
  const taken = await scene.take(`${header}9990000018,Anne,Jones,1985-03-07,ZX2 2AA,yes\n`);
  expect(taken.report).toEqual([
    '2 changed: Changed: given name, family name, postcode, marked as restricted.',
  ]);
  const [patient] = await rows();
  const { database } = scene.registry.services;
  await database.write((tx) =>
    tx.patient.update({ where: { id: patient?.id ?? '' }, data: { familyName: 'Taylor' } }),
  );
  await undo(taken.id);
  expect((await rows())[0]).toMatchObject({
    givenName: 'Ann',
    familyName: 'Taylor',
    postcode: 'ZX1 1AA',
    restricted: true,
  });
});

test('only what the newest import needs is kept', async () => {
  await scene.take(aList(ann, ben));
  expect(await kept()).toBe(2);
  await scene.take(aList(ann, ben));
  expect(await kept()).toBe(0);
});

test('the entry of the ledger says how many, and names nobody', async () => {
  const taken = await scene.take(aList(ann));
  await undo(taken.id);
  const texts = (await scene.registry.services.database.reader.ledgerText.findMany()).map(({ text }) => text);
  const entries = texts.map((text) => JSON.parse(text));
  const entry = entries.find(({ act }) => act === 'patients-import-undone');
  expect(entry?.data).toMatchObject({ import: taken.id, restored: 0, left: 1 });
  expect(texts.join('\n')).not.toMatch(/999000|Smith|1985/);
});
