import request from 'supertest';
import { afterEach, expect, test } from 'vitest';
import { openRegistry, type Registry } from '../support/registry.ts';

const token = 'a token that only the monitoring system has';
let registry: Registry;

afterEach(() => registry.close());

test('without a token there is no such page', async () => {
  registry = await openRegistry();
  // As every address that nobody knows, it asks who you are.
  const { status, headers } = await request(await registry.listen()).get('/metrics');
  expect([status, headers.location]).toEqual([302, expect.stringContaining('/log-in')]);
});

test('whoever has the token sees how the app does, by the patterns of its routes', async () => {
  registry = await openRegistry({ METRICS_TOKEN: token });
  const address = await registry.listen();
  await request(address).get('/log/A12345/checkpoint').expect(404);
  for (const wrong of [undefined, 'Bearer ', `Bearer ${token}x`, token]) {
    const asked = request(address).get('/metrics');
    await (wrong === undefined ? asked : asked.set('Authorization', wrong)).expect(401);
  }
  const { text } = await request(address).get('/metrics').set('Authorization', `Bearer ${token}`).expect(200);
  expect(text).toContain('opt_out_registry_ready{part="guard-index"} 1');
  expect(text).toMatch(/_count\{method="GET",route="\/log\/:ods\/checkpoint",status="404"\} 1/);
  expect(text).not.toContain('A12345');
});
