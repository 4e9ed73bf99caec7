import '../../support/registry.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { aList, ann, ben, cat } from '../../patients/import-scene.ts';
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

const upload = async (content: string, choice = {}) =>
  locationOf(await manager.submit('/imports', { list: { filename: 'list.csv', content }, ...choice }));

async function ended(path: string) {
  for (let tries = 0; tries < 300; tries += 1) {
    const { body } = await manager.get(`${path}/progress`);
    if (!body.isRunning) return manager.get(path);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the import goes on and on');
}

const rows = () =>
  desk.services.database.reader.patient.findMany({
    where: { practiceId: desk.practiceId },
    orderBy: { ordinal: 'asc' },
  });
const drafts = () => desk.services.database.reader.draft.count({ where: { practiceId: desk.practiceId } });
const strange = 'Ref,Called,Of the house of,Came on,Lives\n9990000018,Ann,Smith,03/04/1985,1 High Street\n';
const columns = {
  'column-0': 'nhsNumber',
  'column-1': 'givenName',
  'column-2': 'familyName',
  'column-3': 'dateOfBirth',
  'column-4': 'addressLine',
};

test('which column is which, then which number is the day; the next such list is not asked about', async () => {
  const path = await upload(strange);
  expect(path).toMatch(/^\/imports\/new\/[0-9a-f-]{36}$/);
  const page = await manager.get(path);
  expect(textOf(page.text, 'h1')).toBe('Which column is which?');
  const cells = [...readPage(page.text).querySelectorAll('tbody tr')].map(({ textContent }) => textContent);
  expect(cells[0]).toContain('9990000018');
  expect(cells[4]).toContain('1 High Street');

  const wrong = await manager.submit(path, { ...columns, 'column-1': '', 'column-4': 'nhsNumber' });
  expect([wrong.status, errorsOf(wrong)]).toEqual([
    400,
    [
      ['#column-0', 'Select which column is the given name'],
      ['#column-4', 'Only one column can be “NHS number”'],
    ],
  ]);
  expect(readPage(wrong.text).querySelector('#column-2 option[selected]')?.getAttribute('value')).toBe(
    'familyName',
  );

  expect(locationOf(await manager.submit(path, columns))).toBe(path);
  const order = await manager.get(path);
  expect(textOf(order.text, 'legend')).toBe('Is 03/04/1985 the 3rd of April or March 4th?');
  expect(errorsOf(await manager.submit(path, {}))).toEqual([['#dateOrder', 'Select which date it is']]);
  const page2 = await ended(locationOf(await manager.submit(path, { dateOrder: 'month-first' })));
  expect(textOf(page2.text, 'h1')).toContain('Complete');
  expect((await rows()).at(-1)).toMatchObject({ dateOfBirth: '1985-03-04', address: '1 High Street' });
  expect([await drafts(), (await manager.get(path)).status]).toEqual([0, 404]);
  expect(await upload(strange)).toMatch(/^\/imports\/[0-9a-f-]{36}$/);
});

test('what was said is shown, changed and forgotten', async () => {
  const path = await upload(strange);
  await manager.submit(path, columns);
  await ended(locationOf(await manager.submit(path, { dateOrder: 'day-first' })));
  const list = await manager.get('/imports');
  const link = [...readPage(list.text).querySelectorAll('main a')].find(({ textContent }) =>
    /^Ref, /.test(textContent),
  );
  const said = link?.getAttribute('href') ?? '';
  expect(textOf(list.text, 'main')).toContain('Ref: NHS number');
  expect(textOf(list.text, 'main')).toContain('Day first: 31/12/1980');
  const wrong = await manager.submit(said, { 'column-0': '' });
  expect(errorsOf(wrong)).toEqual([['#column-0', 'Select which column is the NHS number']]);
  expect(locationOf(await manager.submit(said, { 'column-4': '', dateOrder: '' }))).toBe('/imports');
  expect((await desk.services.patients.mappings(desk.practice.practice.id))[0]).toMatchObject({
    uses: ['nhsNumber', 'givenName', 'familyName', 'dateOfBirth', null],
    dateOrder: null,
  });
  const forget = `${said}/forget`;
  expect(locationOf(await manager.submit(said, {}, { form: forget }))).toBe('/imports');
  expect((await manager.get(said)).status).toBe(404);
  expect(await upload(strange)).toContain('/imports/new/');
});

test('a list that waits for an answer is its owner’s alone, and gone after 8 hours or at log out', async () => {
  const path = await upload(strange);
  const another = await desk.as('manager');
  expect((await another.get(path)).status).toBe(200);
  expect((await (await desk.as('receptionist')).get(path)).status).toBe(403);
  const { text } = await manager.get('/account');
  await manager.post('/log-out', { _csrf: /name="_csrf" value="([^"]+)"/.exec(text)?.[1] });
  const gone = await another.get(path);
  expect([gone.status, textOf(gone.text, 'main')]).toEqual([404, expect.stringContaining('Upload it again')]);
});

test('while another import runs the answer is kept, and the person told', async () => {
  const path = await upload(strange.replace('03/04/1985', '1985-04-03'));
  const { id, madeUp } = desk.practice.practice;
  const bytes = Buffer.from(aList(ben));
  const file = { practice: { id, madeUp }, fileName: 'x.csv', bytes, wholeList: false };
  const running = await desk.services.patients.import(file, { kind: 'staff', id: 'x' });
  const answer = await manager.submit(path, columns);
  expect(errorsOf(answer)[0]?.[1]).toContain('Another import is running');
  if (running.ok) await running.run();
  expect((await manager.get(path)).status).toBe(302);
});

test('an import is undone: what would be is said, then done; once', async () => {
  const [first] = [await ended(await upload(aList(ann, ben)))];
  now = new Date(now.getTime() + 1000);
  const path = await upload(aList(ann, cat), { wholeList: 'yes' });
  await ended(path);
  const undo = `${path}/undo`;
  const page = await manager.get(path);
  expect(
    [...readPage(page.text).querySelectorAll('main a')].some((a) => a.getAttribute('href') === undo),
  ).toBe(true);
  expect(first.text).toContain('/undo');
  const plan = await manager.get(undo);
  expect(textOf(plan.text, 'main')).toContain('Added, marked as left 1 person');
  expect(textOf(plan.text, 'main')).toContain('every objection stands');
  const answer = await manager.submitPage(plan, undo);
  expect(locationOf(answer)).toBe(path);
  const after = await manager.get(path);
  expect(textOf(after.text, 'h1')).toContain('Undone');
  expect(textOf(after.text, 'main')).toContain('by The manager');
  expect(after.text).not.toContain(undo);
  const again = await manager.submitPage(plan, undo);
  expect(locationOf(again)).toBe(path);
  expect((await manager.get(path)).text).toContain('This import was undone already. Nothing was changed');
  expect((await rows()).at(-1)).toMatchObject({ familyName: 'Brown', status: 'left' });
});
