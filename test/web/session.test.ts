import { createHash } from 'node:crypto';
import request from 'supertest';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createApp } from '../../src/app.ts';
import { services } from '../../src/services.ts';
import { logInAs, visit } from '../support/log-in.ts';
import { textOf } from '../support/page.ts';
import { addStaffedPractice, password, type StaffedPractice } from '../support/people.ts';
import { openRegistry, type Registry } from '../support/registry.ts';

const MINUTE = 60_000;
let now: Date;
let registry: Registry;
let address: string;
let surgery: StaffedPractice;

beforeEach(async () => {
  now = new Date('2026-11-23T08:00:00Z');
  registry = await openRegistry({}, { now: () => now });
  address = await registry.listen();
  surgery = await addStaffedPractice(registry.services);
});

afterEach(() => registry.close());

const pass = (ms: number) => {
  now = new Date(now.getTime() + ms);
};
const rows = () => registry.services.database.reader.session.findMany();
const cookieOf = (answer: { headers: Record<string, string> }) =>
  String(answer.headers['set-cookie'] ?? '').split(';')[0] ?? '';

test('the cookie is for this session, out of reach of scripts, and its id is not in the database', async () => {
  const page = await visit(address).get('/log-in');
  expect(String(page.headers['set-cookie'])).toMatch(
    /^sid=s%3A[\w-]{32}\.\S+; Path=\/; HttpOnly; SameSite=Lax$/,
  );
  const id = /s%3A([\w-]{32})/.exec(cookieOf(page))?.[1] ?? '';
  const [row] = await rows();
  expect(row?.idHash).toBe(createHash('sha256').update(id).digest('hex'));
  expect(JSON.stringify(row)).not.toContain(id);
});

test('behind https the cookie is bound to this host, whether or not a proxy says that it was https', async () => {
  const there = await openRegistry({ PUBLIC_URL: 'https://registry.example' });
  try {
    const answer = await visit(await there.listen()).get('/log-in');
    expect(String(answer.headers['set-cookie'])).toMatch(
      /^__Host-sid=s%3A\S+; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
  } finally {
    await there.close();
  }
});

test('logging in begins a new session: an id planted before is worth nothing', async () => {
  const agent = visit(address);
  const before = cookieOf(await agent.get('/log-in'));
  const answer = await agent.submit('/log-in', { email: surgery.manager.email, password });
  expect(cookieOf(answer)).not.toBe(before);
  const planted = await request(address).get('/account').set('Cookie', before);
  expect([planted.status, planted.headers.location]).toEqual([302, '/timed-out?then=%2Faccount']);
});

test('forms opened in several tabs at once, right after log in, can all be sent', async () => {
  const agent = await logInAs(address, surgery.manager);
  const tabs = await Promise.all(
    ['/staff/new', '/account/password', '/keys/new'].map((path) => agent.get(path)),
  );
  const tokens = tabs.map(({ text }) => /name="_csrf" value="([^"]+)"/.exec(text)?.[1]);
  expect(tokens[0]).toBeDefined();
  expect(new Set(tokens).size).toBe(1);
});

test('a session holds the account id, a form token, and nothing of a person', async () => {
  const agent = await logInAs(address, surgery.manager);
  await agent.submit(
    `/staff/${surgery.receptionist.id}`,
    { role: 'manager' },
    { form: `/staff/${surgery.receptionist.id}/role` },
  );
  const kept = (await rows()).find(({ staffId }) => staffId === surgery.manager.id);
  const data = JSON.parse(kept?.data ?? '{}');
  expect(Object.keys(data).sort()).toEqual(['began', 'cookie', 'done', 'formToken', 'passport']);
  expect([data.passport, data.done]).toEqual([{ user: surgery.manager.id }, 'Role changed']);
});

test('a session ends 15 minutes after it was last used, and not while it is used', async () => {
  const agent = await logInAs(address, surgery.manager);
  for (let hour = 0; hour < 8; hour += 1) {
    pass(14 * MINUTE);
    expect((await agent.get('/account')).status).toBe(200);
  }
  pass(15 * MINUTE);
  const answer = await agent.get('/account');
  expect([answer.status, answer.headers.location]).toEqual([302, '/timed-out?then=%2Faccount']);
});

test('a session ends after 8 hours, however much it is used', async () => {
  const agent = await logInAs(address, surgery.manager);
  for (let quarter = 1; quarter < 48; quarter += 1) {
    pass(10 * MINUTE);
    expect((await agent.get('/account')).status).toBe(200);
  }
  pass(10 * MINUTE);
  expect((await agent.get('/account')).status).toBe(302);
});

test('after a time-out: no patient data, and on to the page asked for', async () => {
  const agent = await logInAs(address, surgery.manager);
  pass(16 * MINUTE);
  const path = (await agent.get('/account/password')).headers.location ?? '';
  const page = await agent.get(path);
  expect(textOf(page.text, 'h1')).toBe('You have been logged out');
  expect(page.text).not.toContain('The manager');
  const link = textOf(page.text, 'main a') && /href="(\/log-in[^"]*)"/.exec(page.text)?.[1];
  const answer = await agent.submit(link ?? '', { email: surgery.manager.email, password });
  expect([answer.status, answer.headers.location]).toEqual([303, '/account/password']);
});

