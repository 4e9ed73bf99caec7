import { afterEach, beforeEach, expect, test } from 'vitest';
import { openScene, type Scene } from './scene.ts';
import { someNumbers } from './some-csv.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.end());

/** What each extract would do, by its id: the decision, or why it releases nothing. */
async function explained(nhsNumber: string): Promise<Record<string, string>> {
  const { services, practiceId } = scene;
  const all = await services.guard.explain({ practiceId, nhsNumber });
  return Object.fromEntries(
    all.map((one) => [one.version.extractId, one.releases ? one.decision : one.reason]),
  );
}

const number = (patient: number): string => someNumbers[patient] ?? '';
const ledgerSize = async () =>
  (await scene.services.database.reader.ledgerHead.findFirst({ where: { practiceId: scene.practiceId } }))
    ?.size;

test('says of every extract of the practice what it would do, as of now', async () => {
  await scene.addExtract({ extractId: 'recall', ground: 'direct-care' });
  await scene.addExtract({ extractId: 'court', ground: 'legal-obligation' });
  expect(await explained(number(0))).toEqual({ court: 'permit', recall: 'permit', research: 'permit' });
  await scene.object(0);
  expect(await explained(number(0))).toEqual({
    court: 'permit',
    recall: 'permit',
    research: 'objected-type-1',
  });
  await scene.withdraw(0);
  expect(await explained(number(0))).toMatchObject({ research: 'permit' });
});

test('why an extract releases nothing', async () => {
  await scene.addExtract({
    extractId: 'old-list',
    stops: { usualNumber: null, listAgeDays: 14, maxUnreadable: null },
  });
  await scene.addExtract({ extractId: 'over', endsOn: '2026-11-19' });
  await scene.addExtract({ extractId: 'suspended' });
  await scene.tamper({ state: 'suspended' }, { extractId: 'suspended' });
  expect(await explained(number(0))).toEqual({
    'old-list': 'source-stale',
    over: 'out-of-dates',
    research: 'permit',
    suspended: 'extract-suspended',
  });
});

test('a patient without a number, or with one that is none, is decided as such a row is', async () => {
  await scene.addExtract({ extractId: 'recall', ground: 'direct-care' });
  expect(await explained('')).toEqual({ recall: 'permit', research: 'no-nhs-number' });
  expect(await explained('9999999999')).toEqual({ recall: 'permit', research: 'invalid-nhs-number' });
});

test('nothing is written: no release, no entry', async () => {
  const before = await ledgerSize();
  await explained(number(0));
  expect(await ledgerSize()).toBe(before);
  expect(await scene.services.database.reader.release.count()).toBe(0);
});

test('another practice’s extracts are not among them', async () => {
  const { services } = scene;
  const added = await services.staff.addPractice(
    { ods: 'Z99999', name: 'Another surgery' },
    { kind: 'command-line', id: 'test' },
  );
  const practiceId = added.ok ? added.practice.id : '';
  expect(await services.guard.explain({ practiceId, nhsNumber: number(0) })).toEqual([]);
});
