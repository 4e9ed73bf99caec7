import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import '../support/registry.ts';
import { type ApiScene, openApiScene } from '../web/api/api-scene.ts';
import { openWire, releaseHead } from '../web/api/wire.ts';
import { everybody, HEADER, rowOf } from './scene.ts';

let scene: ApiScene;
beforeEach(async () => {
  scene = await openApiScene();
});
afterEach(() => scene.end());

test('two releases on one connection that breaks: the second, whose answer waits for the first, ends too', async () => {
  const long = HEADER + rowOf(0, 'x'.repeat(900_000)).repeat(30);
  const wire = openWire(scene.address);
  wire.socket.pause();
  for (const file of [long, everybody]) wire.write(releaseHead(scene.key, file.length) + file);
  const { reader } = scene.services.database;
  const patience = { timeout: 20_000, interval: 50 };
  await vi.waitFor(
    async () => expect(await reader.release.count({ where: { decidedAt: { not: null } } })).toBe(2),
    patience,
  );
  wire.socket.destroy();
  await vi.waitFor(
    async () => expect(await reader.release.count({ where: { status: 'interrupted' } })).toBe(2),
    patience,
  );
});
