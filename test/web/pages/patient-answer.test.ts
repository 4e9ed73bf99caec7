import '../../support/registry.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Agent } from '../../support/log-in.ts';
import { readPage, textOf } from '../../support/page.ts';
import { type Desk, openDesk } from './objections/desk.ts';

let desk: Desk;
let agent: Agent;

beforeEach(async () => {
  desk = await openDesk();
  agent = await desk.as('receptionist');
});
afterEach(() => desk.end());

const address = () => `/patients/${desk.patientId}/answer`;

/** The four answers: what stands after each heading up to the next. */
async function answers(): Promise<string[]> {
  const page = await agent.get(address());
  expect(page.status).toBe(200);
  const words = textOf(page.text, 'main');
  const titles = [...readPage(page.text).querySelectorAll('main h2')].map((one) => one.textContent.trim());
  expect(titles.map((title) => title.slice(0, 2))).toEqual(['1.', '2.', '3.', '4.']);
  return titles.map((title, at) => words.slice(words.indexOf(title), words.indexOf(titles[at + 1] ?? '…')));
}

const button = async () =>
  [...readPage((await agent.get(address())).text).querySelectorAll('main a.nhsuk-button')].map((one) => [
    one.textContent.trim(),
    one.getAttribute('href'),
  ]);

/** What a report from the clinical record has shown. */
const report = (codedAs: string | null, patientId = desk.patientId) =>
  desk.services.database.write((tx) =>
    tx.objection.updateMany({
      where: { patientId, type: 'type-1' },
      data: { codedAs, codedSeenAt: new Date('2026-11-15T08:00:00Z') },
    }),
  );

test('nothing on record: says no, plainly, and one button records it today', async () => {
  const [here, record, others, national] = await answers();
  expect(here).toContain('No. There is no type 1 objection on record here.');
  expect(here).toContain('You do not have to say why');
  expect(record).toContain('We do not know. The records were not reported to us yet.');
  expect(others).toContain('There is no type 2 objection on record here.');
  expect(others).toContain('It is not a type 1 objection');
  expect(national).toContain('We cannot see it. You can.');
  for (const place of ['nhs.uk/your-nhs-data-matters', 'NHS App', '0300 303 5678'])
    expect(national).toContain(place);
  expect(await button()).toEqual([['Record it today', `/objections/new?patient=${desk.patientId}`]]);
});

test('it is about one patient: name, date of birth and NHS number are on it, with practice and day', async () => {
  const { text } = await agent.get(address());
  expect(textOf(text, '.app-patient')).toMatch(/LOVELACE, Ada \(Ms\).*3 February 1970.*999 000 \d{4}/);
  expect(textOf(text, 'h1')).toContain(`${desk.practice.practice.name}, 20 November 2026`);
});

test('in force: since when, and no button', async () => {
  await desk.recorded({ receivedOn: '2026-11-02' });
  const [here, record] = await answers();
  expect(here).toContain('Yes. You have a type 1 objection here. We were told on 2 November 2026.');
  expect(record).toContain('The practice has to enter your objection there too.');
  expect(await button()).toEqual([]);
});

test('taken back: says so with its day', async () => {
  await desk.recorded({ receivedOn: '2026-11-02' });
  await desk.withdrawn({ receivedOn: '2026-11-09' });
  const [here] = await answers();
  expect(here).toContain('No. There is no type 1 objection in force here.');
  expect(here).toContain('we were told on 9 November 2026');
  expect(await button()).toHaveLength(1);
});

test('objected and taken back on one day: it works until the practice asks', async () => {
  await desk.recorded({ receivedOn: '2026-11-02' });
  await desk.withdrawn({ receivedOn: '2026-11-02' });
  const [here] = await answers();
  expect(here).toContain('Yes. You have a type 1 objection here.');
  expect(here).toContain('Until then the objection works.');
});

