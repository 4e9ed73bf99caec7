import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApp } from '../../src/app.ts';
import { permits } from '../../src/staff/permissions.ts';
import { type Role, roles } from '../../src/staff/roles.ts';
import { type Agent, logInAs, visit } from '../support/log-in.ts';
import { addStaffedPractice, type StaffedPractice } from '../support/people.ts';
import { openRegistry, type Registry } from '../support/registry.ts';
import { type Route, routesOf } from '../support/routes.ts';

/** What anybody may ask for. A new line here is a decision that somebody has to be able to defend. */
const openToAll = [
  'get /assets/:version/:name',
  'get /health/live',
  'get /health/ready',
  'get /api/docs/',
  'get /api/docs/start.js',
  'get /api/docs/swagger-ui.css',
  'get /api/docs/swagger-ui-bundle.js',
  'get /api/v1/openapi.json',
  'get /log-in',
  'post /log-in',
  'get /first-password',
  'post /first-password',
  'get /timed-out',
  // The public log and receipts: commitments, and what the code on a receipt says; nothing names anybody.
  'get /log/:ods',
  'get /log/:ods/poster',
  'get /log/:ods/checkpoint',
  'get /log/:ods/tile/*path',
  // What left, to whom and why: published once a day, and nothing in it counts a few patients.
  'get /register',
  'get /register/:ods',
  'get /register/:ods.json',
  'get /register/:ods.tlog-proof',
  'get /receipts/:code',
  'get /receipts/:code/proofs/:type.tlog-proof',
  'get /help',
  'get /accessibility',
  'get /privacy',
  // What the practice tells its patients, and the form: nothing of anybody.
  'get /privacy/:ods',
  'get /privacy/:ods/form',
  'get /privacy/:ods/form.pdf',
];

/** Ends the session it is sent with. */
const logsOut = ['/log-out', '/log-out/next', '/account/log-out-everywhere'];

const nameOf = ({ method, path }: Route) => `${method} ${path}`;
const isForKeys = ({ path }: Route) => path.startsWith('/api/v1/');

let registry: Registry;
let address: string;
let surgery: StaffedPractice;
let routes: Route[];

beforeAll(async () => {
  registry = await openRegistry();
  address = await registry.listen();
  surgery = await addStaffedPractice(registry.services);
  routes = routesOf(createApp(registry.services)).filter((route) => !openToAll.includes(nameOf(route)));
});

afterAll(() => registry.close());

/** The form token of an agent's session, from a page that was served. */
async function tokenOf(agent: Agent, path: string): Promise<string> {
  const { text } = await agent.get(path);
  const token = /name="_csrf" value="([^"]+)"/.exec(text)?.[1];
  if (token === undefined) throw new Error(`${path} has no form token`);
  return token;
}

/** Asks for a route as a browser, with ids of nothing and the form token of this session. */
async function ask(agent: Agent, { method, path }: Route, _csrf: string) {
  const real = path.replace(/:\w+/g, () => randomUUID());
  return method === 'get' ? agent.get(real) : agent.post(real, { _csrf });
}

test('every route says who may use it', () => {
  expect(routes.filter((route) => route.needs === undefined && !isForKeys(route)).map(nameOf)).toEqual([]);
  expect(routes.length).toBeGreaterThan(10);
});

test('nobody gets in anywhere without logging in', async () => {
  const agent = visit(address);
  const token = await tokenOf(agent, '/log-in');
  const wrong: string[] = [];
  for (const route of routes) {
    const { status, headers } = await ask(agent, route, token);
    const where = headers.location?.split('?')[0];
    if (isForKeys(route) ? status !== 401 : where !== '/log-in')
      wrong.push(`${nameOf(route)}: ${status} ${where}`);
  }
  expect(wrong).toEqual([]);
});

test.each(roles)('a %s gets in where the table says so, and nowhere else', async (role: Role) => {
  let agent = await logInAs(address, surgery[role]);
  let token = await tokenOf(agent, '/account');
  const wrong: string[] = [];
  for (const route of routes) {
    const { status, headers } = await ask(agent, route, token);
    const permitted = route.needs !== undefined && permits(role, route.needs);
    // Permitted: whatever the page makes of an id of nothing and an empty form, but not a refusal and not a fault.
    const right = isForKeys(route)
      ? status === 401
      : permitted
        ? status !== 403 && status < 500 && !headers.location?.startsWith('/timed-out')
        : status === 403;
    if (!right) wrong.push(`${nameOf(route)}: ${status} ${headers.location ?? ''}`);
    if (permitted && logsOut.includes(route.path)) {
      agent = await logInAs(address, surgery[role]);
      token = await tokenOf(agent, '/account');
    }
  }
  expect(wrong).toEqual([]);
});
