import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Agent, logInAs, visit } from '../support/log-in.ts';
import { textOf } from '../support/page.ts';
import { addAccount, addStaffedPractice, password, type StaffedPractice } from '../support/people.ts';
import { openRegistry, type Registry } from '../support/registry.ts';

let registry: Registry;
let address: string;
let surgery: StaffedPractice;

beforeEach(async () => {
  // The registry counts the proxies, so a test may come from any network.
  registry = await openRegistry({ TRUST_PROXY: '1' });
  address = await registry.listen();
  surgery = await addStaffedPractice(registry.services);
  form = undefined;
});

afterEach(async () => {
  vi.useRealTimers();
  await registry.close();
});

/** Tries to log in from a network, and returns the status. All tries of a test send one form, served once. */
async function tryFrom(network: string, email: string, word = 'not the password'): Promise<number> {
  form ??= serveForm();
  const { agent, token } = await form;
  const fields = { email, password: word, _csrf: token };
  const { status } = await agent.post('/log-in', fields, { 'X-Forwarded-For': network });
  // A right try begins a new session, and so needs a new form.
  if (status === 303) form = undefined;
  return status;
}

let form: ReturnType<typeof serveForm> | undefined;

async function serveForm() {
  const agent = visit(address);
  const page = await agent.get('/log-in');
  return { agent, token: /name="_csrf" value="([^"]+)"/.exec(page.text)?.[1] };
}

const times = (count: number) => Array.from({ length: count }, (_, n) => n);

test('unknown address, wrong password, closed account and no password yet: one answer to the letter', async () => {
  const { staff } = registry.services;
  const { practice, manager, receptionist, monitor } = surgery;
  const by = { kind: 'command-line', id: 'test' } as const;
  await staff.close({ practiceId: practice.id, id: receptionist.id }, by);
  await staff.makeCode({ practiceId: practice.id, id: monitor.id }, by);
  const answers: string[] = [];
  const emails = ['nobody@surgery.example', manager.email, receptionist.email, monitor.email];
  for (const email of emails) {
    const typed = email === manager.email ? 'not the password' : password;
    const answer = await visit(address).submit('/log-in', { email, password: typed });
    expect(answer.status).toBe(400);
    expect(answer.text).not.toContain(typed);
    answers.push(
      answer.text
        .replaceAll(email, '')
        .replace(/name="_csrf" value="[^"]+"/, '')
        .replace(/class="app-reference">[^<]+/, ''),
    );
  }
  expect(new Set(answers).size).toBe(1);
  expect(textOf(answers[0] ?? '', '.nhsuk-error-summary')).toContain(
    'The email address or the password is not right',
  );
});

test.each(['manager', 'nobody'])(
  'five wrong tries from one network close the door for that account there: %s',
  async (word) => {
    const email = `${word}@a12345.example`;
    for (const _ of times(5)) expect(await tryFrom('192.0.2.1', email)).toBe(400);
    expect(await tryFrom('192.0.2.1', email, password)).toBe(429);
    expect(await tryFrom('192.0.2.1', surgery.guardian.email, password)).toBe(303);
    if (word === 'manager') expect(await tryFrom('192.0.2.2', email, password)).toBe(303);
  },
);

test('all tries at once count too', async () => {
  const all = await Promise.all(times(12).map(() => tryFrom('192.0.2.1', surgery.manager.email)));
  expect(all.filter((status) => status === 400)).toHaveLength(5);
  expect(all.filter((status) => status === 429)).toHaveLength(7);
});

test('the page says when to try again, and it opens again then', async () => {
  const { email } = surgery.manager;
  const agent = visit(address);
  for (const _ of times(5)) await agent.submit('/log-in', { email, password: 'not the password' });
  const answer = await agent.submit('/log-in', { email, password });
  expect(answer.status).toBe(429);
  const wait = Number(answer.headers['retry-after']);
  expect(wait).toBeGreaterThan(14 * 60);
  expect(wait).toBeLessThanOrEqual(15 * 60);
  expect(textOf(answer.text, 'main')).toContain(
    'There were too many tries to log in. Try again in 15 minutes.',
  );
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + wait * 1000 + 1 });
  await logInAs(address, surgery.manager);
});

test('twenty wrong tries a day close an account, from wherever they come', async () => {
  const { email } = surgery.manager;
  for (const n of times(20)) expect(await tryFrom(`192.0.2.${n}`, email)).toBe(400);
  expect(await tryFrom('198.51.100.1', email, password)).toBe(429);
});

test('a hundred wrong tries a day close a network, for whatever account', async () => {
  for (const n of times(100)) expect(await tryFrom('2001:db8:0:1::9', `n${n}@surgery.example`)).toBe(400);
  expect(await tryFrom('2001:db8:0:1::abcd', surgery.manager.email, password)).toBe(429);
  expect(await tryFrom('2001:db8:0:2::9', surgery.manager.email, password)).toBe(303);
});

test('right passwords do not count, however often', async () => {
  for (const _ of times(6)) await logInAs(address, surgery.manager);
  const second = await addAccount(registry.services, surgery.practice, 'receptionist', 'second');
  for (const _ of times(6)) await logInAs(address, second);
});

test('guesses at a one-time code and at the current password count as well', async () => {
  const { email } = surgery.monitor;
  const guess = { email, code: '0000-0000-0000-0000', password: 'a bicycle under nine stars' };
  for (const _ of times(5)) expect((await visit(address).submit('/first-password', guess)).status).toBe(400);
  expect((await visit(address).submit('/first-password', guess)).status).toBe(429);

  const agent: Agent = await logInAs(address, surgery.manager);
  const change = { current: 'not the password', password: 'a bicycle under nine stars' };
  for (const _ of times(5)) expect((await agent.submit('/account/password', change)).status).toBe(400);
  expect((await agent.submit('/account/password', { ...change, current: password })).status).toBe(429);
});

test('neither email addresses nor networks are kept in what is counted', async () => {
  await tryFrom('192.0.2.77', surgery.manager.email);
  const rows = await registry.services.database.reader.rateLimiterFlexible.findMany();
  expect(rows).toHaveLength(3);
  expect(JSON.stringify(rows)).not.toMatch(/192\.0\.2\.77|a12345|manager@/);
});
