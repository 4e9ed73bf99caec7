import request from 'supertest';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { demoExtracts } from '../../../src/demo/demo-extracts.ts';
import { anApprovedExtract } from '../../support/extracts.ts';
import type { Agent } from '../../support/log-in.ts';
import { readPage, textOf } from '../../support/page.ts';
import { type Desk, errorsOf, openDesk } from './objections/desk.ts';

const HEADER = 'nhs_number,event_date,kind,code,term,note\n';
const CHECKS = 52;
const clock = { now: new Date('2026-11-18T10:00:00.000Z') };
const by = { kind: 'command-line', id: 'test' } as const;

let desk: Desk;
let manager: Agent;
let monitor: Agent;
let practiceId: string;
let numbers: string[];
/** The release of which the pages tell. */
let id: string;
/** How its answer was. */
let headers: Record<string, string>;

beforeAll(async () => {
  desk = await openDesk(() => clock.now);
  const { services } = desk;
  practiceId = desk.practice.practice.id;
  for (const extract of demoExtracts) await anApprovedExtract(services, practiceId, extract);
  await services.objections.takeIn({ practiceId, how: 'none-before' }, by);
  const extracts = demoExtracts.map(({ extractId }) => extractId);
  const expiresAt = new Date('2026-12-31T00:00:00Z');
  const made = await services.keys.make({ practiceId, name: 'Nightly job', extracts, expiresAt }, by);
  const other = await services.keys.make({ practiceId, name: 'Other job', extracts, expiresAt }, by);
  if (!made.ok || !other.ok) throw new Error('no key');
  const patients = [desk.patientId];
  for (let n = 0; n < 11; n++) patients.push(await desk.another(`1980-01-${10 + n}`));
  const found = await services.patients.byIds(practiceId, patients);
  numbers = patients.map((one) => found.find((patient) => patient.id === one)?.nhsNumber ?? '');
  for (const patientId of patients.slice(0, 2)) await desk.recorded({ patientId });
  await services.patients.restrict({ practiceId, patientId: patients[2] ?? '', restricted: true }, by);
  const rows = [...numbers, ...numbers.slice(0, 5), 'none'].map((number) => `${number},2026-01-02,v,1,x,y\n`);
  const send = (extract: string, body: string) =>
    request(desk.address)
      .post(`/api/v1/extracts/${extract}/releases`)
      .set('Authorization', `Bearer ${made.key}`)
      .type('text/csv')
      .send(body);
  const sent = await send('research-events', HEADER + rows.join(''));
  expect(sent.status).toBe(200);
  await sentToItsEnd(sent.headers['release-id'] ?? '');
  id = sent.headers['release-id'] ?? '';
  headers = sent.headers;
  clock.now = new Date('2026-11-19T10:00:00.000Z');
  expect((await send('planning-minimum', 'not,an,extract\n1,2,3\n')).status).toBe(422);
  clock.now = new Date('2026-11-20T10:00:00.000Z');
  const job = { keyId: other.id, practiceId, extracts };
  for (let n = 0; n < CHECKS; n++)
    expect(await services.guard.check(job, 'research-events', numbers, 'text/plain')).toMatchObject({
      ok: true,
    });
  manager = await desk.as('manager');
  monitor = await desk.as('monitor');
});
afterAll(() => desk.end());

/** The client has the answer a moment before the guard has written that it has. */
async function sentToItsEnd(release: string): Promise<void> {
  const isComplete = async () =>
    expect(await desk.services.reports.release(practiceId, release)).toMatchObject({ status: 'complete' });
  await vi.waitFor(isComplete, { timeout: 30_000 });
}

const lines = (text: string) => [...readPage(text).querySelectorAll('main tbody tr')];
const factsOf = (text: string) =>
  Object.fromEntries(
    [...readPage(text).querySelectorAll('main .nhsuk-summary-list__row')].map((row) => [
      row.querySelector('dt')?.textContent.trim(),
      row.querySelector('dd')?.textContent.replace(/\s+/g, ' ').trim(),
    ]),
  );

test('a manager sees who sent it, what came and left, how long it took, and exact counts by reason', async () => {
  const { text } = await manager.get(`/releases/${id}`);
  expect(factsOf(text)).toMatchObject({
    Outcome: 'Complete',
    'Sent with the key': 'Nightly job',
    'Version of the extract': 'Version 1',
    'Rows in': '18',
    'Rows out': '11',
    'Rows withheld': '7',
    'Values emptied': 'None',
    Ended: '18 November 2026 at 10am, after 0.0 seconds',
  });
  const digest = Buffer.from(/:(.*):/.exec(headers['content-digest'] ?? '')?.[1] ?? '', 'base64');
  expect(factsOf(text)['Digest of what left']).toBe(digest.toString('hex'));
  expect(factsOf(text)['Decided on the ledger']).toMatch(/^\d+ entries, root [0-9a-f]{64}$/);
  expect(textOf(text, 'table')).toContain('Objected (type 1)4');
  expect(textOf(text, 'table')).toContain('Restricted record2');
  expect(textOf(text, 'main')).toContain('What remains is absence itself.');
});

