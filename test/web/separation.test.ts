import request from 'supertest';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApp } from '../../src/app.ts';
import { permits } from '../../src/staff/permissions.ts';
import { roles } from '../../src/staff/roles.ts';
import { addFullPractice, type FullPractice } from '../support/full-practice.ts';
import { type Agent, logInAs } from '../support/log-in.ts';
import { openRegistry, type Registry } from '../support/registry.ts';
import { type Route, routesOf } from '../support/routes.ts';
import { expectLedgerVerifies } from '../support/verify-after.ts';
import { elsewhere, places } from './separation-places.ts';

let registry: Registry;
let address: string;
let here: FullPractice;
let there: FullPractice;
let routes: Route[];
/** By role: somebody of `here`, and somebody of `there`. */
const people: Record<string, Agent> = {};
const others: Record<string, Agent> = {};

beforeAll(async () => {
  registry = await openRegistry();
  address = await registry.listen();
  here = await addFullPractice(registry.services, 'A12345', 0);
  there = await addFullPractice(registry.services, 'B12345', 10);
  routes = routesOf(createApp(registry.services));
  for (const role of roles) {
    people[role] = await logInAs(address, here[role]);
    others[role] = await logInAs(address, there[role]);
  }
});

afterAll(async () => {
  await expectLedgerVerifies(registry.services);
  await registry.close();
});

/** For everybody: what is published, that there is a practice, and what the code on a receipt says, which nobody can guess; guidance is no practice's own. */
const isPublic = ({ path }: Route) => /^\/(assets|log|receipts|register|privacy|guidance)(\/|$)/.test(path);
const withIds = () => routes.filter((route) => route.path.includes('/:') && !isPublic(route));
const isForKeys = ({ path }: Route) => path.startsWith('/api/v1/');

/** The address of a thing of a practice, at a route. */
async function addressOf({ path }: Route, practice: FullPractice): Promise<string> {
  const values = (await places[path]?.(practice)) ?? [];
  return path.replace(/:\w+/g, () => values.shift() ?? 'nothing');
}

/** Somebody of a practice who may use a route. */
function whoMay({ needs, path }: Route, practice: FullPractice): Agent {
  const role = needs && (['manager', ...roles] as const).find((one) => permits(one, needs));
  if (role === undefined) throw new Error(`nobody may use ${path}`);
  return (practice === here ? people : others)[role] as Agent;
}

async function ask(agent: Agent, { method }: Route, path: string) {
  if (method === 'get') return agent.get(path);
  const page = await agent.get('/account');
  const token = /name="_csrf" value="([^"]+)"/.exec(page.text)?.[1];
  return agent.post(path, { _csrf: token });
}

const askWithKey = ({ method }: Route, path: string, { key }: FullPractice) => {
  const asked =
    method === 'get' ? request(address).get(path) : request(address).post(path).type('text/csv').send('');
  return asked.set('Authorization', `Bearer ${key}`);
};

/** What a body says of a practice that it should not know. */
const tells = (body: string, { marks }: FullPractice) => marks.filter((mark) => body.includes(mark));

const ledgerSizes = () =>
  registry.services.database.reader.ledgerHead.findMany({
    select: { practiceId: true, size: true },
    orderBy: { practiceId: 'asc' },
  });

test('every route with an id is tried (separation-places.ts)', () => {
  const missing = withIds().filter(({ path }) => places[path] === undefined);
  expect(missing.map(({ path }) => path)).toEqual([]);
});

test('a thing of another practice is as if it were not there, and nothing happens to it', async () => {
  const before = await ledgerSizes();
  const wrong: string[] = [];
  for (const route of withIds()) {
    const path = await addressOf(route, there);
    const answer = isForKeys(route)
      ? await askWithKey(route, path, here)
      : await ask(whoMay(route, here), route, path);
    const told = tells(answer.text, there).filter((mark) => !path.includes(mark));
    if (answer.status !== 404 || told.length > 0)
      wrong.push(`${route.method} ${route.path}: ${answer.status} ${told}`);
  }
  for (const placed of elsewhere) {
    const answer = await people.manager?.get(placed(there));
    if (answer?.status !== 404) wrong.push(`${placed(there)}: ${answer?.status}`);
  }
  expect(wrong).toEqual([]);
  expect(await ledgerSizes()).toEqual(before);
});

test('the same addresses are found by the practice itself, so the walk is about real things', async () => {
  const wrong: string[] = [];
  for (const route of withIds().filter(({ method }) => method === 'get')) {
    const path = await addressOf(route, there);
    const { status } = isForKeys(route)
      ? await askWithKey(route, path, there)
      : await ask(whoMay(route, there), route, path);
    // Found: shown, or a form in progress shown again with what is missing in it.
    if (status !== 200 && status !== 400) wrong.push(`${route.path}: ${status}`);
  }
  for (const placed of elsewhere) {
    const { status } = await (people.manager as Agent).get(placed(here));
    if (status !== 200) wrong.push(`${placed(here)}: ${status}`);
  }
  expect(wrong).toEqual([]);
});

test('no page or answer without an id says anything of another practice', async () => {
  const plain = routes.filter(
    (route) => route.method === 'get' && !route.path.includes('/:') && !isPublic(route),
  );
  const wrong: string[] = [];
  for (const route of plain) {
    const answers = isForKeys(route)
      ? [await askWithKey(route, route.path, here)]
      : await Promise.all(Object.values(people).map((agent) => agent.get(route.path)));
    for (const { text = '' } of answers) {
      const told = tells(text, there);
      if (told.length > 0) wrong.push(`${route.path}: ${told}`);
    }
  }
  expect(wrong).toEqual([]);
});

test('an id in what a form sends does not cross over either', async () => {
  const { objections } = registry.services;
  const waiting = await objections.waitingImports(there.practice.id);
  expect(waiting).toHaveLength(1);
  const manager = people.manager as Agent;
  const page = await manager.get('/account');
  const _csrf = /name="_csrf" value="([^"]+)"/.exec(page.text)?.[1];
  const answer = { importId: there.objectionImportId, answer: 'confirmed', _csrf };
  await manager.post('/objections/imported-withdrawals', answer);
  expect(await objections.waitingImports(there.practice.id)).toEqual(waiting);
  const made = await manager.post('/keys/new', { name: 'Job', extracts: there.extractId, days: '30', _csrf });
  expect(made.status).toBe(400);
});

test('a patient is not found by the number, nor by name and date of birth, from another practice', async () => {
  const { patients } = registry.services;
  const patient = await patients.byId(there.practice.id, there.patientId);
  expect(patient).not.toBeNull();
  expect(await patients.byId(here.practice.id, there.patientId)).toBeNull();
  expect(await patients.withNumber(here.practice.id, patient?.nhsNumber ?? '')).toEqual([]);
});
