import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLog } from '../../src/log.ts';
import { logInAs, visit } from '../support/log-in.ts';
import { readPage, textOf } from '../support/page.ts';
import { addStaffedPractice, type StaffedPractice } from '../support/people.ts';
import { openRegistry, type Registry } from '../support/registry.ts';
import { expectLedgerVerifies } from '../support/verify-after.ts';

let registry: Registry;
let address: string;
let surgery: StaffedPractice;
let lines: string[];

beforeEach(async () => {
  lines = [];
  registry = await openRegistry({}, { log: openLog('info', { write: (line) => lines.push(line) }) });
  address = await registry.listen();
  surgery = await addStaffedPractice(registry.services);
});

afterEach(async () => {
  await expectLedgerVerifies(registry.services);
  await registry.close();
});

/** What was written down of log-ins, and of refusals. */
const events = () =>
  lines
    .map((line) => JSON.parse(line))
    .filter(({ event, status }) => event.startsWith('auth') || status === 403)
    .map(({ time, level, requestId, ms, ...rest }) => rest);

test('somebody logs in and sees who they are on every page', async () => {
  const agent = await logInAs(address, surgery.receptionist);
  const page = readPage((await agent.get('/account')).text);
  expect(page.querySelector('main')?.textContent).toContain('receptionist@a12345.example');
  expect(page.querySelector('header')?.textContent).toContain('The receptionist (Receptionist)');
  expect(page.querySelector('header')?.textContent).toContain('Surgery A12345');
  const found = await registry.services.staff.find(surgery.practice.id, surgery.receptionist.id);
  expect(found?.lastLoggedInAt).toBeInstanceOf(Date);
});

test('whoever is logged in already is sent on from the log-in page', async () => {
  const agent = await logInAs(address, surgery.receptionist);
  const answer = await agent.get('/log-in?then=/account');
  expect([answer.status, answer.headers.location]).toEqual([302, '/account']);
});

test('nobody is sent to the log-in page, and from there to what they asked for', async () => {
  const agent = visit(address);
  const refused = await agent.get('/account');
  expect([refused.status, refused.headers.location]).toEqual([302, '/log-in?then=%2Faccount']);
  const { email, password } = surgery.manager;
  const answer = await agent.submit('/log-in?then=%2Faccount', {
    email: ` ${email.toUpperCase()} `,
    password,
  });
  expect([answer.status, answer.headers.location]).toEqual([303, '/account']);
});

test('after log in nobody is sent to another site', async () => {
  const answer = await visit(address).submit('/log-in?then=//evil.example', {
    email: surgery.manager.email,
    password: surgery.manager.password,
  });
  expect(answer.headers.location).toBe('/');
});

test('what is missing is said, and what was typed is kept, but never the password', async () => {
  const agent = visit(address);
  const empty = await agent.submit('/log-in', {});
  expect(empty.status).toBe(400);
  expect(textOf(empty.text, '.nhsuk-error-summary')).toBe(
    'There is a problem Enter your email address Enter your password',
  );
  const half = await agent.submit('/log-in', { password: 'tidal lantern 41 quarry' });
  expect(half.text).not.toContain('tidal');
});

const tokenIn = (markup: string) => /name="_csrf" value="([^"]+)"/.exec(markup)?.[1];

test('a log in without a form token, with that of another session, or from another site is refused', async () => {
  const agent = visit(address);
  const own = tokenIn((await agent.get('/log-in')).text);
  const others = tokenIn((await visit(address).get('/log-in')).text);
  const { email, password } = surgery.manager;
  const evil = { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' };
  for (const [_csrf, headers] of [
    [undefined, {}],
    [others, {}],
    [own, evil],
  ] as const) {
    const answer = await agent.post('/log-in', { email, password, _csrf }, headers);
    expect(answer.status).toBe(403);
    expect((await agent.get('/account')).status).toBe(302);
  }
  expect((await agent.post('/log-in', { email, password, _csrf: own })).status).toBe(303);
});

test('log-ins are written down by account, never by email address or password', async () => {
  const { manager, practice } = surgery;
  const agent = await logInAs(address, manager);
  await visit(address).submit('/log-in', { email: manager.email, password: 'not the password' });
  await (await logInAs(address, surgery.monitor)).get('/staff');
  const page = await agent.get('/account');
  await agent.post('/log-out', { _csrf: tokenIn(page.text) });
  const of = { practice: practice.id };
  expect(events()).toEqual([
    { event: 'authn_login_success', staffId: manager.id, ...of },
    { event: 'authn_login_fail' },
    { event: 'authn_login_success', staffId: surgery.monitor.id, ...of },
    { event: 'answered', method: 'GET', route: '/staff', status: 403, staffId: surgery.monitor.id, ...of },
    { event: 'authn_logout', staffId: manager.id, ...of },
  ]);
  expect(lines.join('')).not.toMatch(/example|tidal|not the password/);
});