test('a form sent after the time-out saves nothing, and comes back to whoever typed it', async () => {
  const agent = await logInAs(address, surgery.manager);
  const page = await agent.get('/staff/new');
  pass(16 * MINUTE);
  const fields = { name: 'Ann', email: 'ann@surgery.example', role: 'receptionist' };
  const answer = await agent.submitPage(page, '/staff/new', fields);
  expect(answer.status).toBe(403);
  expect(textOf(answer.text, 'main')).toContain('was not saved, but it is kept.');
  expect(answer.text).not.toContain('surgery.example');
  expect(await registry.services.staff.list(surgery.practice.id)).toHaveLength(4);

  const link = /href="(\/log-in\?then=[^"]+)"/.exec(answer.text)?.[1] ?? '';
  const other = await visitAgain(link, surgery.guardian);
  expect([other.text.includes('ann@surgery.example'), other.status]).toEqual([false, 200]);
  const back = await visitAgain(link, surgery.manager);
  expect(textOf(back.text, '.nhsuk-inset-text')).toContain('What you entered before you were logged out');
  expect(back.text).toContain('ann@surgery.example');
  expect(/value="receptionist"[^>]* checked/.test(back.text)).toBe(true);
  pass(8 * 60 * MINUTE);
  expect((await visitAgain(link, surgery.manager)).text).not.toContain('ann@surgery.example');
});

/** Logs in on the page to which a link leads, and goes on where it says. */
async function visitAgain(link: string, person: { email: string }) {
  const agent = visit(address);
  const answer = await agent.submit(link, { email: person.email, password });
  return agent.get(answer.headers.location ?? '');
}

test.each([
  ['a password', '/account/password', { current: password, password: 'another long one 1', again: 'x' }],
  ['a token that was not of that session', '/staff/new', { name: 'Ann', _csrf: 'guessed' }],
  ['nothing but the token', '/staff/new', {}],
])('nothing is kept of a form with %s', async (_, path, fields) => {
  const agent = await logInAs(address, surgery.manager);
  const { text } = await agent.get('/staff/new');
  pass(16 * MINUTE);
  const _csrf = /name="_csrf" value="([^"]+)"/.exec(text)?.[1];
  const answer = await agent.post(path, { _csrf, ...fields });
  expect(textOf(answer.text, 'main')).toContain('What you entered on the last page was not saved.');
  expect(await registry.services.database.reader.draft.count()).toBe(0);
});

test('nothing is kept with a cookie that we never gave, or of somebody who logged out or whose account was closed', async () => {
  const agent = await logInAs(address, surgery.receptionist);
  const { text } = await agent.get('/account');
  const fields = { _csrf: /name="_csrf" value="([^"]+)"/.exec(text)?.[1], name: 'Ann' };
  const forged = await request(address)
    .post('/patients')
    .set('Cookie', 'sid=s%3Aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.AAAA%')
    .set('Origin', address)
    .type('form')
    .send(fields);
  expect(forged.text).toContain('was not saved.');
  await registry.services.sessions.endAll(surgery.receptionist.id);
  expect((await agent.post('/patients', fields)).text).toContain('was not saved.');
  expect(await registry.services.database.reader.draft.count()).toBe(0);
});

test('a form that a script sent at the end of the session is never done, even when the session goes on', async () => {
  const agent = await logInAs(address, surgery.manager);
  const page = await agent.get('/staff/new');
  const _csrf = /name="_csrf" value="([^"]+)"/.exec(page.text)?.[1];
  const fields = { name: 'Ann', email: 'ann@surgery.example', role: 'receptionist', _csrf, _timedOut: 'yes' };
  const answer = await agent.post('/staff/new', fields);
  expect(answer.headers.location).toMatch(/^\/staff\/new\?kept=[0-9a-f-]{36}$/);
  expect(await registry.services.staff.list(surgery.practice.id)).toHaveLength(4);
  expect((await agent.get(answer.headers.location ?? '')).text).toContain('ann@surgery.example');
});

test('asking how long the session lasts does not keep it alive; going on does', async () => {
  const agent = await logInAs(address, surgery.manager);
  const page = await agent.get('/account');
  const _csrf = /name="_csrf" value="([^"]+)"/.exec(page.text)?.[1];
  pass(14 * MINUTE);
  expect((await agent.get('/session')).body).toEqual({ secondsLeft: 60, canStay: true });
  expect((await agent.post('/session', { _csrf })).body).toEqual({ secondsLeft: 855, canStay: true });
  pass(10 * MINUTE);
  expect((await agent.get('/session')).body).toEqual({ secondsLeft: 300, canStay: true });
  pass(5 * MINUTE);
  const over = await agent.get('/session');
  expect([over.status, over.headers.location]).toEqual([302, '/timed-out?then=%2Fsession']);
});

