import { afterAll, beforeAll, expect, test } from 'vitest';
import type { NewExtract } from '../../src/extracts/register-extract.ts';
import { contentOf } from '../../src/extracts/registered-version.ts';
import { digestOf } from '../../src/extracts/version-content.ts';
import { anExtract } from '../support/extracts.ts';
import { addTestPractice } from '../support/practice.ts';
import { openRegistry, type Registry } from '../support/registry.ts';

const by = (id: string) => ({ kind: 'staff', id }) as const;
const [manager, guardian] = [by('manager'), by('guardian')];
let registry: Registry;
let practiceId: string;

beforeAll(async () => {
  registry = await openRegistry();
  practiceId = await addTestPractice(registry);
});

afterAll(() => registry.close());

let made = 0;
async function anApproved(different: Partial<NewExtract> = {}) {
  made += 1;
  const { services } = registry;
  const extractId = `extract-${made}`;
  const dates = { agreementStartsOn: '2026-01-01', agreementEndsOn: '2099-12-31', destroyBy: '2099-12-31' };
  await anExtract(services, practiceId, { extractId, ...dates, ...different });
  const name = { practiceId, extractId, version: 1 };
  const approved = await services.extracts.approve({ ...name, confirmsCare: true }, guardian);
  if (!approved.ok) throw new Error(approved.reason);
  return name;
}
const versions = (extractId: string) => registry.services.extracts.versionsOf(practiceId, extractId);
const states = async (extractId: string) =>
  (await versions(extractId)).map(({ version, state }) => `${version} ${state}`);
const acts = async (extractId: string) => {
  const rows = await registry.services.database.reader.ledgerText.findMany({ orderBy: { index: 'asc' } });
  return rows
    .map(({ text }) => JSON.parse(text))
    .filter(({ data }) => data.extract === extractId)
    .map(({ act, data }) => ({ act, data }));
};

test('what product.md does not name changes in place, and the ledger says what and by whom', async () => {
  const { extracts } = registry.services;
  const name = await anApproved();
  const content = { contact: 'Somebody new', frequency: 'Every day', name: 'Called otherwise' };
  expect(await extracts.edit({ ...name, content }, manager)).toEqual({
    ok: true,
    version: 1,
    how: 'details',
  });
  const [version] = await versions(name.extractId);
  expect(version).toMatchObject({ ...content, state: 'approved', version: 1 });
  const changed = (await acts(name.extractId)).at(-1);
  expect(changed).toMatchObject({
    act: 'extract-details-changed',
    data: { changed: ['name', 'contact', 'frequency'], frequency: 'Every day', contact: true },
  });
  expect(JSON.stringify(changed)).not.toContain('Somebody new');
});

test.each([
  { recipient: 'Another' },
  { recipientIsCompany: true },
  { purpose: 'Another' },
  { ground: 'public-health' },
  { reference: 'Another' },
  { groundWords: 'Another' },
  { fields: [{ name: 'nhs_number', treatment: 'keep' as const }] },
  { endsOn: '2098-01-01' },
  { destroyBy: '2099-12-30' },
  { stricter: ['type-2' as const] },
  { checksApproved: false },
  { stops: { usualNumber: null, listAgeDays: null, maxUnreadable: 0.5 } },
])(
  'a change of %j makes a new version; the approved one runs on until the new one is approved',
  async (content) => {
    const { extracts } = registry.services;
    const name = await anApproved();
    expect(await extracts.edit({ ...name, content }, manager)).toEqual({
      ok: true,
      version: 2,
      how: 'new-draft',
    });
    expect(await states(name.extractId)).toEqual(['2 draft', '1 approved']);
    const [next, before] = await versions(name.extractId);
    expect(next && before && contentOf(next)).toEqual(before && { ...contentOf(before), ...content });
    expect(await extracts.edit({ ...name, content }, manager)).toEqual({
      ok: false,
      reason: 'newer-version',
    });
  },
);

