import '../../support/registry.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aPatient } from '../../support/factories.ts';
import { addFullPractice, type FullPractice } from '../../support/full-practice.ts';
import { type Agent, logInAs } from '../../support/log-in.ts';
import { readPage, textOf } from '../../support/page.ts';
import { type Desk, openDesk } from './objections/desk.ts';

let desk: Desk;
let full: FullPractice;
let agent: Agent;
/** Whose data was in the check of the practice; they objected afterwards. */
let holder: string;

beforeAll(async () => {
  desk = await openDesk();
  full = await addFullPractice(desk.services, 'B10001', 100);
  agent = await logInAs(desk.address, full.manager);
  const [found] = await desk.services.patients.withNumber(full.practice.id, aPatient(102).nhsNumber);
  holder = found?.id ?? '';
  const seenByAll = { practiceId: full.practice.id, patientId: holder, restricted: false };
  await desk.services.patients.restrict(seenByAll, { kind: 'staff', id: full.manager.id });
});
afterAll(() => desk.end());

test('says to whom what left, what for, how long it is held, and links to the release', async () => {
  const page = await agent.get(`/patients/${holder}/account`);
  const said = textOf(page.text, 'main');
  expect(said).toContain('You have a type 1 objection here.');
  expect(said).toContain('Your data was in 1 extract that left the practice.');
  expect(said).toContain('An objection does not call back what has left.');
  expect(said).toContain('Whoever sends it asked whether you may be in it, and we said yes.');
  expect(said).toContain('November 2026: 20');
  expect(said).toContain('We do not know. Nobody has written down until when they may hold it.');
  expect(said).toContain('We keep only how many it held back.');
  const link = readPage(page.text).querySelector('main details a');
  expect(link?.getAttribute('href')).toBe(`/releases/${full.releaseId}`);
});

test('says what an objector was kept out of, and why', async () => {
  const { text } = await agent.get(`/patients/${full.patientId}/account`);
  const said = textOf(text, 'main');
  expect(said).toContain('No extract that went through this registry held your data.');
  expect(said).toMatch(/You had a type 1 objection\. Once, on 20 November 2026/);
});

test('the letter has the address and the same words, in large print too, and no link to a release', async () => {
  const letter = await agent.get(`/patients/${holder}/account/letter`);
  const said = textOf(letter.text, 'article.app-letter');
  const { familyName, postcode } = aPatient(102);
  expect(said).toContain(familyName);
  expect(said).toContain(postcode ?? '');
  expect(said).toContain('Your data was in 1 extract that left the practice.');
  expect(said).toContain('What your choice cannot stop');
  expect(readPage(letter.text).querySelector('article a')).toBeNull();
  const large = await agent.get(`/patients/${holder}/account/letter?print=large`);
  expect(textOf(large.text, 'article.app-letter--large')).toBe(said);
});

test('reception reads it, and cannot open the release; the look is written down', async () => {
  const reception = await logInAs(desk.address, full.receptionist);
  const { text } = await reception.get(`/patients/${holder}/account`);
  expect(readPage(text).querySelector('main details')).toBeNull();
  const looks = await desk.services.patients.looks(full.practice.id, holder, { skip: 0, take: 1 });
  expect(looks).toMatchObject([{ what: 'account', staffId: full.receptionist.id }]);
});

test('records of one person are one account; one that is restricted is in it for those who may see it', async () => {
  const { services } = desk;
  const practiceId = full.practice.id;
  const by = { kind: 'staff', id: full.manager.id } as const;
  const added = await services.patients.add(practiceId, [aPatient(200)], by);
  const second = added[0]?.id ?? '';
  await services.patients.link({ practiceId, patientId: second, toId: holder, kind: 'duplicate' }, by);
  const account = async (who: Agent) => textOf((await who.get(`/patients/${second}/account`)).text, 'main');
  expect(await account(agent)).toContain('Your data was in 1 extract that left the practice.');
  await services.patients.restrict({ practiceId, patientId: holder, restricted: true }, by);
  expect(await account(agent)).toContain('Your data was in 1 extract that left the practice.');
  const reception = await account(await logInAs(desk.address, full.receptionist));
  expect(reception).toContain('No extract that went through this registry held your data.');
  expect(reception).toContain('another record that the practice manager and the Caldicott Guardian see');
});
