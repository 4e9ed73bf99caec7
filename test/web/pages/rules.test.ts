import { afterAll, beforeAll, expect, test } from 'vitest';
import '../../support/registry.ts';
import { anApprovedExtract } from '../../support/extracts.ts';
import { aPatient } from '../../support/factories.ts';
import { logInAs } from '../../support/log-in.ts';
import { readPage, textOf } from '../../support/page.ts';
import { addAccount } from '../../support/people.ts';
import { type Desk, errorsOf, locationOf, NOW, openDesk, valuesOf } from './objections/desk.ts';

// The pages of exemptions, consents, test patients and stops, by the people who use them.
let desk: Desk;
let practiceId: string;
beforeAll(async () => {
  desk = await openDesk(() => NOW);
  practiceId = desk.practice.practice.id;
  await anApprovedExtract(desk.services, practiceId, { extractId: 'research-events' });
  await anApprovedExtract(desk.services, practiceId, {
    extractId: 'study',
    ground: 'explicit-consent',
    stops: { usualNumber: null, listAgeDays: 14, maxUnreadable: null },
  });
});
afterAll(() => desk.end());

const main = (page: { text: string }) => textOf(page.text, 'main');
const ofExtract = '/extracts/research-events/exemptions';

test('an exemption: the manager asks, the guardian approves, it is counted at home, and ended', async () => {
  const [manager, guardian] = [await desk.as('manager'), await desk.as('guardian')];
  const page = await manager.get(ofExtract);
  const empty = await manager.submitPage(page, ofExtract, { reason: 'Because' }, { form: ofExtract });
  expect(empty.status).toBe(400);
  expect(errorsOf(empty).map(([href]) => href)).toEqual(['#type', '#reference', '#endsOn-day']);
  expect(valuesOf(empty)).toMatchObject({ reason: ['Because'] });
  const asked = {
    type: 'type-2',
    reference: 'Direction 7 for 999 000 0018',
    'endsOn-day': '1',
    'endsOn-month': '12',
    'endsOn-year': String(NOW.getFullYear()),
  };
  const leaky = await manager.submitPage(empty, ofExtract, asked, { form: ofExtract });
  expect(errorsOf(leaky)[0]?.[1]).toContain('Leave NHS numbers out');
  const sent = await manager.submitPage(leaky, ofExtract, { reference: 'Direction 7' }, { form: ofExtract });
  expect(locationOf(sent)).toBe(ofExtract);
  expect(main(await manager.get(ofExtract))).toContain('You asked for it, so somebody else decides');
  expect(main(await guardian.get('/'))).toContain('Exemptions: 0 in force, 1 waiting for a guardian');

  const waiting = await guardian.get(ofExtract);
  const action = /action="(\/exemptions\/[0-9a-f-]{36}\/decision)"/.exec(waiting.text)?.[1] ?? '';
  const unsaid = await guardian.submitPage(waiting, ofExtract, {}, { form: action });
  expect([unsaid.status, errorsOf(unsaid)[0]?.[1]]).toEqual([400, 'Select whether you approve it']);
  await guardian.submitPage(unsaid, ofExtract, { decision: 'approve' }, { form: action });
  expect(main(await guardian.get(ofExtract))).toContain('In force');
  expect(main(await manager.get('/'))).toContain('Exemptions: 1 in force, 0 waiting for a guardian');
  const inForce = await manager.get(ofExtract);
  const end = action.replace('/decision', '/end');
  await manager.submitPage(inForce, ofExtract, {}, { form: end });
  expect(main(await manager.get(ofExtract))).toContain('Ended early');
});

test('a guardian who asked is not shown the decision, and is refused it', async () => {
  const guardian = await desk.as('guardian');
  const asked = await desk.services.exemptions.ask(
    {
      practiceId,
      extractId: 'research-events',
      version: 1,
      type: 'type-2',
      reason: 'So the direction says',
      reference: 'Direction 7',
      endsOn: NOW.toISOString().slice(0, 10),
      lawRequires: false,
    },
    { kind: 'staff', id: desk.practice.guardian.id },
  );
  const id = asked.ok ? asked.id : '';
  const page = await guardian.get(ofExtract);
  expect(page.text).not.toContain(`/exemptions/${id}/decision`);
  const token = /name="_csrf" value="([^"]+)"/.exec(page.text)?.[1];
  const refused = await guardian.post(`/exemptions/${id}/decision`, { _csrf: token, decision: 'approve' });
  expect(errorsOf(refused)[0]?.[1]).toContain('another guardian has to decide');
  const deputy = await addAccount(desk.services, desk.practice.practice, 'guardian', 'deputy');
  const other = await logInAs(desk.address, deputy);
  const form = `/exemptions/${id}/decision`;
  await other.submitPage(await other.get(ofExtract), ofExtract, { decision: 'refuse' }, { form });
  expect(main(await guardian.get(ofExtract))).toContain('Refused');
});

