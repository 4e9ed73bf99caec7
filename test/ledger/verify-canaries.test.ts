import { afterAll, beforeAll, expect, test } from 'vitest';
import { guardian, manager, openScene, type Scene } from '../guard/scene.ts';
import '../support/registry.ts';
import { behindTheBack } from './tamper.ts';

let scene: Scene;
const verify = () => scene.services.ledger.verify(scene.practiceId);

beforeAll(async () => {
  scene = await openScene();
  const { canaries } = scene.services;
  const of = { practiceId: scene.practiceId, extractId: 'research' };
  for (const nhsNumber of ['9990000107', '9990000115']) {
    const added = await canaries.add({ ...of, nhsNumber }, manager);
    if (added.ok && nhsNumber.endsWith('5'))
      await canaries.remove({ practiceId: scene.practiceId, id: added.id }, guardian);
  }
  expect(await scene.services.database.reader.canary.count()).toBe(2);
});
afterAll(() => scene.end());

test('made-up patients are those of the entries', async () => {
  expect(await verify()).toMatchObject({ ok: true });
});

test.each([
  { removedAt: new Date(), removedBy: 'somebody' },
  { removedAt: null, removedBy: null },
  { extractId: 'another' },
  { addedBy: 'somebody' },
])('one that was changed is found: %o', async (data) => {
  const { database } = scene.services;
  const before = await database.reader.canary.findMany();
  await behindTheBack(database, (tx) => tx.canary.updateMany({ data }));
  expect(await verify()).toMatchObject({ what: 'a made-up patient is not what the entries say' });
  await behindTheBack(database, (tx) => tx.canary.deleteMany());
  expect(await verify()).toMatchObject({ what: 'a made-up patient is missing' });
  await behindTheBack(database, (tx) => tx.canary.createMany({ data: before }));
  expect(await verify()).toMatchObject({ ok: true });
});
