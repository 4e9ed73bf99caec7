import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { jobs } from '../../src/jobs.ts';
import { manyRows } from '../../src/store/many-rows.ts';
import { openRegistry, type Registry } from '../support/registry.ts';

let registry: Registry;

beforeAll(async () => {
  registry = await openRegistry();
});
afterAll(() => registry.close());

test('a quarter of an hour after a long list was taken in, some of its patients are not looked for among all', async () => {
  const { database, now } = registry.services;
  const practiceId = randomUUID();
  const data = Array.from({ length: 5000 }, (_, ordinal) => ({
    ...{ id: randomUUID(), practiceId, ordinal, nhsNumber: '', givenName: '', familyName: '' },
    ...{ givenNameKey: '', familyNameKey: '', dateOfBirth: '1970-01-01', status: 'registered' },
    ...{ addedAt: now(), changedAtIndex: 0, restricted: false, noMail: false },
  }));
  await database.write((tx) => manyRows(tx, database.kind).insert('Patient', data));
  const some = data.slice(0, 500).map(({ id }) => id);

  const job = jobs(registry.services).find(({ name }) => name === 'see how long the tables are');
  if (database.kind === 'sqlite') expect(await planFor(practiceId, some)).toContain('practiceId_status');
  await job?.run();
  if (database.kind === 'sqlite') expect(await planFor(practiceId, some)).toContain('(id=?)');

  const where = { practiceId, id: { in: some }, status: 'registered' };
  expect(await database.reader.patient.count({ where })).toBe(some.length);
});

/** How SQLite looks for some registered patients of a practice. */
async function planFor(practiceId: string, ids: readonly string[]): Promise<string> {
  const list = ids.map((id) => `'${id}'`).join();
  const rows = await registry.services.database.reader.$queryRawUnsafe<{ detail: string }[]>(
    `EXPLAIN QUERY PLAN SELECT * FROM "Patient"
     WHERE "practiceId" = '${practiceId}' AND "id" IN (${list}) AND "status" = 'registered'`,
  );
  return rows.map(({ detail }) => detail).join();
}
