import { afterEach, beforeEach, expect, test } from 'vitest';
import { somePatients } from '../../support/factories.ts';
import { type Agent, logInAs } from '../../support/log-in.ts';
import { readPage, textOf } from '../../support/page.ts';
import { addStaffedPractice, type StaffedPractice } from '../../support/people.ts';
import { openRegistry, type Registry } from '../../support/registry.ts';
import { aPublishedNotice } from '../../support/some-notice.ts';
import { expectLedgerVerifies } from '../../support/verify-after.ts';

let registry: Registry;
let practice: StaffedPractice;
let manager: Agent;

const now = new Date('2026-11-22T09:00:00Z');
const by = { kind: 'command-line', id: 'test' } as const;

beforeEach(async () => {
  registry = await openRegistry({}, { now: () => now });
  practice = await addStaffedPractice(registry.services);
  const practiceId = practice.practice.id;
  const patients = await registry.services.patients.add(practiceId, somePatients(20), by);
  for (const [at, types] of [
    [0, ['type-1']],
    [1, ['type-1', 'type-2']],
  ] as const) {
    const recorded = await registry.services.objections.record(
      {
        practiceId,
        patientId: patients[at]?.id ?? '',
        types,
        requester: 'patient',
        receivedVia: 'phone',
        receivedOn: '2026-11-20',
      },
      by,
    );
    expect(recorded.ok).toBe(true);
  }
  const ref = await aPublishedNotice(registry.services, practiceId);
  const telling = { practiceId, patientId: patients[2]?.id ?? '', ...ref, how: 'at-the-desk' } as const;
  expect(await registry.services.tellings.tell({ ...telling, on: '2026-11-22' }, by)).toMatchObject({
    ok: true,
  });
  manager = await logInAs(await registry.listen(), practice.manager);
});

afterEach(async () => {
  await expectLedgerVerifies(registry.services);
  await registry.close();
});

/** The text of a table's cells, without the headings that are repeated in each for small screens. */
const cells = (markup: string, caption: string): string[][] => {
  const tables = [...readPage(markup).querySelectorAll('table')];
  const table = tables.find((one) => one.querySelector('caption')?.textContent?.trim() === caption);
  return [...(table?.querySelectorAll('tbody tr') ?? [])].map((row) =>
    [...row.querySelectorAll('th, td')].map((cell) => {
      const heading = cell.querySelector('.nhsuk-table__heading')?.textContent ?? '';
      return (cell.textContent ?? '').replace(heading, '').trim();
    }),
  );
};

test('the report says what is in force, by month, and how it was received', async () => {
  const page = await manager.get('/reports');
  expect(page.status).toBe(200);
  const text = readPage(page.text).querySelector('main')?.textContent ?? '';
  expect(text).toContain('1 December 2025 to 22 November 2026');
  expect(text).toMatch(/Patients with an objection in force\s+2/);
  expect(text).toContain('10.0% of 20');
  expect(cells(page.text, 'Recorded and withdrawn, by month').at(-1)).toEqual([
    'November 2026',
    '2',
    '1',
    '0',
  ]);
  expect(cells(page.text, 'Objections recorded or confirmed, by how they were received')).toEqual([
    ['Phone', '3', '0', '3 more'],
  ]);
  expect(cells(page.text, 'Objections recorded or confirmed, by who asked')).toEqual([
    ['The patient', '3', '0', '3 more'],
  ]);
  expect(page.text).not.toMatch(/style=/);
});

const query = (from: string, to: string) => {
  const boxes = Object.entries({ from, to }).flatMap(([name, day]) => {
    const [year = '', month = '', date = ''] = day.split('-');
    return [
      [`${name}-day`, date],
      [`${name}-month`, month],
      [`${name}-year`, year],
    ] as [string, string][];
  });
  return new URLSearchParams(boxes).toString();
};

test('another period is counted anew', async () => {
  const page = await manager.get(`/reports?${query('2026-01-01', '2026-03-31')}`);
  expect(page.status).toBe(200);
  expect(cells(page.text, 'Recorded and withdrawn, by month').map(([month]) => month)).toEqual([
    'January 2026',
    'February 2026',
    'March 2026',
  ]);
  expect(page.text).toContain('No objection was recorded in this period, nor in the one before.');
});

