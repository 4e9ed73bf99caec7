import { afterEach, beforeEach, expect, test } from 'vitest';
import { jobs } from '../src/jobs.ts';
import { openRegistry, type Registry } from './support/registry.ts';

const DAY = 24 * 3_600_000;
let now: Date;
let registry: Registry;

beforeEach(async () => {
  now = new Date('2026-11-23T08:00:00Z');
  registry = await openRegistry({}, { now: () => now });
});

afterEach(() => registry.close());

test('log-ins, searches and forms whose time is over are forgotten, without anybody logging in', async () => {
  const { database, drafts, sessions } = registry.services;
  const job = jobs(registry.services).find(({ name }) => name === 'forget what is over');
  const session = { staffId: null, data: '{}', createdAt: now, lastSeenAt: now };
  await sessions.add('old', session);
  await drafts.save('practice', 'ann', 'search', { nhsNumber: '999 000 0018' });
  now = new Date(now.getTime() + DAY + 1);
  await sessions.add('new', { ...session, lastSeenAt: now });
  expect(await job?.due(now)).toBe(true);
  await job?.run();
  expect((await database.reader.session.findMany()).map(({ idHash }) => idHash)).toEqual(['new']);
  expect(await database.reader.draft.count()).toBe(0);
  expect(await job?.due(now)).toBe(false);
});
