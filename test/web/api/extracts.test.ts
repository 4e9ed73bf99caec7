import { afterAll, beforeAll, expect, test } from 'vitest';
import '../../support/registry.ts';
import { type ApiScene, openApiScene } from './api-scene.ts';

let scene: ApiScene;
let headers: { authorization: string };

beforeAll(async () => {
  scene = await openApiScene();
  for (const extractId of ['b-second', 'c-third', 'd-not-ours']) await scene.addExtract({ extractId });
  headers = { authorization: `Bearer ${await scene.makeKey(['research', 'c-third', 'b-second'])}` };
});

afterAll(() => scene.end());

const list = async (query = '') => {
  const { json } = await scene.ask('GET', `/extracts${query}`, { headers });
  return json as { items: { id: string }[]; next: string | null };
};

test('lists the extracts of the key, and what a job has to know of each', async () => {
  const { items, next } = await list();
  expect(next).toBeNull();
  expect(items.map(({ id }) => id)).toEqual(['b-second', 'c-third', 'research']);
  expect(items[2]).toEqual({
    id: 'research',
    name: 'Events for research',
    recipient: 'An institute',
    purpose: 'Research into asthma',
    ground: 'nhs-england-direction',
    version: 1,
    state: 'approved',
    fields: [
      { name: 'nhs_number', treatment: 'keep' },
      { name: 'note', treatment: 'keep' },
    ],
    startsOn: '2026-01-01',
    endsOn: '2026-12-31',
  });
});

test('gives them page by page', async () => {
  const seen: string[] = [];
  let cursor = '';
  for (let pages = 1; ; pages++) {
    const { items, next } = await list(`?limit=1${cursor}`);
    seen.push(...items.map(({ id }) => id));
    if (next === null) {
      expect(pages).toBe(3);
      break;
    }
    cursor = `&cursor=${next}`;
  }
  expect(seen).toEqual(['b-second', 'c-third', 'research']);
  expect((await list('?limit=3')).next).toBeNull();
});

test('says whether a release would run now', async () => {
  const { status, json } = await scene.ask('GET', '/extracts/research/readiness', { headers });
  expect([status, json]).toEqual([200, { ready: true, reasons: [] }]);
});

test('needs no cookie, and gives none', async () => {
  const answer = await scene.ask('GET', '/extracts', {
    headers: { ...headers, cookie: 'oor.sid=s%3Asomething' },
  });
  expect(answer.status).toBe(200);
  expect(answer.headers).not.toHaveProperty('set-cookie');
});
