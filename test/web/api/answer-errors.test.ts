import express from 'express';
import request from 'supertest';
import { expect, test } from 'vitest';
import type { LogFields } from '../../../src/log.ts';
import { answerErrors } from '../../../src/web/api/answer-errors.ts';
import { quotable } from '../../../src/web/api/quotable.ts';
import { requestId } from '../../../src/web/middleware/request-id.ts';

function appThatThrows(error: Error, afterHeaders = false) {
  const logged: LogFields[] = [];
  const app = express();
  const log = { info: () => {}, warn: () => {}, error: (fields: LogFields) => void logged.push(fields) };
  app.use(requestId, (_req, res) => {
    if (afterHeaders) res.write('half of');
    throw error;
  });
  app.use(answerErrors({ isUnavailable: (thrown) => thrown === error && error.message === 'gone', log }));
  return { app, logged };
}

test('what nobody expected is a problem that says nothing of it', async () => {
  const { app, logged } = appThatThrows(new Error('Featherstonehaugh, 999 000 0018'));
  const { status, body, text } = await request(app).get('/');
  expect([status, body.code]).toEqual([500, 'internal-error']);
  expect(text).not.toMatch(/Featherstonehaugh|999/);
  expect(logged).toMatchObject([{ event: 'api-failed', reason: 'internal-error', method: 'GET' }]);
});

test('a database that does not answer is not ready, and says when to try again', async () => {
  const { status, body, headers } = await request(appThatThrows(new Error('gone')).app).get('/');
  expect([status, body.code, headers['retry-after']]).toEqual([503, 'not-ready', '10']);
});

test('half an answer is not made to look whole', async () => {
  const { app, logged } = appThatThrows(new Error('late'), true);
  await expect(request(app).get('/')).rejects.toThrow(/aborted|socket hang up/);
  expect(logged).toHaveLength(1);
});

test.each([
  ['note', 'note'],
  ['x'.repeat(300), 'x'.repeat(100)],
  ['9990000018', undefined],
  ['patient 999 000 0018 of', undefined],
  ['999-000-0018', undefined],
  ['９９９ ０００ ００１８', undefined],
  [`${'x'.repeat(95)}9990000018`, undefined],
  ['code_2024_05', 'code_2024_05'],
])('of the column %j a problem says %j', (name, said) => {
  expect(quotable(name)).toBe(said);
});
