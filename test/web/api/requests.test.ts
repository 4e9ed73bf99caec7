import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HEADER, manager, rowOf } from '../../guard/scene.ts';
import { addTestPractice } from '../../support/practice.ts';
import '../../support/registry.ts';
import { type ApiScene, openApiScene } from './api-scene.ts';
import { expectProblem } from './expect-problem.ts';
import type { Answer } from './send.ts';

let scene: ApiScene;

beforeAll(async () => {
  scene = await openApiScene({ KEY_REQUESTS_PER_MINUTE: '500' });
  await scene.addExtract({ extractId: 'strict' });
});

afterAll(() => scene.end());

describe('the key', () => {
  test.each([
    ['none', {}],
    ['another scheme', { authorization: 'Basic b29yOm9vcg==' }],
    ['not the form of a key', { authorization: 'Bearer oor_short' }],
    ['unknown', { authorization: `Bearer oor_${'A'.repeat(43)}` }],
    ['in a cookie', { cookie: `key=oor_${'A'.repeat(43)}` }],
  ])('%s', async (_, headers) => {
    const answer = await scene.ask('GET', '/extracts', { headers: { authorization: undefined, ...headers } });
    expectProblem(answer, 'no-key');
    expect(answer.headers['www-authenticate']).toMatch(/^Bearer realm="opt-out registry"/);
  });

  test('expired', async () => {
    const expiresAt = new Date(scene.services.now().getTime() + 1000);
    const authorization = `bearer ${await scene.makeKey(['research'], { expiresAt })}`;
    expect((await scene.ask('GET', '/extracts', { headers: { authorization } })).status).toBe(200);
    scene.clock.now = new Date(expiresAt);
    expectProblem(await scene.ask('GET', '/extracts', { headers: { authorization } }), 'no-key');
  });

  test('revoked', async () => {
    const { keys } = scene.services;
    const key = await scene.makeKey(['research']);
    const asked = { headers: { authorization: `Bearer ${key}` } };
    expect((await scene.ask('GET', '/extracts', asked)).status).toBe(200);
    const { id = '' } = (await keys.findUsable(key)) ?? {};
    await keys.revoke({ practiceId: scene.practiceId, id }, manager);
    expectProblem(await scene.ask('GET', '/extracts', asked), 'no-key');
  });

  test('used too often', async () => {
    const authorization = `Bearer ${await scene.makeKey(['research'])}`;
    const all = await Promise.all(
      Array.from({ length: 501 }, () => scene.ask('GET', '/extracts', { headers: { authorization } })),
    );
    const refused = all.filter(({ status }) => status !== 200);
    expect(refused).toHaveLength(1);
    expectProblem(refused[0] as Answer, 'too-many-requests');
    expect(Number(refused[0]?.headers['retry-after'])).toBeGreaterThan(0);
    expect((await scene.ask('GET', '/extracts')).status).toBe(200);
  });
});

describe('what is asked for', () => {
  const addresses = (extract: string) =>
    [
      ['GET', `/extracts/${extract}/readiness`],
      ['POST', `/extracts/${extract}/releases`],
      ['POST', `/extracts/${extract}/checks`],
    ] as const;

  test('an extract that the key does not name', async () => {
    for (const [method, path] of addresses('strict'))
      expectProblem(await scene.ask(method, path), 'not-your-extract');
  });

  test.each(['nothing-like-it', '%00', '..', 'x'.repeat(5000), '9.99E+09'])(
    'no such extract',
    async (extract) => {
      for (const [method, path] of addresses(extract))
        expect((await scene.ask(method, path)).json.code).toMatch(/^no-such-(extract|address)$/);
    },
  );

  test('an extract of another practice, also one with the same id', async () => {
    const other = await addTestPractice(scene.registry);
    await scene.addExtract({ practiceId: other, extractId: 'elsewhere' });
    await scene.addExtract({ practiceId: other, extractId: 'research' });
    const theirs = await scene.makeKey(['elsewhere', 'research'], { practiceId: other });
    for (const [method, path] of addresses('elsewhere'))
      expectProblem(await scene.ask(method, path), 'no-such-extract');

    const ours = await scene.release(HEADER + rowOf(0));
    const asThem = { headers: { authorization: `Bearer ${theirs}` } };
    const id = ours.headers['release-id'];
    expectProblem(await scene.ask('GET', `/releases/${id}`, asThem), 'no-such-release');
    const { items } = (await scene.ask('GET', '/extracts', asThem)).json as { items: { id: string }[] };
    expect(items.map((item) => item.id)).toEqual(['elsewhere', 'research']);
  });

  test('a release of an extract that the key does not name', async () => {
    const ours = await scene.release(HEADER + rowOf(0));
    const key = await scene.makeKey(['strict']);
    const asked = { headers: { authorization: `Bearer ${key}` } };
    expectProblem(
      await scene.ask('GET', `/releases/${ours.headers['release-id']}`, asked),
      'not-your-extract',
    );
  });

  test.each(['0b2f7a0e-51a5-4d8a-9f0e-3f4f5f6f7f8f', 'x', '%00', '%E0%A4'])(
    'no such release: %s',
    async (id) => {
      expect((await scene.ask('GET', `/releases/${id}`)).json.code).toMatch(/^no-such-(release|address)$/);
    },
  );

  test('no such address', async () => {
    expectProblem(await scene.ask('GET', '/patients'), 'no-such-address');
  });

  test('a method that the address does not take', async () => {
    const answer = await scene.ask('DELETE', '/extracts/research/releases');
    expectProblem(answer, 'wrong-method');
    expect(answer.headers.allow).toBe('POST, OPTIONS');
    expectProblem(await scene.ask('GET', '/extracts/research/releases'), 'wrong-method');
    expectProblem(await scene.ask('PUT', '/extracts'), 'wrong-method');
    const options = await scene.ask('OPTIONS', '/extracts');
    expect([options.status, options.headers.allow]).toEqual([204, 'GET, HEAD, OPTIONS']);
    const head = await scene.ask('HEAD', '/extracts');
    expect([head.status, head.text]).toEqual([200, '']);
  });

  test.each(['limit=0', 'limit=201', 'limit=x', 'limit=1&limit=2', 'cursor=!'])(
    'a query: %s',
    async (query) => {
      expectProblem(await scene.ask('GET', `/extracts?${query}`), 'invalid-query');
    },
  );
});

test('headers without end are not read', async () => {
  const { status } = await scene.ask('GET', '/extracts', { headers: { 'x-long': 'x'.repeat(20_000) } });
  expect(status).toBe(431);
  expect((await scene.ask('GET', '/extracts')).status).toBe(200);
});

test('X-Request-ID is mirrored; one that is no UUID is not made into one', async () => {
  const mirrored = await scene.ask('GET', '/patients', { headers: { 'x-request-id': 'nightly-job-17' } });
  expect(mirrored.headers['x-request-id']).toBe('nightly-job-17');
  expect(mirrored.json).not.toHaveProperty('instance');
});
