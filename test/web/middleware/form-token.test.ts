import { type RequestHandler, Router } from 'express';
import { parseHTML } from 'linkedom';
import multer from 'multer';
import request from 'supertest';
import { expect, test } from 'vitest';
import { frameOf } from '../../../src/web/frame.ts';
import { checkFormToken, formToken } from '../../../src/web/middleware/form-token.ts';
import { component } from '../../../src/web/view-engine.ts';
import { smallApp } from '../small-app.ts';

const served: RequestHandler = (req, res, next) => {
  if (req.method !== 'GET') return next();
  res.send(String(component('form-token', frameOf(res))));
};
const imports = Router().post('/imports', multer().single('file'), checkFormToken);
const saved: RequestHandler = (_req, res) => res.sendStatus(204);

const open = () => request.agent(smallApp(formToken({ uploads: ['/imports'] }), served, imports, saved).app);

/** The token of the form that is served. */
async function tokenOf(agent: ReturnType<typeof open>): Promise<string> {
  const { document } = parseHTML((await agent.get('/')).text);
  return document.querySelector('input[name=_csrf][type=hidden]')?.getAttribute('value') ?? '';
}

test('the form that was served is taken, as often as it is sent', async () => {
  const agent = open();
  const _csrf = await tokenOf(agent);
  expect(_csrf).toMatch(/^[\w-]{43}$/);
  expect((await agent.post('/').type('form').send({ _csrf })).status).toBe(204);
  expect((await agent.post('/').type('form').send({ _csrf })).status).toBe(204);
});

test('a script may send the token in a header', async () => {
  const agent = open();
  const token = await tokenOf(agent);
  expect((await agent.post('/').set('x-csrf-token', token)).status).toBe(204);
});

test('the token of another session is refused', async () => {
  const [one, other] = [open(), open()];
  const _csrf = await tokenOf(other);
  await tokenOf(one);
  expect((await one.post('/').type('form').send({ _csrf })).status).toBe(403);
});

test.each([
  ['no token', {}],
  ['an empty one', { _csrf: '' }],
  ['two', { _csrf: ['a', 'b'] }],
])('a form with %s is refused, with what to do', async (_, fields) => {
  const agent = open();
  await tokenOf(agent);
  const answered = await agent.post('/').type('form').send(fields);
  expect(answered.status).toBe(403);
  expect(answered.text).toContain('Nothing was saved');
});

test('without a session nothing is taken', async () => {
  expect((await open().post('/').type('form').send({ _csrf: '' })).status).toBe(403);
});

test('an upload is checked once its fields are read', async () => {
  const agent = open();
  const _csrf = await tokenOf(agent);
  const upload = (token: string, path = '/imports') =>
    agent.post(path).field('_csrf', token).attach('file', Buffer.from('a,b\n'), 'list.csv');
  expect((await upload(_csrf)).status).toBe(204);
  expect((await upload('wrong')).status).toBe(403);
  expect((await upload(_csrf, '/elsewhere')).status).toBe(403);
});
