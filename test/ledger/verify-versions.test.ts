import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LedgerAct } from '../../src/ledger/entry.ts';
import { changePractice } from '../../src/store/practice-change.ts';
import { everybody, openScene, release, type Scene } from '../guard/scene.ts';
import '../support/registry.ts';
import { aPractice, takeInPatients, tick } from './history.ts';
import { keepRelease } from './keep-release.ts';
import { behindTheBack } from './tamper.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
  expect(await release(scene, everybody)).toMatchObject({ ok: true });
});
afterAll(() => {
  scene.registry.leaveBroken('most of its versions were let run by one person');
  return scene.end();
});

const verify = (practiceId = scene.practiceId) => scene.services.ledger.verify(practiceId);

test.each([
  { fields: '[{"name":"nhs_number","treatment":"keep"},{"name":"note","treatment":"pseudonym"}]' },
  { fields: 'x' },
  { personColumns: '[{"name":"note","kind":"local-id"}]' },
  { stops: '{"usualNumber":null}' },
  { recipient: 'Somebody else' },
  { endsOn: '2030-12-31' },
  { includeLeft: true },
  { state: 'suspended' },
  { approvedBy: 'somebody' },
])('a version that says something else than its entries is found: %o', async (data) => {
  const { database } = scene.services;
  const before = await database.reader.extractVersion.findFirstOrThrow();
  const set = (columns: object) =>
    behindTheBack(database, (tx) => tx.extractVersion.updateMany({ data: columns }));
  await set(data);
  expect(await verify()).toMatchObject({
    ok: false,
    what: 'a version of an extract is not what the entries say',
  });
  await set(before);
  expect(await verify()).toMatchObject({ ok: true });
});

test('one of which no entry speaks is found', async () => {
  const { database } = scene.services;
  const row = await database.reader.extractVersion.findFirstOrThrow();
  await behindTheBack(database, (tx) => tx.extractVersion.create({ data: { ...row, version: 2 } }));
  expect(await verify()).toMatchObject({ ok: false });
  await behindTheBack(database, (tx) => tx.extractVersion.deleteMany({ where: { version: 2 } }));
});

describe('what the entries themselves say', () => {
  let made = 0;
  /** Writes acts on one version, each by somebody, and then a release of it. */
  async function found(...acts: [act: string, by: string, more?: object][]) {
    const { database } = scene.services;
    made += 1;
    const id = await aPractice(database, `W${String(made).padStart(5, '0')}`);
    await takeInPatients(database, id, 1);
    const of = { extract: 'public-interest', version: 1, ground: 'public-interest' };
    await changePractice(database, id, async ({ append }) => {
      for (const [act, by, more = {}] of acts)
        append(`extract-${act}` as LedgerAct, { kind: 'staff', id: by }, { ...of, ...more }, tick());
    });
    await keepRelease(database, id, { permitted: [], extractId: of.extract });
    return verify(id);
  }
  const samePerson = 'who worked on a version of an extract let it run';
  const notApproved = 'it is of a version of an extract that was not approved then';
  const registered: [string, string] = ['registered', 'ann'];
  const approved: [string, string] = ['approved', 'cat'];

  test.each<[string | undefined, ...Parameters<typeof found>]>([
    [undefined, registered, approved],
    [undefined, registered, approved, ['suspended', 'ann'], ['resumed', 'cat']],
    [samePerson, registered, ['approved', 'ann']],
    [samePerson, registered, ['edited', 'cat'], ['sent', 'ann'], approved],
    [samePerson, registered, ['sent', 'cat'], approved],
    [samePerson, registered, approved, ['suspended', 'cat'], ['resumed', 'ann']],
    [notApproved, registered],
    [notApproved, registered, approved, ['suspended', 'cat']],
    [notApproved, registered, approved, ['ended', 'cat']],
    [
      notApproved,
      registered,
      approved,
      ['registered', 'ann', { version: 2 }],
      ['approved', 'cat', { version: 2, replaces: 1 }],
    ],
    ['it changes a version that was approved', registered, approved, ['edited', 'ann']],
    ['the version does not wait', registered, approved, ['ended', 'cat'], approved],
    ['the version was not suspended', registered, ['ended', 'cat'], ['resumed', 'cat']],
    ['the version of an extract that it speaks of was never registered', approved],
    [
      'it is of a version of an extract whose dates it is not in',
      ['registered', 'ann', { startsOn: '2020-01-01', endsOn: '2020-12-31' }],
      approved,
    ],
  ])('%s', async (what, ...acts) => {
    expect(await found(...acts)).toMatchObject(what === undefined ? { ok: true } : { ok: false, what });
  });
});
