import '../../support/registry.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LEASE_MS } from '../../../src/patients/patient-import.ts';
import { aList, ben, cat } from '../../patients/import-scene.ts';
import { patientsCsv, somePatients } from '../../support/factories.ts';
import type { Agent } from '../../support/log-in.ts';
import { readPage, textOf } from '../../support/page.ts';
import { type Desk, errorsOf, locationOf, NOW, openDesk } from './objections/desk.ts';

let desk: Desk;
let manager: Agent;
let now = NOW;

beforeEach(async () => {
  now = NOW;
  desk = await openDesk(() => now);
  manager = await desk.as('manager');
});
afterEach(() => desk.end());

type Choice = { wholeList?: string };
const upload = (content: string | Buffer, choice: Choice = {}, filename = 'list.csv') =>
  manager.submit('/imports', { list: { filename, content }, ...choice });

/** Uploads, and follows the import to its end. */
async function imported(content: string | Buffer, choice: Choice = {}) {
  const answer = await upload(content, choice);
  expect(answer.status).toBe(303);
  const path = locationOf(answer);
  await ended(path);
  return { path, page: await manager.get(path) };
}

async function ended(path: string) {
  for (let tries = 0; tries < 300; tries += 1) {
    const { body } = await manager.get(`${path}/progress`);
    if (!body.isRunning) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the import goes on and on');
}

const rowsOf = (text: string) =>
  [...readPage(text).querySelectorAll('tbody tr')].map((row) =>
    [...row.querySelectorAll('td, th')].map((cell) =>
      (cell.textContent ?? '')
        .replace(/\s+/g, ' ')
        .trim()
        .replace(/^(Row|Outcome|Why, or what|Patient) ?/, ''),
    ),
  );

test('a list is taken in while nobody waits, and its page says what became of each row', async () => {
  const { page, path } = await imported(aList(ben, '9.99E+09 Ann Smith 1985-03-07', cat));
  expect(textOf(page.text, 'h1')).toBe('Import of the patient list Complete');
  expect(rowsOf(page.text)).toEqual([
    ['2', 'Added', 'New on the list', 'Patient of row 2'],
    ['3', 'Refused', expect.stringContaining('A spreadsheet has destroyed'), 'Nobody on the list'],
    ['4', 'Added', 'New on the list', 'Patient of row 4'],
  ]);
  const list = await manager.get('/imports');
  expect(textOf(list.text, 'tbody tr')).toContain('list.csv');
  expect(textOf(list.text, 'tbody tr')).toContain('by The manager');
  const link = readPage(page.text).querySelector('tbody a')?.getAttribute('href') ?? '';
  expect(textOf((await manager.get(link)).text, 'h1')).toBe('JONES, Ben');
  expect(rowsOf((await manager.get(`${path}?show=refused`)).text)).toHaveLength(1);
  expect(rowsOf((await manager.get(`${path}?show=changed`)).text)).toHaveLength(0);
});

test('a long report has pages', async () => {
  const { path, page } = await imported(patientsCsv(somePatients(120)));
  expect(textOf(page.text, 'title')).toContain('(page 1 of 3 of the report)');
  expect(rowsOf(page.text)).toHaveLength(50);
  const last = await manager.get(`${path}?show=added&page=3`);
  expect(rowsOf(last.text).at(-1)?.[0]).toBe('121');
  expect(readPage(last.text).querySelector('.nhsuk-pagination__previous')?.getAttribute('href')).toBe(
    `${path}?show=added&page=2`,
  );
});

test('while it runs the page says how far it is, and it goes on when nobody looks', async () => {
  const answer = await upload(patientsCsv(somePatients(1500)));
  const path = locationOf(answer);
  const page = await manager.get(path);
  if (textOf(page.text, 'h1').endsWith('Running')) {
    expect(textOf(page.text, 'main')).toContain('You can leave this page');
    expect(readPage(page.text).querySelector(`[data-progress="${path}/progress"]`)).not.toBeNull();
  }
  await ended(path);
  expect((await manager.get(`${path}/progress`)).body).toEqual({ isRunning: false, done: 1500, rows: 1500 });
});

test('too many people gone: a manager is asked, and answers', async () => {
  await imported(aList(ben, cat));
  const { path, page } = await imported(aList(ben), { wholeList: 'yes' });
  expect(textOf(page.text, 'h1')).toContain('Waits for you');
  expect(textOf(page.text, '.nhsuk-inset-text')).toContain('2 people on the list are not in the file');
  const gone = `${path}/gone`;
  const nothing = await manager.submit(path, {}, { form: gone });
  expect([nothing.status, errorsOf(nothing)]).toEqual([400, [['#areGone', 'Select whether they are gone']]]);
  const answer = await manager.submit(path, { areGone: 'yes' }, { form: gone });
  expect(locationOf(answer)).toBe(path);
  const after = await manager.get(path);
  expect(textOf(after.text, 'h1')).toContain('Complete');
  expect(textOf(after.text, '.nhsuk-notification-banner__heading')).toContain('marked as gone');
  expect(textOf(after.text, 'main')).toContain('A manager confirmed that they are gone.');
  expect(await desk.services.patients.byId(desk.practice.practice.id, desk.patientId)).toMatchObject({
    status: 'left',
  });
});

test('a wrong file is refused on the same page, which says what is wrong with it', async () => {
  const empty = await upload('');
  expect([empty.status, errorsOf(empty)]).toEqual([400, [['#list', 'The selected file is empty.']]]);
  const wrong = await upload('Surname,DOB\nSmith,1985-03-07\n');
  expect(errorsOf(wrong)[0]?.[1]).toContain(
    'The list has no column for: NHS number (looked for: NHS Number,',
  );
  const excel = await upload(Buffer.from('504b0304', 'hex'), {}, 'list.xlsx');
  expect(errorsOf(excel)[0]?.[1]).toContain('an Excel workbook');
  const large = await upload(Buffer.alloc(20_000_001, 'a'));
  expect([large.status, errorsOf(large)]).toEqual([
    400,
    [['#list', 'The selected file must be smaller than 20 MB']],
  ]);
  const none = await manager.submit('/imports', {});
  expect([none.status, errorsOf(none)]).toEqual([400, [['#list', 'Select a CSV file']]]);
  expect(await desk.services.patients.imports(desk.practice.practice.id, 10)).toEqual([]);
});

test('an upload that was not made with our form is refused', async () => {
  const page = await manager.get('/imports');
  const text = page.text.replace(/(name="_csrf" value=")[^"]+/g, '$1guessed');
  expect(text).not.toBe(page.text);
  const list = { filename: 'list.csv', content: aList(ben) };
  const answer = await manager.submitPage({ ...page, text } as typeof page, '/imports', { list });
  expect(answer.status).toBe(403);
  expect(await desk.services.patients.imports(desk.practice.practice.id, 10)).toEqual([]);
});

test('a second one has to wait; one that died says to run it again, and does not stand in the way', async () => {
  const { patients } = desk.services;
  const { id, madeUp } = desk.practice.practice;
  const died = await patients.import(
    { practice: { id, madeUp }, fileName: 'died.csv', bytes: Buffer.from(aList(cat)), wholeList: false },
    { kind: 'command-line', id: 'patients import' },
  );
  expect(errorsOf(await upload(aList(ben)))[0]?.[1]).toContain('Another import is running');
  now = new Date(NOW.getTime() + LEASE_MS + 1);
  const page = await manager.get(died.ok ? `/imports/${died.id}` : '');
  expect(textOf(page.text, 'h1')).toContain('Interrupted');
  expect(textOf(page.text, 'main')).toContain('Upload the same file again: nothing is lost or doubled.');
  expect(textOf(page.text, 'main')).toContain('by the command line');
  await imported(aList(ben));
});

test('only managers import; an import that there is not is not found', async () => {
  expect((await (await desk.as('receptionist')).get('/imports')).status).toBe(403);
  expect((await manager.get('/imports/3b241101-e2bb-4255-8caf-4136c566a962')).status).toBe(404);
  expect((await manager.get('/imports/1/progress')).status).toBe(404);
});
