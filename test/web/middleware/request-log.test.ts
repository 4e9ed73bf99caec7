import request from 'supertest';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLog } from '../../../src/log.ts';
import { logInAs } from '../../support/log-in.ts';
import { addStaffedPractice } from '../../support/people.ts';
import { openRegistry, type Registry } from '../../support/registry.ts';

let registry: Registry;
let lines: Record<string, unknown>[];

beforeEach(async () => {
  lines = [];
  const log = openLog('info', { write: (line) => lines.push(JSON.parse(line)) });
  registry = await openRegistry({}, { log });
});

afterEach(() => registry.close());

test('each answer is one line: the pattern of its route, and who asked, by id', async () => {
  const practice = await addStaffedPractice(registry.services);
  const agent = await logInAs(await registry.listen(), practice.manager);
  lines = [];
  await agent.get('/releases/3b241101-e2bb-4255-8caf-4136c566a962?x=Ann');
  await expect.poll(() => lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({
    event: 'answered',
    method: 'GET',
    route: '/releases/:id',
    status: 404,
    practice: practice.practice.id,
    staffId: practice.manager.id,
  });
  expect(JSON.stringify(lines[0])).not.toMatch(/3b241101|Ann/);
});

test('an address that there is not is not written down; files and health are passed over', async () => {
  const address = await registry.listen();
  await request(address).get('/health/live');
  await request(address).get('/patients-of-nobody');
  await expect.poll(() => lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({ event: 'answered', route: 'none' });
});
