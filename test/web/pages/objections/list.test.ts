import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import '../../../support/registry.ts';
import type { Agent } from '../../../support/log-in.ts';
import { readPage, textOf } from '../../../support/page.ts';
import { addStaffedPractice } from '../../../support/people.ts';
import { type Desk, errorsOf, locationOf, openDesk, valuesOf } from './desk.ts';

let desk: Desk;
let manager: Agent;
beforeEach(async () => {
  desk = await openDesk();
  manager = await desk.as('manager');
});
afterEach(() => desk.end());

const count = ({ text }: { text: string }) => textOf(text, 'main h2.nhsuk-heading-m');
const linkTo = ({ text }: { text: string }, words: string) =>
  [...readPage(text).querySelectorAll('main a')]
    .find((link) => link.textContent.includes(words))
    ?.getAttribute('href');

/** Three patients: one of 2016 with both types, one of this month, one who withdrew. */
async function aFewObjections(): Promise<void> {
  await desk.recorded({ types: ['type-1', 'type-2'], receivedOn: '2016-03-01', receivedVia: 'letter' });
  await desk.recorded({ patientId: await desk.another('1980-01-01') });
  const patientId = await desk.another('1990-01-01');
  await desk.recorded({ patientId, receivedOn: '2020-01-01' });
  await desk.withdrawn({ patientId, receivedOn: '2021-01-01' });
}

test('says plainly that there is none', async () => {
  const page = await manager.get('/objections');
  expect(textOf(page.text, 'main')).toContain('No objection has been recorded yet');
});

describe('filters', () => {
  const rows: [query: string, words: string][] = [
    ['', '4 objections'],
    ['type=type-2', '1 objection'],
    ['status=withdrawn', '1 objection'],
    ['status=in-force&type=type-1', '2 objections'],
    ['via=letter', '2 objections'],
    ['via=none', '0 objections'],
    ['needs=telling', '0 objections'],
    ['from-day=1&from-month=1&from-year=2020', '2 objections'],
    ['to-day=1&to-month=3&to-year=2016', '2 objections'],
    ['from-day=20&from-month=11&from-year=2026&by=recorded', '4 objections'],
    ['to-day=19&to-month=11&to-year=2026&by=recorded', '0 objections'],
    ['type=nonsense&status=%00&limit=1e9', '4 objections'],
    ['cursor=nonsense', '4 objections, further down'],
  ];
  test('each shows what it says', async () => {
    await aFewObjections();
    for (const [query, words] of rows)
      expect([query, count(await manager.get(`/objections?${query}`))]).toEqual([query, words]);
  });

  test('a date that is none is said, and stays', async () => {
    const page = await manager.get('/objections?from-day=31&from-month=2&from-year=2026&type=type-1');
    expect(page.status).toBe(400);
    expect(errorsOf(page)).toEqual([['#from-day', 'From must be a real date']]);
    expect(valuesOf(page)).toMatchObject({ 'from-day': ['31'] });
  });
});

test('long lists come in pages that keep the filters, each row once', async () => {
  for (let n = 0; n < 7; n++) await desk.recorded({ patientId: await desk.another(`19${50 + n}-01-01`) });
  const seen: string[] = [];
  let next: string | null | undefined = '/objections?type=type-1&limit=3';
  for (let pages = 1; next; pages++) {
    const page = await manager.get(next);
    expect(count(page)).toMatch(/^7 objections/);
    for (const link of readPage(page.text).querySelectorAll('main th a'))
      seen.push(link.getAttribute('href') ?? '');
    next = readPage(page.text).querySelector('a[rel=next]')?.getAttribute('href');
    expect(pages).toBeLessThan(4);
    if (next) expect(next).toContain('type=type-1&limit=3&cursor=');
  }
  expect(seen).toHaveLength(7);
  expect(new Set(seen).size).toBe(7);
});

describe('what has to be done', () => {
  test('is linked for those who may, and said to the others', async () => {
    const child = await desk.another('2016-05-01');
    await desk.recorded({ patientId: child });
    await desk.recorded({ types: ['type-2'] });
    const actId = await desk.recorded({ receivedOn: '2026-11-02' });
    await desk.withdrawn({ receivedOn: '2026-11-02' });
    const by = { kind: 'staff', id: desk.practice.receptionist.id } as const;
    const { id: practiceId } = desk.practice.practice;
    await desk.services.objections.markInError({ practiceId, actId, reason: 'A slip' }, by);

    const shown = await manager.get('/objections');
    expect(linkTo(shown, 'Settle')).toMatch(/\/settle$/);
    expect(linkTo(shown, 'Confirm or refuse the error')).toBe(`/objections/acts/${actId}/error/answer`);
    expect(linkTo(shown, 'Tell about the national')).toMatch(/national-opt-out$/);
    expect(linkTo(shown, 'Guardian to decide')).toBeUndefined();
    expect(textOf(shown.text, 'main')).toContain('Guardian to decide');
    const guardians = await (await desk.as('guardian')).get('/objections?needs=decision');
    expect(count(guardians)).toBe('1 objection');
    expect(linkTo(guardians, 'Guardian to decide')).toMatch(/\/decision$/);
    for (const need of ['settling', 'error', 'telling'])
      expect(count(await manager.get(`/objections?needs=${need}`))).toBe('1 objection');
  });

  test('whether what was there before is in, a manager says once', async () => {
    expect(linkTo(await manager.get('/objections'), 'Say that they are in')).toBe('/objections/taken-in');
    const reception = await desk.as('receptionist');
    expect(linkTo(await reception.get('/objections'), 'Say that they are in')).toBeUndefined();
    expect((await reception.get('/objections/taken-in')).status).toBe(403);

    const empty = await manager.submit('/objections/taken-in');
    expect(errorsOf(empty)).toEqual([['#how', 'Select whether there were earlier objections']]);
    expect(locationOf(await manager.submit('/objections/taken-in', { how: 'none-before' }))).toBe(
      '/objections',
    );
    expect(linkTo(await manager.get('/objections'), 'Say that they are in')).toBeUndefined();
    expect(textOf((await manager.get('/objections/taken-in')).text, 'main')).toContain('20 November 2026');
  });
});

test('everybody shown was looked at, and that is written down', async () => {
  await aFewObjections();
  await manager.get('/objections');
  const looks = await desk.services.database.reader.accessLog.findMany({
    where: { practiceId: desk.practiceId, what: 'objection-list' },
  });
  expect(looks).toHaveLength(3);
  expect(new Set(looks.map(({ staffId }) => staffId))).toEqual(new Set([desk.practice.manager.id]));
});

test('another practice sees nothing of it', async () => {
  await aFewObjections();
  const act = await desk.recorded();
  const [row] = await desk.services.database.reader.objection.findMany({
    where: { practiceId: desk.practiceId },
  });
  const other = await addStaffedPractice(desk.services, 'B99999');
  const { logInAs } = await import('../../../support/log-in.ts');
  const theirs = await logInAs(desk.address, other.manager);
  expect(textOf((await theirs.get('/objections')).text, 'main')).toContain(
    'No objection has been recorded yet',
  );
  for (const path of [
    `/objections/new?patient=${desk.patientId}`,
    `/objections/withdraw?patient=${desk.patientId}`,
    `/objections/receipts/${act}`,
    `/objections/acts/${act}/error`,
    `/objections/acts/${act}/error/answer`,
    `/objections/${row?.id}/settle`,
    `/objections/${row?.id}/national-opt-out`,
  ])
    expect([path, (await theirs.get(path)).status]).toEqual([path, 404]);
});
