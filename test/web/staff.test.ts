import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Role } from '../../src/staff/roles.ts';
import { type Agent, logInAs, visit } from '../support/log-in.ts';
import { textOf } from '../support/page.ts';
import { addAccount, addStaffedPractice, password, type StaffedPractice } from '../support/people.ts';
import { openRegistry, type Registry } from '../support/registry.ts';
import { expectLedgerVerifies } from '../support/verify-after.ts';

let registry: Registry;
let address: string;
let surgery: StaffedPractice;
let manager: Agent;
let guardian: Agent;

beforeEach(async () => {
  registry = await openRegistry();
  address = await registry.listen();
  surgery = await addStaffedPractice(registry.services);
  manager = await logInAs(address, surgery.manager);
  guardian = await logInAs(address, surgery.guardian);
});

afterEach(async () => {
  await expectLedgerVerifies(registry.services);
  await registry.close();
});

const find = (id: string) => registry.services.staff.find(surgery.practice.id, id);
const acts = async () => {
  const rows = await registry.services.database.reader.ledgerText.findMany({ orderBy: { index: 'asc' } });
  return rows.map(({ text }) => JSON.parse(text));
};
const codeIn = (markup: string) => textOf(markup, '.nhsuk-inset-text strong');

test('a manager adds a receptionist, whose one-time code works once', async () => {
  const shown = await manager.submit('/staff/new', {
    name: 'Ann Example',
    email: ' Ann@Surgery.example ',
    role: 'receptionist',
  });
  expect(shown.status).toBe(200);
  const code = codeIn(shown.text);
  const ann = { email: 'ann@surgery.example', password: 'a bicycle under nine stars' };
  const set = { ...ann, code: code.toLowerCase().replaceAll('-', ' ') };
  const agent = visit(address);
  const done = await agent.submit('/first-password', set);
  expect([done.status, done.headers.location]).toEqual([303, '/log-in']);
  expect((await agent.get('/log-in')).text).toContain('Password set. Log in with it.');
  expect((await (await logInAs(address, ann)).get('/')).status).toBe(200);

  const again = await agent.submit('/first-password', set);
  expect(again.status).toBe(400);
  expect(textOf(again.text, '.nhsuk-error-summary')).toContain('the code was used');

  const [added, first] = (await acts()).slice(-2);
  expect(added).toMatchObject({ act: 'staff-added', actor: { kind: 'staff', id: surgery.manager.id } });
  expect(first).toMatchObject({ act: 'staff-password-set', actor: { id: added.data.staff } });
  expect(JSON.stringify(await acts())).not.toMatch(/Ann|surgery\.example|a12345\.example/i);
});

test('what was typed wrong is said beside each field, and kept', async () => {
  const answer = await manager.submit('/staff/new', { name: '', email: 'ann' });
  expect(answer.status).toBe(400);
  expect(textOf(answer.text, 'title')).toBe('Error: Add a person - Opt-out registry');
  expect(textOf(answer.text, '.nhsuk-error-summary')).toBe(
    'There is a problem Enter the person’s name Enter an email address, like name@example.com Select a role',
  );
  expect(answer.text).toContain('value="ann"');
  const taken = await manager.submit('/staff/new', {
    name: 'Ann',
    email: surgery.monitor.email.toUpperCase(),
    role: 'manager',
  });
  expect(textOf(taken.text, '.nhsuk-error-summary')).toContain('has an account already');
});

test('a one-time code ends after 24 hours, and so does the old password when one is made', async () => {
  let now = new Date();
  const later = await openRegistry({}, { now: () => now });
  try {
    const there = await addStaffedPractice(later.services);
    const at = await later.listen();
    const agent = await logInAs(at, there.manager);
    const receptionist = await logInAs(at, there.receptionist);
    const path = `/staff/${there.receptionist.id}`;
    const shown = await agent.submit(path, {}, { form: `${path}/code` });
    const code = codeIn(shown.text);
    expect((await receptionist.get('/')).headers.location).toBe('/timed-out');
    await expect(logInAs(at, there.receptionist)).rejects.toThrow('400');

    now = new Date(now.getTime() + 24 * 3_600_000);
    const late = await visit(at).submit('/first-password', {
      email: there.receptionist.email,
      code,
      password: 'a bicycle under nine stars',
    });
    expect(late.status).toBe(400);
  } finally {
    await later.close();
  }
});

const roleForm = (agent: Agent, id: string, role: Role) =>
  agent.submit(`/staff/${id}`, { role }, { form: `/staff/${id}/role` });

