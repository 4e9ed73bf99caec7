import request from 'supertest';
import { expect, test } from 'vitest';
import { PageError } from '../../../src/web/middleware/page-error.ts';
import { smallApp } from '../small-app.ts';

const failing = (error: unknown) => smallApp((_req, _res, next) => next(error));

test.each([
  [new PageError(403, 'may not'), 403, 'You cannot do this'],
  [new PageError(404, 'no such patient'), 404, 'Page not found'],
  [new PageError(413, 'too large'), 413, 'too large'],
  [new PageError(415, 'not a CSV file'), 415, 'cannot read this kind of file'],
  [new PageError(429, 'too many log ins'), 429, 'Too many tries'],
  [new Error('database gone'), 503, 'not available'],
  [new Error('a bug with secrets'), 500, 'something went wrong'],
  [Object.assign(new Error('of express'), { status: 418 }), 400, 'did not understand'],
  ['thrown words', 500, 'something went wrong'],
])('%s is answered with %i and a page', async (error, status, words) => {
  const { app } = failing(error);
  const answered = await request(app).get('/patients');
  expect(answered.status).toBe(status);
  expect(answered.type).toBe('text/html');
  expect(answered.text).toContain(words);
  expect(answered.text).toContain(answered.headers['x-request-id']);
  expect(answered.text).not.toMatch(/secrets|gone|\.ts:\d|at \w+ \(/);
});

test('words of its own take the place of those of the status', async () => {
  const { app } = failing(new PageError(403, 'own', 'A guardian approves this.'));
  expect((await request(app).get('/')).text).toContain('A guardian approves this.');
});

test('whoever should try again is told when', async () => {
  expect((await request(failing(new Error('database gone')).app).get('/')).headers['retry-after']).toBe('30');
  expect(
    (await request(failing(new PageError(404, 'none')).app).get('/')).headers['retry-after'],
  ).toBeUndefined();
});

test('only what nobody expected is written down', async () => {
  const bug = new Error('a bug');
  const broken = failing(bug);
  const answered = await request(broken.app).get('/');
  expect(broken.reported).toEqual([{ error: bug, requestId: answered.headers['x-request-id'] }]);
  const refused = failing(new PageError(404, 'none'));
  await request(refused.app).get('/');
  expect(refused.reported).toEqual([]);
});

test('an address that cannot be read is a page too', async () => {
  expect((await request(smallApp().app).get('/%E0%A4%A')).status).toBe(404);
});