test('a consent is recorded at the desk, and withdrawn; the file of the manager says what it did not take', async () => {
  const reception = await desk.as('receptionist');
  const path = `/patients/${desk.patientId}/consents`;
  const page = await reception.get(path);
  const empty = await reception.submitPage(page, path, { 'on-year': '2099' }, { form: path });
  expect(errorsOf(empty).map(([href]) => href)).toEqual(['#extract', '#how', '#reference']);
  const told = { extract: 'study', how: 'paper-form', reference: 'Document 4' };
  const future = await reception.submitPage(empty, path, told, { form: path });
  expect(errorsOf(future)[0]?.[1]).toBe('The day must be today or earlier');
  const done = await reception.submitPage(future, path, { 'on-year': '2025' }, { form: path });
  expect(locationOf(done)).toBe(path);
  expect(main(await reception.get(path))).toContain('Consent in force');
  expect(main(await reception.get('/extracts/study/consents'))).toContain('In force: 1 of 1');

  const manager = await desk.as('manager');
  const content = `nhs_number,given_on,how,reference\n${aPatient(0).nhsNumber},last year,online,Form 1\n`;
  const upload = await manager.submit('/consents/import?extract=study', {
    list: { filename: 'consents.csv', content },
  });
  expect(main(upload)).toContain('0 recorded, 0 were there before, 1 not taken, of 1 rows');
  expect(main(upload)).toContain('Row 2: The day has to be one such as 2024-03-01');
  expect(main(upload)).not.toContain(aPatient(0).nhsNumber);

  const withdrawal = `${path}/withdrawal`;
  await reception.submitPage(await reception.get(path), path, {}, { form: withdrawal });
  expect(main(await reception.get(path))).toContain('Withdrawn');
});

test('test patients are kept without their number in an address', async () => {
  const manager = await desk.as('manager');
  const path = '/extracts/study/canaries';
  const wrong = await manager.submit(path, { nhsNumber: '999 000 0019' });
  expect(errorsOf(wrong)[0]?.[1]).toBe('Enter a valid NHS number, 10 digits long');
  expect(valuesOf(wrong)).toMatchObject({ nhsNumber: ['999 000 0019'] });
  await manager.submitPage(wrong, path, { nhsNumber: '999 000 0018' }, { form: path });
  const page = await manager.get(path);
  expect(main(page)).toContain('999 000 0018');
  await manager.submitPage(page, path, {}, { form: `${path}/removal` });
  expect(main(await manager.get(path))).toContain('There is none');
});

test.each([
  ['manager', ['Releases', 'Exemptions', 'Consents', 'Test patients']],
  ['guardian', ['Releases', 'Exemptions', 'Consents', 'Test patients']],
  ['monitor', ['Releases', 'Exemptions']],
  ['receptionist', ['Consents']],
] as const)(
  'a %s finds from the page of an extract what belongs to it, and nothing else',
  async (role, shown) => {
    const agent = await desk.as(role);
    const { text } = await agent.get('/extracts/study');
    const links = [...readPage(text).querySelectorAll('main a')].filter(({ textContent }) =>
      / (of|to) this extract$/.test(textContent),
    );
    expect(links.map(({ textContent }) => textContent.replace(/ (of|to) this extract$/, ''))).toEqual(shown);
    for (const link of links) {
      const found = await agent.get(link.getAttribute('href') ?? '');
      expect(found.status).toBe(200);
    }
  },
);

test('a stop is on the page of manager and guardian, and closed by the guardian with words', async () => {
  const { services } = desk;
  const expiresAt = new Date(NOW.getTime() + 86_400_000);
  const by = { kind: 'command-line', id: 'test' } as const;
  const key = await services.keys.make({ practiceId, name: 'Job', extracts: ['study'], expiresAt }, by);
  const job = { keyId: key.ok ? key.id : '', practiceId, extracts: ['study'] };
  await services.objections.takeIn({ practiceId, how: 'none-before' }, by);
  for (const _ of [1, 2])
    expect(await services.guard.admit(job, 'study')).toEqual({ ok: false, reason: 'source-stale' });
  const [manager, guardian] = [await desk.as('manager'), await desk.as('guardian')];
  const list = await manager.get('/incidents');
  expect(main(list)).toContain('A release stopped: the patient list is too old');
  expect(main(list)).toContain('2 times');
  const path = /href="(\/incidents\/[0-9a-f-]{36})"/.exec(list.text)?.[1] ?? '';
  expect((await manager.get(path)).text).not.toContain(`${path}/closing`);
  const page = await guardian.get(path);
  expect(main(page)).toContain('Who must look');
  expect(page.text).not.toContain(`${path}/assessment`);
  const form = `${path}/closing`;
  const empty = await guardian.submitPage(page, path, {}, { form });
  expect(empty.status).toBe(400);
  await guardian.submitPage(empty, path, { closingWords: 'A new list was taken in' }, { form });
  expect(main(await guardian.get(path))).toContain('A new list was taken in');
  // It happens again, and somebody has to look again.
  await services.guard.admit(job, 'study');
  expect(main(await manager.get('/incidents'))).toContain('Open: 1');
});