test('a period that cannot be is refused on the same page, with what was typed', async () => {
  const page = await manager.get(`/reports?${query('2026-05-02', '2026-05-01')}`);
  expect(page.status).toBe(400);
  const shown = readPage(page.text);
  expect(shown.querySelector('title')?.textContent).toMatch(/^Error: /);
  const link = shown.querySelector('.nhsuk-error-summary a');
  expect(link?.textContent?.trim()).toBe('To must be the same day as From, or later');
  expect(shown.querySelector(link?.getAttribute('href') ?? 'none')?.getAttribute('value')).toBe('01');
});

test('the same counts as a file for a spreadsheet', async () => {
  const link = readPage((await manager.get('/reports')).text).querySelector('a[href*="objections.csv"]');
  const file = await manager.get(link?.getAttribute('href') ?? '');
  expect(file.headers['content-type']).toBe('text/csv; charset=utf-8');
  expect(file.headers['content-disposition']).toBe(
    'attachment; filename=objections-months-2025-12-01-to-2026-11-22.csv',
  );
  const lines = file.text
    .replace(/^\uFEFF/, '')
    .trim()
    .split('\r\n');
  expect(lines).toHaveLength(13);
  expect(lines.at(-1)).toBe('"2026-11","2","1","0","0"');
});

test('ages are those of the day on which the practice was told, and every band is there', async () => {
  const page = await manager.get('/reports');
  const caption = 'Objections recorded or confirmed, by the patient’s age when the practice was told';
  const bands = cells(page.text, caption);
  expect(bands.map(([band]) => band)).toEqual([
    '0 to 12',
    '13 to 17',
    '18 to 39',
    '40 to 64',
    '65 to 79',
    '80 and over',
  ]);
  expect(bands.reduce((sum, [, count]) => sum + Number(count), 0)).toBe(3);
});

test('how long it took: received on Friday, keyed on Sunday', async () => {
  const page = await manager.get('/reports');
  const rows = cells(page.text, 'Days from the day on which the practice was told');
  expect(rows[0]).toEqual(['Recorded here', '3', '2', '2', '0', '0', '0']);
  expect(rows[1]).toEqual(['Type 1 coded in the clinical record', '0', 'None', 'None', '2', '0', '0']);
});

test('a period is compared with the one of as many days before it, in words', async () => {
  const page = await manager.get(`/reports?${query('2026-11-23', '2026-11-23')}`);
  expect(page.status).toBe(400);
  const compared = await manager.get(`/reports?${query('2026-11-21', '2026-11-22')}`);
  const caption = '21 November 2026 to 22 November 2026, compared with 19 November 2026 to 20 November 2026';
  const rows = cells(compared.text, caption);
  expect(rows[0]).toEqual(['Type 1 recorded', '2', '0', '2 more']);
  expect(rows[2]).toEqual(['Type 1 confirmed', '0', '0', 'The same']);
});

test('every table has its picture and its file, and the two say the same', async () => {
  const { text } = await manager.get('/reports');
  const shown = readPage(text);
  const sections = [...shown.querySelectorAll('main section[aria-labelledby]')];
  expect(sections.map((section) => section.getAttribute('aria-labelledby'))).toEqual([
    'months',
    'compared',
    'received-via',
    'requesters',
    'ages',
    'after-notices',
    'times',
  ]);
  for (const section of sections) {
    expect(section.querySelector('svg rect')).not.toBeNull();
    const link = section.querySelector('a[href*="objections.csv"]')?.getAttribute('href') ?? '';
    const file = await manager.get(link);
    expect(file.headers['content-type']).toBe('text/csv; charset=utf-8');
    const lines = file.text.trim().split('\r\n').slice(1);
    const rows = cells(text, section.querySelector('caption')?.textContent?.trim() ?? '');
    expect(lines.map((line) => line.split(',')[1]?.replaceAll('"', ''))).toEqual(
      rows.map(([, first]) => first),
    );
  }
  expect((await manager.get('/reports/objections.csv?table=none')).status).toBe(404);
});

test('home: nothing left yet, nothing checked yet, and after the check that all is well', async () => {
  expect((await manager.get('/')).text).toContain('The releases have not been checked yet.');
  expect(await registry.services.reports.verifyAll()).toEqual([]);
  const page = await manager.get('/');
  expect(page.text).toContain('Last night: no extract left. Checked 09:00. The whole ledger was checked.');
  expect(textOf(page.text, 'main')).toContain('Tell about the national opt-out');
});

test('a release that does not exist, or an id that is none, is not found', async () => {
  expect((await manager.get('/releases')).text).toContain('No extract has been sent through the guard yet.');
  expect((await manager.get('/releases/3b241101-e2bb-4255-8caf-4136c566a962')).status).toBe(404);
  expect((await manager.get('/releases/none')).status).toBe(404);
});
