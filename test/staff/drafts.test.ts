import { afterEach, beforeEach, expect, test } from 'vitest';
import { openRegistry, type Registry } from '../support/registry.ts';

let now: Date;
let registry: Registry;

beforeEach(async () => {
  now = new Date('2026-11-23T08:00:00Z');
  registry = await openRegistry({}, { now: () => now });
});

afterEach(() => registry.close());

const data = { nhsNumber: '999 000 0018', types: ['type-1'] };

test('a draft is found by its owner, under its kind, and by nobody else', async () => {
  const { drafts } = registry.services;
  const id = await drafts.save('practice', 'ann', 'search', data);
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(await drafts.find('practice', 'ann', 'search', id)).toEqual(data);
  expect(await drafts.find('practice', 'bob', 'search', id)).toBeUndefined();
  expect(await drafts.find('other', 'ann', 'search', id)).toBeUndefined();
  expect(await drafts.find('practice', 'ann', 'objection', id)).toBeUndefined();
  expect(await drafts.find('practice', 'ann', 'search', 'x')).toBeUndefined();
});

test('only its owner changes or removes it', async () => {
  const { drafts } = registry.services;
  const id = await drafts.save('practice', 'ann', 'search', data);
  await drafts.replace('practice', 'bob', 'search', id, {});
  await drafts.remove('practice', 'bob', id);
  expect(await drafts.find('practice', 'ann', 'search', id)).toEqual(data);
  await drafts.replace('practice', 'ann', 'search', id, { page: 2 });
  expect(await drafts.find('practice', 'ann', 'search', id)).toEqual({ page: 2 });
  await drafts.remove('practice', 'ann', id);
  expect(await drafts.find('practice', 'ann', 'search', id)).toBeUndefined();
});

test('it is gone after 8 hours, and then out of the database', async () => {
  const { drafts, database } = registry.services;
  const id = await drafts.save('practice', 'ann', 'search', data);
  now = new Date(now.getTime() + 8 * 3_600_000 - 1);
  expect(await drafts.find('practice', 'ann', 'search', id)).toEqual(data);
  now = new Date(now.getTime() + 1);
  expect(await drafts.find('practice', 'ann', 'search', id)).toBeUndefined();
  const other = await drafts.save('practice', 'bob', 'search', data);
  await drafts.forgetOld();
  expect((await database.reader.draft.findMany()).map((row) => row.id)).toEqual([other]);
});

test('log out forgets all of a person, and of nobody else', async () => {
  const { drafts, database } = registry.services;
  await drafts.save('practice', 'ann', 'search', data);
  await drafts.save('practice', 'ann', 'objection', data);
  await drafts.save('practice', 'bob', 'search', data);
  await drafts.removeAll('ann');
  expect((await database.reader.draft.findMany()).map(({ staffId }) => staffId)).toEqual(['bob']);
});
