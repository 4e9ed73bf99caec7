import { afterEach, beforeEach, expect, test } from 'vitest';
import { emptyRoot } from '../../src/ledger/merkle.ts';
import { openRegistry, type Registry } from '../support/registry.ts';

const by = { kind: 'command-line', id: 'test' } as const;
let registry: Registry;

beforeEach(async () => {
  registry = await openRegistry({ PUBLIC_URL: 'https://registry.example' });
});

afterEach(() => registry.close());

test('a practice begins with a ledger of one entry under its own origin', async () => {
  const { staff, database } = registry.services;
  const added = await staff.addPractice({ ods: ' a12345 ', name: ' The Surgery ' }, by);
  if (!added.ok) throw new Error(added.reason);
  expect(added.practice).toMatchObject({
    ods: 'A12345',
    name: 'The Surgery',
    origin: 'registry.example/log/A12345',
    madeUp: false,
  });
  expect(await staff.practice(added.practice.id)).toEqual(added.practice);
  expect(await staff.practiceByOds('A12345')).toEqual(added.practice);
  const head = await database.reader.ledgerHead.findUniqueOrThrow({
    where: { practiceId: added.practice.id },
  });
  expect(head.size).toBe(1);
  expect(Buffer.from(head.root)).not.toEqual(Buffer.from(emptyRoot()));
  const [entry] = await database.reader.ledgerText.findMany();
  expect(JSON.parse(entry?.text ?? '')).toMatchObject({
    act: 'practice-added',
    index: 0,
    practice: 'A12345',
    data: { origin: 'registry.example/log/A12345', madeUp: false },
  });
});

test('a code is given out once, also to two at the same time', async () => {
  const { staff, database } = registry.services;
  const both = await Promise.all(
    ['One', 'Other'].map((name) => staff.addPractice({ ods: 'A12345', name }, by)),
  );
  expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
  expect(both.find(({ ok }) => !ok)).toEqual({ ok: false, reason: 'ods-taken' });
  expect(await database.reader.ledgerLeaf.count()).toBe(1);
});

test.each([
  [{ ods: 'A 99', name: 'A surgery' }, 'ods-invalid'],
  [{ ods: '', name: 'A surgery' }, 'ods-invalid'],
  [{ ods: 'A12345', name: '  ' }, 'name-missing'],
])('%j is refused: %s', async (input, reason) => {
  expect(await registry.services.staff.addPractice(input, by)).toEqual({ ok: false, reason });
  expect(await registry.services.staff.practices()).toEqual([]);
});
