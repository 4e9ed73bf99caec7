import request from 'supertest';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoExtracts } from '../../../src/demo/demo-extracts.ts';
import { formatNhsNumber } from '../../../src/patients/nhs-number.ts';
import { anApprovedExtract } from '../../support/extracts.ts';
import type { Agent } from '../../support/log-in.ts';
import { readPage, textOf } from '../../support/page.ts';
import { type Desk, errorsOf, openDesk } from './objections/desk.ts';

const by = { kind: 'command-line', id: 'test' } as const;
const HEADER = 'nhs_number,event_date,kind,code,term,note\n';
const clock = { now: new Date('2026-11-02T10:00:00.000Z') };
const at = (day: string) => {
  clock.now = new Date(`${day}T10:00:00.000Z`);
};

let desk: Desk;
let reception: Agent;
let manager: Agent;
let practiceId: string;
let patientId: string;
let nhsNumber: string;
/** What the recipient of the minimum data knows the patient by. */
let pseudonym: string;
let page: string;

beforeAll(async () => {
  desk = await openDesk(() => clock.now);
  const { services } = desk;
  practiceId = desk.practice.practice.id;
  patientId = desk.patientId;
  page = `/patients/${patientId}/recipients`;
  for (const extract of demoExtracts) await anApprovedExtract(services, practiceId, extract);
  await services.objections.takeIn({ practiceId, how: 'none-before' }, by);
  const extracts = demoExtracts.map(({ extractId }) => extractId);
  const expiresAt = new Date('2027-12-31T00:00:00Z');
  const made = await services.keys.make({ practiceId, name: 'Nightly', extracts, expiresAt }, by);
  if (!made.ok) throw new Error(made.reason);
  nhsNumber = (await services.patients.byId(practiceId, patientId))?.nhsNumber ?? '';
  const outputs: Record<string, string> = {};
  for (const extract of extracts) {
    const answer = await request(desk.address)
      .post(`/api/v1/extracts/${extract}/releases`)
      .set('Authorization', `Bearer ${made.key}`)
      .type('text/csv')
      .send(`${HEADER}${nhsNumber},2026-01-02,v,1,x,y\n`);
    expect(answer.status).toBe(200);
    outputs[extract] = answer.text;
  }
  pseudonym = outputs['planning-minimum']?.split('\n')[1]?.split(',')[0] ?? '';
  expect(pseudonym).toMatch(/^p[0-9a-f]{32}$/);
  reception = await desk.as('receptionist');
  manager = await desk.as('manager');
});
afterAll(() => desk.end());

/** The letters that the practice has, by recipient's extract. */
async function letters() {
  const { recipientLetters } = desk.services;
  const all = await recipientLetters.ofPerson(practiceId, patientId);
  return new Map(all.reverse().map((letter) => [letter.extractId, letter]));
}
/** What waits on the work list: since which day, and whether its time is over. */
const waiting = async () =>
  (await desk.services.work.waiting(practiceId, 'recipient-letters'))
    .map(({ since, isOver }) => [since, isOver ?? false] as const)
    .sort((one, other) => Number(one[1]) - Number(other[1]));

test('without an objection the holders are shown, and nobody is written to', async () => {
  const { text } = await reception.get(page);
  const said = textOf(text, 'main');
  for (const { recipient } of demoExtracts) expect(said).toContain(recipient);
  expect(said).toContain('No objection of this patient is in force, so nobody is written to.');
  expect(readPage(text).querySelector('main form')).toBeNull();
});

test('after an objection the patient’s page names them; letters only for who keeps to objections', async () => {
  await desk.recorded();
  const own = textOf((await reception.get(`/patients/${patientId}`)).text, 'main');
  expect(own).toMatch(/Their data left before, and it is not called back\. \d recipients? holds? it/);
  const { text } = await reception.get(page);
  const values = [...readPage(text).querySelectorAll('input[name=to]')].map((box) =>
    box.getAttribute('value'),
  );
  expect(values.sort()).toEqual(['planning-minimum 1', 'research-events 1']);
  expect(textOf(text, 'main')).toContain('An objection does not stop this extract');
  expect(textOf(text, 'main')).toContain('The letter tells them that you objected');
});

test('all faults at once, everything kept; without the patient knowing there is no letter', async () => {
  const empty = await reception.submit(page);
  expect(empty.status).toBe(400);
  expect(errorsOf(empty).map(([field]) => field)).toEqual(['#to', '#via', '#knows']);
  const unknowing = await reception.submit(page, { to: ['research-events 1'], via: 'phone' });
  expect(errorsOf(unknowing).map(([field]) => field)).toEqual(['#knows']);
  expect(readPage(unknowing.text).querySelector('input[name=to][checked]')?.getAttribute('value')).toBe(
    'research-events 1',
  );
  const token = readPage(empty.text).querySelector('input[name=_csrf]')?.getAttribute('value') ?? '';
  const forged = { _csrf: token, to: 'recall-list 1', via: 'phone', knows: 'yes' };
  const refused = await reception.post(page, forged);
  expect([refused.status, errorsOf(refused)[0]?.[0]]).toEqual([400, '#to']);
  expect(await letters()).toEqual(new Map());
});

