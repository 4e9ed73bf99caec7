import '../../support/registry.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { aPatient } from '../../support/factories.ts';
import type { Agent } from '../../support/log-in.ts';
import { readPage, textOf } from '../../support/page.ts';
import { type Desk, errorsOf, locationOf, openDesk, valuesOf } from './objections/desk.ts';

let desk: Desk;
let agent: Agent;
let nhsNumber: string;

beforeEach(async () => {
  desk = await openDesk();
  agent = await desk.as('receptionist');
  nhsNumber = aPatient(0).nhsNumber;
});
afterEach(() => desk.end());

const spaced = (number: string) => `${number.slice(0, 3)} ${number.slice(3, 6)} ${number.slice(6)}`;
const search = (fields: Record<string, string>) => agent.submit('/patients', fields);
const born = (day: string, month: string, year: string) => ({
  'dateOfBirth-day': day,
  'dateOfBirth-month': month,
  'dateOfBirth-year': year,
});
const found = async (fields: Record<string, string>) => {
  const answer = await search(fields);
  expect(answer.status).toBe(303);
  expect(locationOf(answer)).toMatch(/^\/patients\/found\/[0-9a-f-]{36}$/);
  return agent.get(locationOf(answer));
};
const looks = async (patientId = desk.patientId) =>
  (await desk.services.patients.looks(desk.practice.practice.id, patientId, { skip: 0, take: 10 })).map(
    ({ what }) => what,
  );

