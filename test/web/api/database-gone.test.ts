import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { everybody, HEADER } from '../../guard/scene.ts';
import { type Fragile, openFragile } from '../../support/fragile-database.ts';
import '../../support/registry.ts';
import { type ApiScene, openApiScene } from './api-scene.ts';
import { type Answer, send } from './send.ts';
import { openWire, releaseHead } from './wire.ts';

let scene: ApiScene;
let fragile: Fragile;

beforeAll(async () => {
  scene = await openApiScene();
});
afterAll(() => scene.end());

beforeEach(async () => {
  fragile = await openFragile(scene.registry);
});
afterEach(() => fragile.close());

const post = (what: string, type: string, body: string): Promise<Answer> =>
  send(`${fragile.address}/api/v1/extracts/research/${what}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${scene.key}`, 'content-type': type },
    body,
  });

test('without a database nothing leaves, and the job is told to try again', async () => {
  await fragile.takeAway();
  for (const answer of [
    await post('releases', 'text/csv', everybody),
    await post('checks', 'text/plain', '9990000018'),
  ]) {
    expect([answer.status, answer.json.code]).toEqual([503, 'not-ready']);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  }
  await fragile.bringBack();
  expect((await post('releases', 'text/csv', everybody)).text).toBe(everybody);
});

test('one that goes in mid-release lets nothing leave; it is back by itself', async () => {
  const wire = openWire(fragile.address);
  wire.write(releaseHead(scene.key, everybody.length, 'Connection: close\r\nExpect: 100-continue\r\n'));
  await wire.until('100 Continue\r\n\r\n');
  wire.write(HEADER);
  await fragile.takeAway();
  wire.write(everybody.slice(HEADER.length));
  const answer = await wire.closed();
  expect(answer).toContain('HTTP/1.1 503 ');
  expect(answer).toContain('"code":"not-ready"');
  expect(answer).not.toContain('nhs_number');
  const [, id = ''] = /Release-Id: (\S+)/.exec(answer) ?? [];
  await fragile.bringBack();

  expect((await post('releases', 'text/csv', everybody)).text).toBe(everybody);
  const { reader } = scene.services.database;
  expect(await reader.releaseAccount.findUnique({ where: { releaseId: id } })).toBeNull();
  // Nobody could write down how it ended; when its lease is over, the next that looks does.
  scene.clock.now = new Date(scene.services.now().getTime() + 120_000);
  expect(await scene.found(id)).toMatchObject({ status: 'interrupted', counts: { out: null } });
});
