import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoExtracts } from '../../src/demo/demo-extracts.ts';
import { DEMO_KEY, DEMO_PASSWORD, exampleSurgery, secondSurgery } from '../../src/demo/demo-practices.ts';
import { makeDemo } from '../../src/demo/make-demo.ts';
import { openRegistry, type Registry } from '../support/registry.ts';

const clock = { now: new Date('2026-11-22T12:00:00Z') };
let registry: Registry;
let practiceId: string;

beforeAll(async () => {
  registry = await openRegistry({ DEMO: 'true' }, { now: () => clock.now });
  await makeDemo(registry.services, clock);
  practiceId = (await registry.services.staff.practiceByOds('A99999'))?.id ?? '';
}, 300_000);

afterAll(() => registry.close());

const counted = (rows: readonly ({ _count: number } & Record<string, unknown>)[]) =>
  Object.fromEntries(rows.map(({ _count, ...by }) => [Object.values(by).join(' '), _count]));

test('The Example Surgery knows 9,500 people with numbers of the made-up range', async () => {
  const { reader } = registry.services.database;
  const people = await reader.patient.findMany({ where: { practiceId } });
  expect(people).toHaveLength(9_500);
  expect(people.filter(({ nhsNumber }) => !/^9990\d{6}$/.test(nhsNumber))).toEqual([]);
  expect(new Set(people.map(({ nhsNumber }) => nhsNumber)).size).toBe(9_497);
  expect(people.filter(({ status }) => status === 'left').length).toBeGreaterThan(100);
  expect(people.filter(({ dateOfDeath }) => dateOfDeath !== null).length).toBeGreaterThan(20);
});

test('its objections are of every kind, and the same every time', async () => {
  const { reader } = registry.services.database;
  const where = { practiceId };
  const kinds = await reader.objectionAct.groupBy({
    by: ['kind'],
    where,
    _count: true,
    orderBy: { kind: 'asc' },
  });
  const states = await reader.objection.groupBy({
    by: ['type', 'status'],
    where,
    _count: true,
    orderBy: [{ type: 'asc' }, { status: 'asc' }],
  });
  expect({ ...counted(kinds), ...counted(states) }).toMatchInlineSnapshot(`
    {
      "ask-error": 22,
      "confirm": 64,
      "confirm-error": 15,
      "decide": 20,
      "record": 804,
      "refuse-error": 4,
      "settle": 11,
      "type-1 in-error": 12,
      "type-1 in-force": 505,
      "type-1 not-upheld": 6,
      "type-1 withdrawn": 46,
      "type-2 in-error": 3,
      "type-2 in-force": 206,
      "type-2 not-upheld": 2,
      "type-2 withdrawn": 14,
      "withdraw": 82,
    }
  `);
  const open = await Promise.all([
    reader.objection.count({ where: { practiceId, needsSettling: true } }),
    reader.objection.count({ where: { practiceId, needsDecision: true } }),
    reader.objection.count({ where: { practiceId, errorsToConfirm: { gt: 0 } } }),
    reader.objection.count({ where: { practiceId, tellNational: true } }),
    reader.objection.count({ where: { practiceId, undated: true } }),
  ]);
  expect(open.every((count) => count > 0)).toBe(true);
  const done = await Promise.all([
    reader.objection.count({ where: { practiceId, acknowledgedAt: { not: null } } }),
    reader.objection.count({ where: { practiceId, codedAs: 'dissent' } }),
    reader.authorityCheck.count({ where: { practiceId, outcome: 'seen' } }),
  ]);
  expect(done.every((count) => count > 10)).toBe(true);
});

test('the accounts and the key are those that everybody knows', async () => {
  const { staff, keys } = registry.services;
  for (const { accounts } of [exampleSurgery, secondSurgery]) {
    for (const { email } of accounts) {
      expect((await staff.checkLogIn({ email, password: DEMO_PASSWORD })).ok).toBe(true);
    }
  }
  const key = await keys.findUsable(DEMO_KEY);
  expect(key?.extracts).toEqual(demoExtracts.map(({ extractId }) => extractId).sort());
});

test('both ledgers verify', async () => {
  for (const { id } of await registry.services.ledger.practices()) {
    expect(await registry.services.ledger.verify(id)).toMatchObject({ ok: true });
  }
});

test('releases went out, and nobody who objected was in them', async () => {
  const { reader } = registry.services.database;
  const releases = await reader.release.groupBy({ by: ['extractId', 'status'], _count: true });
  expect(counted(releases)).toEqual({
    'research-events complete': 5,
    'research-events failed': 1,
    'planning-minimum complete': 1,
    'recall-list complete': 1,
  });
  const { _sum } = await reader.release.aggregate({
    where: { extractId: 'research-events' },
    _sum: { countOut: true, countWithheld: true },
  });
  expect(_sum.countWithheld).toBeGreaterThan(100);
  expect(_sum.countOut).toBeGreaterThan(5_000);
});
