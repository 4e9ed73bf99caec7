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
  'get /help',
  'get /accessibility',
  'get /privacy',
];

/** Ends the session it is sent with. */
const logsOut = ['/log-out', '/account/log-out-everywhere'];

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

/** Asks for a route as a browser, with ids of nothing and a form token of this session. */
async function ask(agent: Agent, { method, path }: Route) {
  const real = path.replace(/:\w+/g, () => randomUUID());
  if (method === 'get') return agent.get(real);
  const page = await agent.get('/log-in');
  const form = page.status === 200 ? page : await agent.get('/account');
  const token = /name="_csrf" value="([^"]+)"/.exec(form.text)?.[1];
  expect(token, 'a form token').toBeDefined();
  return agent.post(real, { _csrf: token });
}

test('every route says who may use it', () => {
  expect(routes.filter((route) => route.needs === undefined && !isForKeys(route)).map(nameOf)).toEqual([]);
  expect(routes.length).toBeGreaterThan(10);
});

test('nobody gets in anywhere without logging in', async () => {
  const agent = visit(address);
  const wrong: string[] = [];
  for (const route of routes) {
    const { status, headers } = await ask(agent, route);
    const where = headers.location?.split('?')[0];
    if (isForKeys(route) ? status !== 401 : where !== '/log-in')
      wrong.push(`${nameOf(route)}: ${status} ${where}`);
  }
  expect(wrong).toEqual([]);
});

test.each(roles)('a %s gets in where the table says so, and nowhere else', async (role: Role) => {
  let agent = await logInAs(address, surgery[role]);
  const wrong: string[] = [];
  for (const route of routes) {
    const { status, headers } = await ask(agent, route);
    const permitted = route.needs !== undefined && permits(role, route.needs);
    // Permitted: whatever the page makes of an id of nothing and an empty form, but not a refusal and not a fault.
    const right = isForKeys(route)
      ? status === 401
      : permitted
        ? status !== 403 && status < 500 && !headers.location?.startsWith('/timed-out')
        : status === 403;
    if (!right) wrong.push(`${nameOf(route)}: ${status} ${headers.location ?? ''}`);
    if (permitted && logsOut.includes(route.path)) agent = await logInAs(address, surgery[role]);
  }
  expect(wrong).toEqual([]);
});