test('of several versions one stands: approved, suspended, replaced, ended', async () => {
  const { extracts } = registry.services;
  const name = await anApproved();
  const second = { ...name, version: 2 };
  await extracts.edit({ ...name, content: { purpose: 'Another' } }, manager);
  await extracts.suspend({ ...name, why: 'A doubt' }, guardian);
  const [counting] = await extracts.list(practiceId, [name.extractId]);
  expect(counting).toMatchObject({ version: 1, state: 'suspended' });
  expect(await extracts.send(second, manager)).toEqual({ ok: true });
  expect(await extracts.approve(second, guardian)).toEqual({ ok: true });
  expect(await states(name.extractId)).toEqual(['2 approved', '1 superseded']);
  expect(await extracts.resume(name, guardian)).toEqual({ ok: false, reason: 'not-suspended' });
  expect(await extracts.edit({ ...name, content: { purpose: 'X' } }, manager)).toEqual({
    ok: false,
    reason: 'ended',
  });
  expect(await extracts.end(second, manager)).toEqual({ ok: true });
  expect(await extracts.end(second, manager)).toEqual({ ok: false, reason: 'already-ended' });
  expect(await states(name.extractId)).toEqual(['2 ended', '1 superseded']);
  expect((await acts(name.extractId)).map(({ act }) => act)).toEqual([
    'extract-registered',
    'extract-approved',
    'extract-registered',
    'extract-suspended',
    'extract-sent',
    'extract-approved',
    'extract-ended',
  ]);
});

test('a version that was changed is not approved as it was; one that waits and is edited is a draft again', async () => {
  const { services } = registry;
  const { extracts } = services;
  await anExtract(services, practiceId, { extractId: 'seen' });
  const name = { practiceId, extractId: 'seen', version: 1 };
  const [before] = await versions('seen');
  const seen = before === undefined ? '' : digestOf(before);
  await extracts.edit({ ...name, content: { purpose: 'Another' } }, manager);
  expect(await states('seen')).toEqual(['1 draft']);
  expect(await extracts.approve({ ...name, seen }, guardian)).toEqual({
    ok: false,
    reason: 'changed-meanwhile',
  });
  expect(await extracts.approve(name, guardian)).toEqual({ ok: false, reason: 'not-awaiting-approval' });
});

test('direct care is approved only with the confirmation, a ground only with what it needs', async () => {
  const { services } = registry;
  await anExtract(services, practiceId, { extractId: 'care', ground: 'direct-care' });
  await anExtract(services, practiceId, {
    extractId: 'notice',
    ground: 'public-health',
    groundExpiresOn: null,
  });
  const approve = (extractId: string, confirmsCare = false) =>
    services.extracts.approve({ practiceId, extractId, version: 1, confirmsCare }, guardian);
  expect(await approve('care')).toEqual({ ok: false, reason: 'care-not-confirmed' });
  expect(await approve('care', true)).toEqual({ ok: true });
  expect(await approve('notice')).toMatchObject({ ok: false, needs: [{ code: 'no-expiry' }] });
});

test('a draft is sent only when nothing is missing', async () => {
  const { services } = registry;
  await anExtract(services, practiceId, { extractId: 'half', state: 'draft', fields: [], reference: '' });
  const name = { practiceId, extractId: 'half', version: 1 };
  const sent = await services.extracts.send(name, manager);
  expect(sent.ok === false && sent.reason === 'not-complete' && sent.needs.map(({ code }) => code)).toEqual([
    'no-agreement',
    'no-fields',
    'no-reference',
  ]);
  expect(await services.extracts.return({ ...name, why: 'x' }, guardian)).toEqual({
    ok: false,
    reason: 'not-awaiting-approval',
  });
});

test('a new pseudonym key is another key, and the change is in the ledger', async () => {
  const { extracts, database } = registry.services;
  const { extractId } = await anApproved();
  const where = { practiceId_id: { practiceId, id: extractId } };
  const before = await database.reader.extract.findUnique({ where });
  expect(await extracts.changePseudonymKey({ practiceId, extractId }, guardian)).toEqual({ ok: true });
  const after = await database.reader.extract.findUnique({ where });
  expect(Buffer.from(after?.pseudonymKey ?? [])).not.toEqual(Buffer.from(before?.pseudonymKey ?? []));
  expect(after?.keyChangedAt).not.toBeNull();
  expect((await acts(extractId)).at(-1)).toEqual({
    act: 'pseudonym-key-changed',
    data: { extract: extractId },
  });
});

test('an id that is taken or a word of the addresses is refused for a new extract', async () => {
  const { services } = registry;
  const { extractId } = await anApproved();
  await expect(anExtract(services, practiceId, { extractId, isNew: true })).rejects.toThrow('id-taken');
  for (const word of ['new', 'import', 'columns', 'preview'])
    await expect(anExtract(services, practiceId, { extractId: word })).rejects.toThrow('id-invalid');
});
