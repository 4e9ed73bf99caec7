import request from 'supertest';
import { expect, test } from 'vitest';
import { sameOrigin } from '../../../src/web/middleware/same-origin.ts';
import { smallApp } from '../small-app.ts';

const statusOf = async (
  method: 'get' | 'head' | 'post' | 'delete',
  headers: object,
  publicOrigin?: string,
) => {
  const { app } = smallApp(sameOrigin({ publicOrigin }), (_req, res) => res.sendStatus(204));
  return (
    await request(app)
      [method]('/')
      .set({ Host: 'here.example', ...headers })
  ).status;
};

const ours = 'https://registry.example';

test.each([
  ['the public origin', { Origin: ours }, ours, 204],
  ['the same host, where no public origin is set', { Origin: 'http://here.example' }, undefined, 204],
  ['our own page, says the browser', { 'Sec-Fetch-Site': 'same-origin' }, ours, 204],
  ['the address bar, says the browser', { 'Sec-Fetch-Site': 'none' }, ours, 204],
  ['another origin', { Origin: 'https://evil.example' }, ours, 403],
  ['another scheme', { Origin: 'http://registry.example' }, ours, 403],
  ['another port', { Origin: 'http://here.example:81' }, undefined, 403],
  ['the host, where the public origin is another', { Origin: 'http://here.example' }, ours, 403],
  ['an origin kept back', { Origin: 'null' }, ours, 403],
  ['another site, says the browser', { 'Sec-Fetch-Site': 'cross-site' }, ours, 403],
  ['a neighbour of ours, says the browser', { 'Sec-Fetch-Site': 'same-site' }, ours, 403],
  ['nowhere', {}, ours, 403],
])('a form from %s', async (_, headers, publicOrigin, status) => {
  expect(await statusOf('post', headers, publicOrigin)).toBe(status);
  expect(await statusOf('delete', headers, publicOrigin)).toBe(status);
});

test('whoever only reads may come from anywhere', async () => {
  expect(
    await statusOf('get', { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' }, ours),
  ).toBe(204);
  expect(await statusOf('head', {}, ours)).toBe(204);
});