test('towards the end of 8 hours, staying does not help, and the page says when it ends', async () => {
  const agent = await logInAs(address, surgery.manager);
  for (let used = 0; used < 47; used += 1) {
    pass(10 * MINUTE);
    await agent.get('/account');
  }
  pass(3 * MINUTE);
  expect((await agent.get('/session')).body).toEqual({ secondsLeft: 420, canStay: false });
  const page = await agent.get('/account');
  expect(textOf(page.text, 'noscript')).toBe('You will be logged out at 16:00 if you do nothing.');
});

test('without a script, every page says by the clock when the session ends', async () => {
  const agent = await logInAs(address, surgery.manager);
  pass(5 * MINUTE);
  const page = await agent.get('/account');
  // 08:05 and 15 minutes, less what "last seen" may lag behind.
  expect(textOf(page.text, 'noscript')).toBe('You will be logged out at 08:19 if you do nothing.');
  expect(textOf((await visit(address).get('/log-in')).text, 'noscript')).toBe('');
});

test('switching the person ends the session, and the next one begins at the home page', async () => {
  const agent = await logInAs(address, surgery.manager);
  const { id, practiceId } = surgery.manager;
  const draft = await registry.services.drafts.save(practiceId, id, 'search', { name: 'x' });
  const page = await agent.get('/staff/new');
  const token = /name="_csrf" value="([^"]+)"/.exec(page.text)?.[1];
  const answer = await agent.post('/log-out/next', { _csrf: token });
  expect([answer.status, answer.headers.location]).toEqual([303, '/log-in']);
  expect((await agent.get('/log-in')).text).toContain('The next person can log in');
  expect(await registry.services.drafts.find(practiceId, id, 'search', draft)).toBeUndefined();
  const next = await agent.submit('/log-in', { email: surgery.receptionist.email, password });
  expect(next.headers.location).toBe('/');
  expect(textOf((await agent.get('/')).text, '.nhsuk-header__account')).toContain(
    'The receptionist (Receptionist)',
  );
});

test('the log-in page may stay open overnight', async () => {
  const agent = visit(address);
  const page = await agent.get('/log-in');
  pass(14 * 60 * MINUTE);
  const answer = await agent.submitPage(page, '/log-in', { email: surgery.manager.email, password });
  expect(answer.status).toBe(303);
});

test('log out ends the session on the server and clears the browser', async () => {
  const agent = await logInAs(address, surgery.manager);
  const { id, practiceId } = surgery.manager;
  const draft = await registry.services.drafts.save(practiceId, id, 'search', { name: 'x' });
  const page = await agent.get('/account');
  const stolen = (await rows()).find(({ staffId }) => staffId === id)?.idHash;
  const token = /name="_csrf" value="([^"]+)"/.exec(page.text)?.[1];
  const answer = await agent.post('/log-out', { _csrf: token });
  expect([answer.status, answer.headers.location]).toEqual([303, '/log-in']);
  expect(answer.headers['clear-site-data']).toBe('"cache", "storage"');
  expect((await rows()).map(({ idHash }) => idHash)).not.toContain(stolen);
  expect(await registry.services.drafts.find(practiceId, id, 'search', draft)).toBeUndefined();
  expect((await agent.get('/log-in')).text).toContain('You have logged out');
  expect((await agent.get('/account')).status).toBe(302);
});

test('nobody is logged out by a link', async () => {
  const agent = await logInAs(address, surgery.manager);
  expect((await agent.get('/log-out')).status).toBe(404);
  expect((await agent.get('/account')).status).toBe(200);
});

test('an answer still on its way does not bring an ended session back', async () => {
  await logInAs(address, surgery.manager);
  const { sessions } = registry.services;
  const [row] = (await rows()).filter(({ staffId }) => staffId === surgery.manager.id);
  await sessions.endAll(surgery.manager.id);
  await sessions.update(row?.idHash ?? '', { data: row?.data ?? '', lastSeenAt: now });
  expect((await rows()).filter(({ staffId }) => staffId === surgery.manager.id)).toEqual([]);
});

test('another process, or this one after a restart, knows the session', async () => {
  const logIn = { email: surgery.manager.email, password };
  const cookie = cookieOf(await visit(address).submit('/log-in', logIn));
  const again = await services(registry.config, { now: () => now, log: registry.services.log });
  try {
    const answer = await request(createApp(again)).get('/account').set('Cookie', cookie);
    expect(answer.status).toBe(200);
  } finally {
    await again.close();
  }
});

test('old sessions are forgotten, those in use are not', async () => {
  await visit(address).get('/log-in');
  await logInAs(address, surgery.receptionist);
  pass(25 * 60 * MINUTE);
  await logInAs(address, surgery.manager);
  await registry.services.sessions.forgetOld(now);
  expect((await rows()).map(({ staffId }) => staffId)).toEqual([surgery.manager.id]);
});