test('asked for, they wait for the manager; asked for twice, they are not written twice', async () => {
  const asked = { to: ['research-events 1', 'planning-minimum 1'], via: 'phone', knows: 'yes' };
  const before = await reception.get(page);
  expect((await reception.submit(page, asked)).status).toBe(303);
  expect((await reception.submitPage(before, page, asked)).status).toBe(303);
  expect((await letters()).size).toBe(2);
  expect(await waiting()).toEqual([
    ['2026-11-02', false],
    ['2026-11-02', false],
  ]);
  expect((await reception.get('/recipient-letters')).status).toBe(403);
  expect(textOf((await manager.get('/work')).text, 'main')).toMatch(/Letters to recipients\s*Waiting\s*2/);
  expect(textOf((await manager.get('/recipient-letters')).text, 'main')).toContain('LOVELACE, Ada');
});

test('each letter names the patient by that extract’s own reference, and by nothing else', async () => {
  const texts = new Map<string, string>();
  for (const [extractId, { id }] of await letters()) {
    const { text } = await manager.get(`/recipient-letters/${id}`);
    expect(textOf(text, 'title')).not.toMatch(/Lovelace/i);
    texts.set(extractId, textOf(text, 'article.app-letter'));
  }
  const minimum = texts.get('planning-minimum') ?? '';
  expect(minimum).toContain(pseudonym);
  expect(minimum).not.toContain(nhsNumber);
  expect(minimum).not.toContain(formatNhsNumber(nhsNumber));
  const events = texts.get('research-events') ?? '';
  expect(events).toContain(formatNhsNumber(nhsNumber));
  expect(events).not.toContain(pseudonym);
  for (const text of texts.values()) {
    expect(text).toContain('They have made a type 1 objection');
    expect(text).toContain('November 2026: 2');
    expect(text).not.toMatch(/Lovelace|Ada|1970/);
  }
});

test('sent, overdue after 28 days, answered: the work list follows', async () => {
  const letter = (await letters()).get('research-events');
  const path = `/recipient-letters/${letter?.id}`;
  const form = { form: `${path}/sent` };
  const early = await manager.submit(path, { 'sent-day': '1' }, form);
  expect(errorsOf(early)[0]?.[0]).toBe('#sent-day');
  expect((await manager.submit(path, {}, form)).status).toBe(303);
  expect(await waiting()).toEqual([['2026-11-02', false]]);
  at('2026-11-30');
  manager = await desk.as('manager');
  expect(await waiting()).toEqual([['2026-11-02', false]]);
  at('2026-12-01');
  manager = await desk.as('manager');
  expect(await waiting()).toEqual([
    ['2026-11-02', false],
    ['2026-11-02', true],
  ]);
  const nothing = await manager.submit(path, {}, { form: `${path}/answer` });
  expect(errorsOf(nothing)).toEqual([['#outcome', 'Select what they did']]);
  const answer = { outcome: 'deleted', words: 'Deleted on 28 November.' };
  expect((await manager.submit(path, answer, { form: `${path}/answer` })).status).toBe(303);
  expect(textOf((await manager.get(path)).text, 'main')).toContain('They deleted the data');
  expect(await waiting()).toEqual([['2026-11-02', false]]);
});

test('an objection that is taken back stops what was not sent; made again, it is asked anew', async () => {
  const letter = (await letters()).get('planning-minimum');
  const path = `/recipient-letters/${letter?.id}`;
  const open = await manager.get(path);
  await desk.withdrawn({ receivedOn: '2026-11-20' });
  expect(await waiting()).toEqual([]);
  const late = await manager.submitPage(open, path, {}, { form: `${path}/sent` });
  expect([late.status, errorsOf(late)[0]?.[0]]).toEqual([400, '#sent-day']);
  const { text } = await manager.get(path);
  expect(readPage(text).querySelector('article.app-letter')).toBeNull();
  expect(textOf(text, 'main')).toContain('The patient took the objection back since');
  await desk.recorded({ receivedOn: '2026-11-25' });
  expect(await waiting()).toEqual([]);
  reception = await desk.as('receptionist');
  const again = { to: ['planning-minimum 1'], via: 'letter', knows: 'yes' };
  expect((await reception.submit(page, again)).status).toBe(303);
  expect(await waiting()).toEqual([['2026-12-01', false]]);
});

test('one that the patient does not want any more is stopped', async () => {
  const letter = (await letters()).get('planning-minimum');
  const path = `/recipient-letters/${letter?.id}`;
  expect((await manager.submit(path, {}, { form: `${path}/stop` })).status).toBe(303);
  expect(await waiting()).toEqual([]);
  expect(textOf((await manager.get(path)).text, 'main')).toContain('Not sent: stopped');
});