test('entered in error: it was never theirs', async () => {
  const actId = await desk.recorded();
  const { markInError, confirmError } = desk.services.objections;
  const practiceId = desk.practice.practice.id;
  const said = { practiceId, actId, reason: 'It was the patient of the same name' };
  const asked = await markInError(said, { kind: 'staff', id: desk.practice.receptionist.id });
  expect(asked.ok).toBe(true);
  const confirmed = await confirmError(said, { kind: 'staff', id: desk.practice.manager.id });
  expect(confirmed.ok).toBe(true);
  const [here] = await answers();
  expect(here).toContain('No. There is no type 1 objection in force here. One was entered in error');
});

test('a type 2 objection of today has no national effect, one of 2016 was replaced', async () => {
  await desk.recorded({ types: ['type-2'], receivedOn: '2026-11-02' });
  expect((await answers())[2]).toContain('so it has no national effect');
  const before = await desk.another('1950-01-01');
  await desk.recorded({ patientId: before, types: ['type-2'], receivedOn: '2016-05-04' });
  const { text } = await agent.get(`/patients/${before}/answer`);
  expect(textOf(text, 'main')).toContain('You have a type 2 objection here. We were told on 4 May 2016.');
  expect(textOf(text, 'main')).toContain('The National Data Opt-out has replaced it.');
  expect(textOf(text, 'main')).toContain('No. There is no type 1 objection on record here.');
});

test('the clinical record, as last reported', async () => {
  await desk.recorded();
  await report('dissent');
  expect((await answers())[1]).toContain('Yes. Your record had it on 15 November 2026');
  await report('withdrawn');
  expect((await answers())[1]).toContain('No. On 15 November 2026 your record said that it was taken back.');
  await report(null);
  expect((await answers())[1]).toContain('No. The last report from the records, on 15 November 2026,');
});

test('record and registry do not agree: the practice has to look into it', async () => {
  await desk.recorded({ receivedOn: '2026-11-02' });
  await desk.withdrawn({ receivedOn: '2026-11-09' });
  await report('dissent');
  expect((await answers())[1]).toContain('The practice has to look into it and tell you.');
});

test('an objection on another record of the same person is theirs, and that record was looked at too', async () => {
  const { patients } = desk.services;
  const practiceId = desk.practice.practice.id;
  const other = await desk.another('1970-02-03');
  await desk.recorded({ patientId: other, receivedOn: '2026-11-02' });
  expect((await answers())[0]).toContain('No.');
  const by = { kind: 'staff', id: desk.practice.manager.id } as const;
  const link = { practiceId, patientId: other, toId: desk.patientId, kind: 'duplicate' as const };
  expect((await patients.link(link, by)).ok).toBe(true);
  expect((await answers())[0]).toContain('Yes. You have a type 1 objection here. We were told on 2 November');
  const looks = await patients.looks(practiceId, other, { skip: 0, take: 10 });
  expect(looks.map(({ what }) => what)).toEqual(['plain-answer']);
});

test('looking is written down', async () => {
  await agent.get(address());
  const { patients } = desk.services;
  const all = { skip: 0, take: 10 };
  const looks = await patients.looks(desk.practice.practice.id, desk.patientId, all);
  expect(looks).toMatchObject([{ what: 'plain-answer', staffId: desk.practice.receptionist.id }]);
  const manager = await desk.as('manager');
  const log = await manager.get(`/patients/${desk.patientId}/access`);
  expect(textOf(log.text, 'tbody')).toContain('Looked up what is on record, as an answer to print');
});

test('the patient’s page and a search that shows no objection lead to it', async () => {
  const page = await agent.get(`/patients/${desk.patientId}`);
  expect(readPage(page.text).querySelector(`main a[href="${address()}"]`)).not.toBeNull();
  const born = { 'dateOfBirth-day': '3', 'dateOfBirth-month': '2', 'dateOfBirth-year': '1970' };
  const search = await agent.submit('/patients', { familyName: 'Lovelace', ...born });
  const found = await agent.get(search.headers.location ?? '');
  expect(readPage(found.text).querySelector(`tbody a[href="${address()}"]`)).not.toBeNull();
});
