import { afterEach, beforeEach, expect, test } from 'vitest';
import { anApprovedExtract } from '../../support/extracts.ts';
import { type Agent, logInAs } from '../../support/log-in.ts';
import { textOf } from '../../support/page.ts';
import { addStaffedPractice, type StaffedPractice } from '../../support/people.ts';
import { openRegistry, type Registry } from '../../support/registry.ts';

let registry: Registry;
let address: string;
let surgery: StaffedPractice;
let manager: Agent;

beforeEach(async () => {
  // A clock that stands still, so that days can be counted to the millisecond.
  const now = new Date();
  registry = await openRegistry({}, { now: () => now });
  address = await registry.listen();
  surgery = await addStaffedPractice(registry.services);
  manager = await logInAs(address, surgery.manager);
  await anApprovedExtract(registry.services, surgery.practice.id);
});

afterEach(() => registry.close());

const keys = () => registry.services.keys.list(surgery.practice.id);
const filled = { name: 'Nightly job', extracts: 'research-events', days: '90' };

test('without keys the page says what follows from that', async () => {
  expect(textOf((await manager.get('/keys')).text, 'main')).toContain(
    'No extract can be sent until you make one.',
  );
});

test('a key is shown once, works, and stands in the list', async () => {
  const shown = await manager.submit('/keys/new', filled);
  expect(shown.status).toBe(200);
  expect(shown.headers['cache-control']).toBe('no-store');
  const key = textOf(shown.text, '.app-digest');
  const [kept] = await keys();
  expect(await registry.services.keys.findUsable(key)).toEqual(kept);
  expect(kept?.expiresAt.getTime()).toBe((kept?.createdAt.getTime() ?? 0) + 90 * 86_400_000);
  const list = await manager.get('/keys');
  expect(textOf(list.text, 'tbody')).toMatch(/Nightly job.*research-events.*In force/);
  expect(list.text).not.toContain(key);
});

test('what was left out is said beside each field, and what was typed is kept', async () => {
  const answer = await manager.submit('/keys/new', { name: '' });
  expect(answer.status).toBe(400);
  expect(textOf(answer.text, '.nhsuk-error-summary')).toBe(
    'There is a problem Enter a name for the key Select at least one extract Select how long the key works',
  );
  const named = await manager.submit('/keys/new', { name: 'Weekly' });
  expect(named.text).toContain('value="Weekly"');
  expect(await keys()).toEqual([]);
});

test('an extract that the practice does not have is refused on the page', async () => {
  const page = await manager.get('/keys/new');
  const forged = page.text.replaceAll('value="research-events"', 'value="no-such-extract"');
  const answer = await manager.submitPage({ ...page, text: forged } as typeof page, '/keys/new', {
    ...filled,
    extracts: 'no-such-extract',
  });
  expect(answer.status).toBe(400);
  expect(textOf(answer.text, '.nhsuk-error-summary')).toContain('Select extracts from the list');
});

test('a key is revoked after a page that says what follows', async () => {
  const key = textOf((await manager.submit('/keys/new', filled)).text, '.app-digest');
  const [{ id } = { id: '' }] = await keys();
  const done = await manager.submit(`/keys/${id}/revoke`);
  expect([done.status, done.headers.location]).toEqual([303, '/keys']);
  expect(await registry.services.keys.findUsable(key)).toBeUndefined();
  const list = (await manager.get('/keys')).text;
  expect(textOf(list, 'tbody')).toContain('Revoked');
  expect(textOf(list, '.nhsuk-notification-banner')).toContain('Key revoked');
  expect((await manager.get(`/keys/${id}/revoke`)).status).toBe(404);
});

test('another practice’s manager neither sees nor revokes it', async () => {
  await manager.submit('/keys/new', filled);
  const [{ id } = { id: '' }] = await keys();
  const other = await logInAs(address, (await addStaffedPractice(registry.services, 'B54321')).manager);
  expect((await other.get('/keys')).text).not.toContain('Nightly job');
  expect((await other.get('/keys/new')).text).not.toContain('research-events');
  expect((await other.get(`/keys/${id}/revoke`)).status).toBe(404);
});

test.each(['receptionist', 'guardian', 'monitor'] as const)('it is not for the %s', async (role) => {
  const agent = await logInAs(address, surgery[role]);
  for (const path of ['/keys', '/keys/new']) expect((await agent.get(path)).status).toBe(403);
});