describe('find a patient', () => {
  test('an NHS number, however it is typed, leads straight to the patient', async () => {
    for (const typed of [nhsNumber, spaced(nhsNumber), ` ${spaced(nhsNumber).replaceAll(' ', '-')} `]) {
      const answer = await search({ nhsNumber: typed });
      expect(answer.status).toBe(303);
      expect(locationOf(answer)).toBe(`/patients/${desk.patientId}`);
    }
  });

  test('from the home page too', async () => {
    const answer = await agent.submit('/', { nhsNumber });
    expect(locationOf(answer)).toBe(`/patients/${desk.patientId}`);
  });

  test('family name and date of birth lead to a list, and every patient in it is written down', async () => {
    const page = await found({ familyName: 'lovel', ...born('3', 'feb', '1970') });
    expect(textOf(page.text, 'h1')).toBe('1 patient found');
    const row = textOf(page.text, 'tbody tr');
    expect(row).toContain('LOVELACE, Ada (Ms)');
    expect(row).toContain('3 February 1970');
    expect(row).toContain(spaced(nhsNumber));
    expect(row).toContain('No objection in force');
    expect(await looks()).toEqual(['search-result']);
  });

  test('objections in force, a death and a departure show in the list', async () => {
    await desk.recorded({ types: ['type-1', 'type-2'] });
    await desk.services.database.write((tx) =>
      tx.patient.update({
        where: { id: desk.patientId },
        data: { status: 'left', dateOfDeath: '2026-01-01' },
      }),
    );
    const page = await found({ familyName: 'Lovelace', ...born('3', '2', '1970') });
    const tags = [...readPage(page.text).querySelectorAll('tbody .nhsuk-tag')].map((tag) => tag.textContent);
    expect(tags).toEqual(['Died', 'Left the practice', 'Type 1 in force', 'Type 2 in force']);
  });

  test('one number, two people: both are shown, and it says what that means', async () => {
    const { patients } = desk.services;
    const person = aPatient(0, { givenName: 'Dan', familyName: 'Green' });
    await patients.add(desk.practice.practice.id, [person], { kind: 'system', id: 'test' });
    const page = await found({ nhsNumber });
    expect(textOf(page.text, 'h1')).toBe('2 patients found');
    expect(textOf(page.text, 'main')).toContain('More than one patient has this NHS number');
  });

  test.each([
    [{ nhsNumber: aPatient(500).nhsNumber }, 'find them by family name and date of birth'],
    [{ familyName: 'Byron', ...born('3', '2', '1970') }, 'ask how the name is spelt'],
  ])('nobody: says so, what to try, and what to do for somebody not on the list', async (fields, advice) => {
    const page = await found(fields);
    const words = textOf(page.text, 'main');
    expect(textOf(page.text, 'h1')).toBe('Nobody was found');
    expect(words).toContain(advice);
    expect(words).toContain('If they are not on the list');
  });

  test('what cannot be searched for is refused, with what to do, and what was typed is kept', async () => {
    const refused: [Record<string, string>, string, string][] = [
      [{}, '#nhsNumber', 'Enter an NHS number, or a family name and date of birth'],
      [{ nhsNumber: '999 000' }, '#nhsNumber', 'NHS number is too short. It must be 10 digits'],
      [{ nhsNumber: '99900000181' }, '#nhsNumber', 'NHS number is too long. It must be 10 digits'],
      [{ nhsNumber: '999000001x' }, '#nhsNumber', 'NHS number must only include numbers'],
      [
        { nhsNumber: '9990000019' },
        '#nhsNumber',
        'NHS number is not valid. Check the number and enter it again',
      ],
      [
        { nhsNumber: 'ab 12 34 56 c' },
        '#nhsNumber',
        'This looks like a National Insurance number. Enter an NHS number',
      ],
      [{ familyName: 'Lovelace' }, '#dateOfBirth-day', 'Enter the patient’s date of birth'],
      [born('3', '2', '1970'), '#familyName', 'Enter the patient’s family name, or its beginning'],
      [
        { familyName: '%', ...born('3', '2', '1970') },
        '#familyName',
        'Enter the patient’s family name, or its beginning',
      ],
      [{ familyName: 'L', ...born('3', '2', '') }, '#dateOfBirth-year', 'Date of birth must include a year'],
      [
        { familyName: 'L', ...born('31', '2', '1970') },
        '#dateOfBirth-day',
        'Date of birth must be a real date',
      ],
      [
        { familyName: 'L', ...born('3', '2', '2970') },
        '#dateOfBirth-year',
        'Date of birth must be in the past',
      ],
      [
        { familyName: 'L', ...born('3', '2', '1870') },
        '#dateOfBirth-year',
        'Date of birth must be after 1 January 1900',
      ],
    ];
    for (const [fields, href, text] of refused) {
      const page = await search(fields);
      expect([fields, page.status]).toEqual([fields, 400]);
      expect(textOf(page.text, 'title')).toMatch(/^Error: /);
      expect(errorsOf(page)).toContainEqual([href, text]);
      expect(readPage(page.text).querySelector(href)).not.toBeNull();
      for (const [name, value] of Object.entries(fields))
        if (value) expect(valuesOf(page)[name]).toEqual([value]);
    }
  });

  test('a search is its owner’s only', async () => {
    const answer = await search({ familyName: 'Lovelace', ...born('3', '2', '1970') });
    const manager = await desk.as('manager');
    expect((await manager.get(locationOf(answer))).status).toBe(404);
    expect((await manager.get('/patients/found/nonsense')).status).toBe(404);
  });
});

