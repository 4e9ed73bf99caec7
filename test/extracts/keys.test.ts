import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { anApprovedExtract } from '../support/extracts.ts';
import { addTestPractice } from '../support/practice.ts';
import { openRegistry, type Registry } from '../support/registry.ts';
import { expectLedgerVerifies } from '../support/verify-after.ts';

const by = { kind: 'staff', id: 'manager' } as const;
const DAY = 24 * 60 * 60 * 1000;
let registry: Registry;
let practiceId: string;
let now: Date;

beforeEach(async () => {
  now = new Date();
  registry = await openRegistry({}, { now: () => now });
  practiceId = await addTestPractice(registry);
  await anApprovedExtract(registry.services, practiceId);
});

afterEach(async () => {
  await expectLedgerVerifies(registry.services);
  await registry.close();
});

const make = async (different: object = {}, key?: string) => {
  const expiresAt = new Date(now.getTime() + 30 * DAY);
  const input = { practiceId, name: 'Nightly', extracts: ['research-events'], expiresAt, ...different };
  return registry.services.keys.make(input, by, key);
};
const made = async () => {
  const result = await make();
  if (!result.ok) throw new Error(result.reason);
  return result;
};
const entries = async () => {
  const rows = await registry.services.database.reader.ledgerText.findMany({ orderBy: { index: 'asc' } });
  return rows.map(({ text }) => JSON.parse(text));
};

test('a key has 256 random bits, of which only the hash is kept', async () => {
  const { key, id } = await made();
  expect(key).toMatch(/^oor_[A-Za-z0-9_-]{43}$/);
  const rows = await registry.services.database.reader.jobKey.findMany();
  expect(rows).toMatchObject([
    { id, hash: createHash('sha256').update(key).digest('hex'), createdBy: 'manager' },
  ]);
  expect(JSON.stringify([rows, await entries()])).not.toContain(key);
  expect((await made()).key).not.toBe(key);
});

test('it is found until it expires', async () => {
  const { keys } = registry.services;
  const { key, id } = await made();
  expect(await keys.findUsable(key)).toMatchObject({ id, practiceId, extracts: ['research-events'] });
  now = new Date(now.getTime() + 30 * DAY - 1);
  expect(await keys.findUsable(key)).toBeDefined();
  now = new Date(now.getTime() + 1);
  expect(await keys.findUsable(key)).toBeUndefined();
});

test('it is found until it is revoked, which happens once', async () => {
  const { keys } = registry.services;
  const { key, id } = await made();
  expect(await keys.revoke({ practiceId, id }, by)).toEqual({ ok: true });
  expect(await keys.findUsable(key)).toBeUndefined();
  const [revoked] = await keys.list(practiceId);
  now = new Date(now.getTime() + DAY);
  expect(await keys.revoke({ practiceId, id }, by)).toEqual({ ok: true });
  expect(await keys.list(practiceId)).toEqual([revoked]);
});

test('making and revoking are entries, without the name of the key', async () => {
  const { id } = await made();
  await registry.services.keys.revoke({ practiceId, id }, by);
  const [first, second] = (await entries()).slice(-2);
  expect(first).toMatchObject({
    act: 'key-made',
    actor: by,
    data: {
      key: id,
      extracts: ['research-events'],
      expires: new Date(now.getTime() + 30 * DAY).toISOString(),
    },
  });
  expect(second).toMatchObject({ act: 'key-revoked', actor: by, data: { key: id } });
  expect(JSON.stringify([first, second])).not.toContain('Nightly');
});

test.each([
  [{ extracts: [] }, 'no-extracts'],
  [{ extracts: ['research-events', 'no-such'] }, 'unknown-extract'],
  [{ expiresAt: new Date(0) }, 'already-expired'],
])('it is not made with %j', async (different, reason) => {
  const before = await entries();
  expect(await make(different)).toEqual({ ok: false, reason });
  expect(await registry.services.keys.list(practiceId)).toEqual([]);
  expect(await entries()).toEqual(before);
});

test('nobody makes one for another practice’s extract, or revokes another practice’s', async () => {
  const { keys } = registry.services;
  const { key, id } = await made();
  const other = await addTestPractice(registry);
  expect(await make({ practiceId: other })).toEqual({ ok: false, reason: 'unknown-extract' });
  expect(await keys.revoke({ practiceId: other, id }, by)).toEqual({ ok: false, reason: 'unknown-key' });
  expect(await keys.findUsable(key)).toBeDefined();
  expect(await keys.list(other)).toEqual([]);
});

test('the made-up practice’s key, which everybody knows, can be kept', async () => {
  const key = `oor_demo_${'0'.repeat(43)}`;
  expect(await make({}, key)).toMatchObject({ ok: true, key });
  expect(await registry.services.keys.findUsable(key)).toBeDefined();
});

test('what is no key is not looked up', async () => {
  const { keys } = registry.services;
  const almost = [
    '',
    'oor_',
    `oor_${'0'.repeat(42)}`,
    `xor_${'0'.repeat(43)}`,
    'oor_\u0000',
    'x'.repeat(100_000),
  ];
  for (const text of almost) expect(await keys.findUsable(text)).toBeUndefined();
});