test('a role is changed by whoever keeps both roles, and ends the sessions of the person', async () => {
  const receptionist = await logInAs(address, surgery.receptionist);
  const changed = await roleForm(manager, surgery.receptionist.id, 'manager');
  expect(changed.status).toBe(303);
  expect((await manager.get(changed.headers.location ?? '')).text).toContain('Role changed');
  expect((await find(surgery.receptionist.id))?.role).toBe('manager');
  expect((await receptionist.get('/account')).headers.location).toBe('/timed-out?then=%2Faccount');
  expect((await acts()).at(-1)).toMatchObject({
    act: 'staff-changed',
    data: { staff: surgery.receptionist.id, role: 'manager', was: 'receptionist' },
  });
});

test('a guardian makes a guardian out of anybody, a manager does not', async () => {
  await expect(roleForm(manager, surgery.receptionist.id, 'guardian')).rejects.toThrow('no choice guardian');
  expect((await roleForm(guardian, surgery.receptionist.id, 'guardian')).status).toBe(303);
  expect((await find(surgery.receptionist.id))?.role).toBe('guardian');
});

/** Posts to an account with a form token that was served, whatever the page offers. */
async function force(agent: Agent, path: string, fields: Record<string, string> = {}) {
  const page = await agent.get('/staff/new');
  const token = /name="_csrf" value="([^"]+)"/.exec(page.text)?.[1];
  return agent.post(path, { ...fields, _csrf: token });
}

test.each([
  ['manager', 'guardian', 'role', { role: 'receptionist' }],
  ['manager', 'guardian', 'code', {}],
  ['manager', 'guardian', 'close', {}],
  ['manager', 'monitor', 'role', { role: 'manager' }],
  ['manager', 'receptionist', 'role', { role: 'monitor' }],
  ['manager', 'manager', 'role', { role: 'receptionist' }],
  ['manager', 'manager', 'close', {}],
  ['manager', 'manager', 'code', {}],
  ['guardian', 'guardian', 'role', { role: 'manager' }],
  ['guardian', 'receptionist', 'close', {}],
  ['guardian', 'manager', 'code', {}],
] as const)('a %s may not, for the %s: %s', async (who, whom, act, fields) => {
  const agent = who === 'manager' ? manager : guardian;
  const before = await find(surgery[whom].id);
  const length = (await acts()).length;
  const refused = await force(agent, `/staff/${surgery[whom].id}/${act}`, fields);
  expect(refused.status).toBe(403);
  expect(await find(surgery[whom].id)).toEqual(before);
  expect((await acts()).length).toBe(length);
});

test('nobody makes an account beyond their own remit, whatever they send', async () => {
  const fields = { name: 'Eve', email: 'eve@surgery.example', role: 'guardian' };
  expect((await force(manager, '/staff/new', fields)).status).toBe(403);
  expect((await registry.services.staff.list(surgery.practice.id)).length).toBe(4);
});

test('the last manager stays, also when two are demoted at once', async () => {
  const second = await addAccount(registry.services, surgery.practice, 'manager', 'second');
  const other = await logInAs(address, second);
  const both = await Promise.all([
    roleForm(manager, second.id, 'receptionist'),
    roleForm(other, surgery.manager.id, 'receptionist'),
  ]);
  expect(both.filter(({ status }) => status === 303)).toHaveLength(1);
  const managers = (await registry.services.staff.list(surgery.practice.id)).filter(
    ({ role, closedAt }) => role === 'manager' && closedAt === null,
  );
  expect(managers).toHaveLength(1);
  const last = managers[0]?.id ?? '';
  const refused = await force(guardian, `/staff/${last}/role`, { role: 'monitor' });
  expect(refused.status).toBe(400);
  expect(textOf(refused.text, '.nhsuk-error-summary')).toContain('at least one manager');
});

test('a closed account is out at once, and comes back with a code only', async () => {
  const { receptionist } = surgery;
  const agent = await logInAs(address, receptionist);
  const path = `/staff/${receptionist.id}`;
  expect((await manager.submit(path, {}, { form: `${path}/close` })).status).toBe(303);
  expect((await agent.get('/')).headers.location).toBe('/timed-out');
  await expect(logInAs(address, receptionist)).rejects.toThrow('400');
  const opened = await manager.submit(path, {}, { form: `${path}/reopen` });
  const code = codeIn(opened.text);
  await expect(logInAs(address, receptionist)).rejects.toThrow('400');
  await visit(address).submit('/first-password', { email: receptionist.email, code, password });
  await logInAs(address, receptionist);
  expect((await acts()).slice(-3).map(({ act }) => act)).toEqual([
    'staff-closed',
    'staff-reopened',
    'staff-password-set',
  ]);
});