describe('the patient’s page', () => {
  const show = async () => agent.get(`/patients/${desk.patientId}`);

  test('says plainly that there is no objection, and that somebody looked', async () => {
    const page = await show();
    expect(textOf(page.text, 'h1')).toBe('LOVELACE, Ada (Ms)');
    const words = textOf(page.text, 'main');
    expect(words).toContain('There is no objection on record for this patient.');
    expect(words).toContain('3 February 1970 (aged 56)');
    expect(textOf(page.text, '.nhsuk-summary-list .nhsuk-u-nowrap')).toBe(spaced(nhsNumber));
    expect(textOf(page.text, 'title')).not.toContain('LOVELACE');
    expect(words).not.toContain('Withdraw an objection');
    expect(words).not.toContain('Who looked');
    expect(await looks()).toEqual(['patient-page']);
  });

  test('every act in full, struck through where it was withdrawn, with who and when', async () => {
    await desk.recorded({ receivedOn: '2016-03-01' });
    await desk.withdrawn({ receivedOn: '2018-05-25' });
    await desk.recorded({ types: ['type-2'], receivedOn: '2016-03-01' });
    const page = await show();
    const words = textOf(page.text, 'main');
    expect(words).toContain('Type 1 objection not in force');
    expect(words).toContain('Type 2 objection in force since 1 March 2016');
    const acts = [...readPage(page.text).querySelectorAll('.app-act')];
    expect(acts.map((act) => act.querySelector('h3')?.textContent?.replace(/\s+/g, ' ').trim())).toEqual([
      'Objection withdrawn',
      'Objection recorded Withdrawn later',
      'Objection recorded',
    ]);
    expect(acts.map((act) => act.querySelector('h3 s') !== null)).toEqual([false, true, false]);
    const withdrawn = acts[1]?.textContent?.replace(/\s+/g, ' ') ?? '';
    expect(withdrawn).toContain('20 November 2026 at 10am, by The receptionist');
    expect(withdrawn).toMatch(/Ledger entry ?\d+/);
    expect(words).toContain('Withdraw an objection');
  });

  test('an act marked in error says so, and leads a second person to the answer', async () => {
    const actId = await desk.recorded();
    await desk.services.objections.markInError(
      { practiceId: desk.practice.practice.id, actId, reason: 'Another patient' },
      { kind: 'staff', id: desk.practice.receptionist.id },
    );
    const page = await (await desk.as('manager')).get(`/patients/${desk.patientId}`);
    expect(textOf(page.text, 'main')).toContain('An error to confirm');
    expect(
      readPage(page.text).querySelector(`a[href="/objections/acts/${actId}/error/answer"]`),
    ).not.toBeNull();
    expect(readPage(page.text).querySelector(`a[href="/objections/acts/${actId}/error"]`)).toBeNull();
  });

  test('its links and buttons lead somewhere', async () => {
    await desk.recorded();
    const manager = await desk.as('manager');
    const page = await manager.get(`/patients/${desk.patientId}`);
    const links = [...readPage(page.text).querySelectorAll('main a')].map(
      (link) => link.getAttribute('href') ?? '',
    );
    expect(links.length).toBeGreaterThan(5);
    for (const link of links)
      expect([link, (await manager.get(link)).status]).toEqual([link, expect.toBeOneOf([200, 303])]);
  });

  test('one that does not exist, or an id that is none, is not found', async () => {
    expect((await agent.get('/patients/3b241101-e2bb-4255-8caf-4136c566a962')).status).toBe(404);
    expect((await agent.get('/patients/42')).status).toBe(404);
  });
});

describe('who looked, and which extracts held the data', () => {
  test('managers see who looked; receptionists do not', async () => {
    await agent.get(`/patients/${desk.patientId}`);
    expect((await agent.get(`/patients/${desk.patientId}/access`)).status).toBe(403);
    const page = await (await desk.as('guardian')).get(`/patients/${desk.patientId}/access`);
    const rows = [...readPage(page.text).querySelectorAll('tbody tr')].map((row) =>
      row.textContent.replace(/\s+/g, ' ').trim(),
    );
    expect(rows).toHaveLength(2);
    expect(rows[0]).toContain('The guardian');
    expect(rows[1]).toMatch(/20 November 2026 at 10am.*The receptionist.*Opened the patient’s page/);
  });

  test('a long log has pages', async () => {
    const { practice, patientId, services } = desk;
    const person = { id: practice.receptionist.id, practiceId: practice.practice.id };
    await services.patients.noteLook(person, Array<string>(120).fill(patientId), 'search-result');
    const guardian = await desk.as('guardian');
    const page = await guardian.get(`/patients/${patientId}/access?page=3`);
    expect(textOf(page.text, 'title')).toContain('(page 3 of 3)');
    expect([...readPage(page.text).querySelectorAll('tbody tr')]).toHaveLength(21);
    const wrong = await guardian.get(`/patients/${patientId}/access?page=99`);
    expect(textOf(wrong.text, 'title')).toContain('(page 1 of 3)');
  });
});
