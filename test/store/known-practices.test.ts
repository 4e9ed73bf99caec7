import { afterEach, beforeEach, expect, test } from 'vitest';
import { services as open, type Services } from '../../src/services.ts';
import type { KnownPractice } from '../../src/store/known-practices.ts';
import { changedPatients, patientIndexSource } from '../../src/store/patient-index-store.ts';
import { manager, openScene, type Scene } from '../guard/scene.ts';
import { someNumbers } from '../guard/some-csv.ts';
import { addFullPractice } from '../support/full-practice.ts';

let scene: Scene;
let second: Services;
beforeEach(async () => {
  scene = await openScene();
  // Another process, as far as what it knows of the database.
  second = await open(scene.registry.config, { now: () => scene.clock.now ?? new Date() });
});
afterEach(async () => {
  await second.close();
  await scene.end();
});

const numbers = someNumbers.slice(0, 6);
const ask = (of: Services) => of.guard.check(scene.job, 'research', numbers, 'application/json');
const permitted = async (of: Services) => {
  const done = await ask(of);
  return done.ok ? done.counts.permitted : done.reason;
};
const known = async (): Promise<KnownPractice> =>
  (await scene.services.database.known.now(scene.practiceId)).known;

test('what is known stays known over checks, and no longer than until anything else changes', async () => {
  await ask(scene.services);
  const before = await known();
  for (let n = 0; n < 3; n++) await ask(scene.services);
  expect(await known()).toBe(before);
  expect(before.isQuietFrom(before.since.size)).toBe(true);
  expect(before.isQuietFrom(before.since.size - 1)).toBe(false);
  const { services, practiceId } = scene;
  const { size } = await services.database.reader.ledgerHead.findUniqueOrThrow({ where: { practiceId } });
  expect(size).toBeGreaterThan(before.since.size + 2);
  // Whoever has decided it, and though nothing of it was changed: another process is not known.
  await ask(second);
  expect(await known()).not.toBe(before);
});

test('what another process changes is in the next answer of this one, whatever it is', async () => {
  const { services, practiceId, patients, job } = scene;
  const rows: [string, () => Promise<unknown>, unknown][] = [];
  const step = (name: string, act: () => Promise<unknown>, comesTo: unknown) =>
    rows.push([name, act, comesTo]);
  const objection = { practiceId, types: ['type-1' as const], requester: 'patient' as const };
  const by = { kind: 'staff' as const, id: 'the-guardian' };
  const named = { practiceId, extractId: 'research' };
  step('nothing', async () => undefined, 6);
  const said = { ...objection, receivedVia: 'phone' as const, receivedOn: '2024-01-01' };
  step(
    'an objection',
    () => second.objections.record({ ...said, patientId: patients[0] as string }, manager),
    5,
  );
  step('another', () => second.objections.record({ ...said, patientId: patients[1] as string }, manager), 4);
  const person = {
    givenName: 'A',
    familyName: 'Second',
    dateOfBirth: '1980-02-03',
    nhsNumber: numbers[2] as string,
  };
  step('a second patient with a number', () => second.patients.add(practiceId, [person], manager), 3);
  const version = { ...named, version: 1, why: 'Asked to' };
  step('an extract suspended', () => second.extracts.suspend(version, by), 'extract-suspended');
  step('and resumed', () => second.extracts.resume({ ...named, version: 1 }, by), 3);
  step('a key revoked', () => second.keys.revoke({ practiceId, id: job.keyId }, manager), 'no-key');
  for (const [name, act, comesTo] of rows) {
    await act();
    expect([name, await permitted(services)]).toEqual([name, comesTo]);
    expect([name, await permitted(services)]).toEqual([name, comesTo]);
  }
});

test('the first read of a practice says of everybody what reading them one by one says', async () => {
  const { services } = scene;
  const { database } = services;
  await addFullPractice(services, 'F81001', 100);
  for (const { id } of await database.reader.practice.findMany()) {
    const at = async (portions: AsyncIterable<readonly { ordinal: number }[]>) => {
      const all = [];
      for await (const portion of portions) all.push(...portion);
      return all;
    };
    const first = await at(patientIndexSource(database, id).changedSince(0));
    const slow = await at(changedPatients(database.reader, id, 0));
    const none = { consents: [], told: [], localIds: [] };
    expect(first.map((one) => ({ ...none, ...one }))).toEqual(slow.map((one) => ({ ...none, ...one })));
    expect(first.length).toBeGreaterThan(3);
  }
});
