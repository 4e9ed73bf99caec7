import { afterEach, beforeEach, expect, test } from 'vitest';
import '../../../support/registry.ts';
import type { Agent } from '../../../support/log-in.ts';
import { readPage, textOf } from '../../../support/page.ts';
import { type Desk, locationOf, openDesk } from './desk.ts';

const PAGE = '/objections/imported-withdrawals';
let desk: Desk;
let manager: Agent;
beforeEach(async () => {
  desk = await openDesk();
  manager = await desk.as('manager');
  await desk.recorded({ receivedOn: '2016-03-01' });
  await desk.recorded({ patientId: await desk.another('1980-01-01'), receivedOn: '2024-01-01' });
  const { practiceId, services } = desk;
  const people = await services.database.reader.patient.findMany({
    where: { practiceId },
    orderBy: { ordinal: 'asc' },
  });
  const lines = people.map(({ nhsNumber }) => `${nhsNumber},1,withdraw,2020-01-01`);
  const bytes = Buffer.from(['nhs_number,type,act,received_on', ...lines].join('\n'));
  const file = { practiceId, madeUp: false, fileName: 'old.csv', bytes, confirmWithdrawals: false };
  await services.objections.import(file, { kind: 'command-line', id: 'objections import' });
});
afterEach(() => desk.end());

const states = async () =>
  (await desk.services.database.reader.waitingWithdrawal.findMany({ where: { practiceId: desk.practiceId } }))
    .map(({ state }) => state)
    .sort();
const inForce = () =>
  desk.services.database.reader.objection.count({
    where: { practiceId: desk.practiceId, status: 'in-force' },
  });

test('says how many there are, and how much they would lift', async () => {
  const page = await manager.get(PAGE);
  const words = textOf(page.text, 'main');
  expect(words).toContain('2 of 2 rows of the file (100%)');
  expect(words).toContain('1 of 2 objections in force (50%)');
  expect(words).toContain('LOVELACE, Ada (Ms)');
  expect(textOf((await manager.get('/objections')).text, 'main')).toContain(
    '2 withdrawals from imported files wait',
  );
});

test('all of a file, after being asked once more', async () => {
  const page = await manager.get(PAGE);
  const all = [...readPage(page.text).querySelectorAll('main a')]
    .find((link) => link.textContent.includes('Confirm all 2'))
    ?.getAttribute('href');
  const asked = await manager.get(all ?? '');
  expect(textOf(asked.text, 'main')).toContain('What has left cannot be called back');
  const answer = await manager.submitPage(asked, all ?? '');
  expect(locationOf(answer)).toBe(PAGE);
  expect(textOf((await manager.get(PAGE)).text, '.nhsuk-notification-banner')).toContain(
    '2 withdrawals confirmed',
  );
  expect(await states()).toEqual(['confirmed', 'confirmed']);
  expect(await inForce()).toBe(1);
  expect((await manager.get(all ?? '')).status).toBe(404);
});

/** Presses one of the buttons of a form, which `submitPage` does not do by itself. */
async function press(answer: 'confirmed' | 'refused', form: number) {
  const page = await manager.get(PAGE);
  const fields = [...readPage(page.text).querySelectorAll('main form')][form];
  const body: Record<string, string> = { answer };
  for (const input of fields?.querySelectorAll('input') ?? [])
    body[input.getAttribute('name') ?? ''] = input.getAttribute('value') ?? '';
  return manager.post(PAGE, body);
}

test('one by one', async () => {
  await press('confirmed', 1);
  expect(await states()).toEqual(['confirmed', 'waiting']);
  await press('refused', 1);
  expect(await states()).toEqual(['confirmed', 'refused']);
  expect(textOf((await manager.get(PAGE)).text, 'main')).toContain('No withdrawal waits for you');
});

test('refused all at once, nothing is lifted', async () => {
  await press('refused', 0);
  expect(await states()).toEqual(['refused', 'refused']);
  expect(await inForce()).toBe(2);
});

test('is the manager’s', async () => {
  for (const role of ['receptionist', 'guardian', 'monitor'] as const)
    expect((await (await desk.as(role)).get(PAGE)).status).toBe(403);
});
