import { afterEach, beforeEach, expect, test } from 'vitest';
import type { NewExtract } from '../../src/extracts/register-extract.ts';
import type { Actor } from '../../src/ledger/entry.ts';
import { openRegistry, type Registry } from '../support/registry.ts';

const manager: Actor = { kind: 'staff', id: 'the-manager' };
const guardian: Actor = { kind: 'staff', id: 'the-guardian' };

let registry: Registry;
let practiceId: string;

beforeEach(async () => {
  registry = await openRegistry();
  const added = await registry.services.staff.addPractice(
    { ods: 'A12345', name: 'A practice' },
    { kind: 'command-line', id: 'test' },
  );
  if (!added.ok) throw new Error(added.reason);
  practiceId = added.practice.id;
});

afterEach(() => registry.close());

const anExtract = (different: Partial<NewExtract> = {}): NewExtract => ({
  practiceId,
  extractId: 'research-events',
  name: 'Events for research',
  recipient: 'An institute',
  recipientOds: 'X26',
  purpose: 'Research into asthma',
  ground: 'nhs-england-direction',
  reference: 'Direction 2024/1',
  fields: [{ name: 'nhs_number', treatment: 'keep' }],
  startsOn: '2026-01-01',
  endsOn: '2027-01-01',
  checksApproved: false,
  ...different,
});

const states = async () => {
  const rows = await registry.services.database.reader.extractVersion.findMany({
    orderBy: { version: 'asc' },
  });
  return rows.map(({ state }) => state);
};

test('an extract counts when somebody else has approved it', async () => {
  const { extracts, ledger } = registry.services;
  expect(await extracts.register(anExtract(), manager)).toEqual({ ok: true, version: 1 });
  expect(await states()).toEqual(['awaiting-approval']);
  const approval = { practiceId, extractId: 'research-events', version: 1 };
  expect(await extracts.approve(approval, manager)).toEqual({ ok: false, reason: 'same-person' });
  expect(await extracts.approve(approval, guardian)).toEqual({ ok: true });
  expect(await extracts.approve(approval, guardian)).toEqual({ ok: false, reason: 'not-awaiting-approval' });
  expect(await states()).toEqual(['approved']);
  expect((await ledger.verify(practiceId)).ok).toBe(true);
});

test('a new version waits while the approved one runs on, and then takes its place', async () => {
  const { extracts } = registry.services;
  await extracts.register(anExtract(), manager);
  await extracts.approve({ practiceId, extractId: 'research-events', version: 1 }, guardian);
  expect(await extracts.register(anExtract({ recipient: 'Another' }), manager)).toEqual({
    ok: true,
    version: 2,
  });
  expect(await states()).toEqual(['approved', 'awaiting-approval']);
  await extracts.approve({ practiceId, extractId: 'research-events', version: 2 }, guardian);
  expect(await states()).toEqual(['superseded', 'approved']);
});

test('what nobody could judge is not registered', async () => {
  const refused = async (different: Partial<NewExtract>) => {
    const answer = await registry.services.extracts.register(anExtract(different), manager);
    return answer.ok ? 'ok' : answer.reason;
  };
  const nhsNumber = { name: 'nhs_number', treatment: 'keep' } as const;
  expect(await refused({ extractId: 'Research events' })).toBe('id-invalid');
  expect(await refused({ recipient: ' ' })).toBe('not-named');
  expect(await refused({ nhsNumberColumn: '' })).toBe('column-not-named');
  expect(await refused({ nhsNumberColumn: 'nhs_number ' })).toBe('column-not-named');
  expect(await refused({ ground: 'marketing' })).toBe('unknown-ground');
  expect(await refused({ reference: '' })).toBe('no-reference');
  expect(await refused({ fields: [] })).toBe('no-fields');
  expect(await refused({ fields: [nhsNumber, nhsNumber] })).toBe('field-doubled');
  expect(await refused({ startsOn: '2026-02-30' })).toBe('not-a-day');
  expect(await refused({ endsOn: '2025-12-31' })).toBe('ends-before-start');
  expect(await states()).toEqual([]);
});

test('a ground that nobody classified is not approved; an unknown version neither', async () => {
  const { extracts } = registry.services;
  await extracts.register(anExtract({ ground: 'other' }), manager);
  const approve = (version: number) =>
    extracts.approve({ practiceId, extractId: 'research-events', version }, guardian);
  expect(await approve(1)).toEqual({ ok: false, reason: 'unclassified' });
  expect(await approve(2)).toEqual({ ok: false, reason: 'no-such-version' });
});