test('a monitor sees rounded counts only, here, in the list and on the home page', async () => {
  const { text } = await monitor.get(`/releases/${id}`);
  expect(factsOf(text)).toMatchObject({
    'Rows in': 'Not shown',
    'Rows out': 'About 10',
    'Rows withheld': 'Not shown',
  });
  expect(textOf(text, 'table')).toContain('Restricted recordFewer than 5');
  for (const path of ['/', '/releases?status=complete&kind=release', `/releases/${id}`]) {
    const said = textOf((await monitor.get(path)).text, 'main');
    expect([path, /\b(18|11)\b(?! (November|entries))/.test(said)]).toEqual([path, false]);
  }
  expect((await monitor.get(`/releases/${id}/withheld`)).status).toBe(403);
});

test('reception sees no release', async () => {
  const reception = await desk.as('receptionist');
  for (const end of ['', `/${id}`, `/${id}/withheld`, `/${id}/manifest.json`])
    expect((await reception.get(`/releases${end}`)).status).toBe(403);
});

test('the withheld with their reasons, each look written down; by reason', async () => {
  const { text } = await manager.get(`/releases/${id}/withheld`);
  expect(lines(text).map((row) => row.textContent.replace(/\s+/g, ' '))).toEqual([
    expect.stringMatching(/LOVELACE, Ada.*3 February 1970.*Objected \(type 1\)/),
    expect.stringMatching(/10 January 1980.*Objected \(type 1\)/),
    expect.stringMatching(/11 January 1980.*Restricted record/),
  ]);
  const looks = await desk.services.patients.looks(practiceId, desk.patientId, { skip: 0, take: 9 });
  expect(looks).toMatchObject([{ what: 'release-withheld', staffId: desk.practice.manager.id }]);
  const restricted = await manager.get(`/releases/${id}/withheld?reason=restricted`);
  expect(lines(restricted.text)).toHaveLength(1);
  expect((await manager.get('/releases/3b241101-e2bb-4255-8caf-4136c566a962/withheld')).status).toBe(404);
});

test.each([
  ['kind=check', CHECKS],
  ['kind=release', 2],
  ['status=failed', 1],
  ['extract=planning-minimum', 1],
  ['extract=recall-list', 0],
  ['text=nightly', 2],
  ['text=OTHER', CHECKS],
  ['from-day=19&from-month=11&from-year=2026&to-day=19&to-month=11&to-year=2026', 1],
  ['to-day=18&to-month=11&to-year=2026', 1],
  ['status=made-up', CHECKS + 2],
])('the list for %s', async (query, count) => {
  const { text } = await manager.get(`/releases?${query}`);
  const title = count === 1 ? '1 release' : `${count} releases`;
  expect(textOf(text, 'main h2.nhsuk-heading-m')).toBe(title);
  expect(lines(text)).toHaveLength(Math.min(count, 50));
});

test('is found by its id; a long list has pages, with what was chosen', async () => {
  const found = await manager.get(`/releases?text=${id.toUpperCase()}`);
  expect(readPage(found.text).querySelector('main tbody a')?.getAttribute('href')).toBe(`/releases/${id}`);
  const second = await manager.get('/releases?kind=check&page=2');
  expect(lines(second.text)).toHaveLength(CHECKS - 50);
  const hrefs = [...readPage(second.text).querySelectorAll('.nhsuk-pagination a')].map((link) =>
    link.getAttribute('href'),
  );
  expect(hrefs).toContain('/releases?kind=check&page=1');
});

test('days that are none, or the wrong way round, are refused and kept', async () => {
  const wrong = await manager.get('/releases?from-day=31&from-month=2&from-year=2026');
  expect(wrong.status).toBe(400);
  expect(errorsOf(wrong)).toEqual([['#from-day', 'From must be a real date']]);
  expect(wrong.text).toContain('value="31"');
  const around = 'from-day=2&from-month=2&from-year=2026&to-day=1&to-month=2&to-year=2026';
  expect(errorsOf(await manager.get(`/releases?${around}`))).toEqual([
    ['#to-day', 'To must be the same as or after From'],
  ]);
});

test('a release that went wrong says what, in words and by its code', async () => {
  const { text } = await manager.get('/releases?status=failed');
  const href = readPage(text).querySelector('main tbody a')?.getAttribute('href') ?? '';
  const page = await manager.get(href);
  expect(factsOf(page.text)['What went wrong']).toMatch(/\(no-nhs-number-column\)$/);
  expect(readPage(page.text).querySelector('a[href$="/withheld"]')).toBeNull();
});

test('the manifest has what a recipient may know, and nothing from which to learn who objected', async () => {
  const answer = await monitor.get(`/releases/${id}/manifest.json`);
  expect(answer.headers['content-disposition']).toBe(`attachment; filename=release-${id}.json`);
  const manifest = JSON.parse(answer.text);
  const digest = Buffer.from(/:(.*):/.exec(headers['content-digest'] ?? '')?.[1] ?? '', 'base64');
  expect(manifest).toMatchObject({
    release: id,
    extract: { id: 'research-events', version: 1 },
    output: { format: 'text/csv', rows: 11, sha256: digest.toString('hex') },
  });
  const release = await desk.services.reports.release(practiceId, id);
  for (const secret of ['withheld', 'reason', 'objected', 'restricted', release?.digestIn ?? ''])
    expect(answer.text).not.toContain(secret);
  expect(Object.keys(manifest.output)).toEqual(['format', 'rows', 'bytes', 'emptiedValues', 'sha256']);
  expect(Object.keys(manifest.ledger)).toEqual(['root']);
  expect((await monitor.get('/releases/3b241101-e2bb-4255-8caf-4136c566a962/manifest.json')).status).toBe(
    404,
  );
});
