import '../../support/registry.ts';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ADDRESS } from '../../../src/notices/print/print-letters.ts';
import { mm } from '../../../src/notices/print/sheet.ts';
import type { NewPatient } from '../../../src/patients/add-patients.ts';
import { paths } from '../../../src/web/paths.ts';
import { aPatient } from '../../support/factories.ts';
import type { Agent } from '../../support/log-in.ts';
import { readPage, textOf } from '../../support/page.ts';
import { drawings, pagesOf, textPlaces } from '../../support/pdf.ts';
import { aPublishedNotice, aTranslation } from '../../support/some-notice.ts';
import { type Desk, errorsOf, locationOf, NOW, openDesk } from './objections/desk.ts';

let desk: Desk;
let manager: Agent;
let reception: Agent;
let notice: { noticeId: string; version: number };
let value: string;

beforeEach(async () => {
  desk = await openDesk(() => NOW);
  notice = await aPublishedNotice(desk.services, desk.practiceId, {
    content: { textMessage: 'Your data may leave. Say no at the desk.' },
  });
  value = `${notice.noticeId}.1`;
  manager = await desk.as('manager');
  reception = await desk.as('receptionist');
});
afterEach(() => desk.end());

const add = async (n: number, different: Partial<NewPatient>) => {
  const by = { kind: 'staff', id: desk.practice.manager.id } as const;
  const [added] = await desk.services.patients.add(desk.practiceId, [{ ...aPatient(n), ...different }], by);
  if (added === undefined) throw new Error('nobody was added');
  return added;
};

/** Makes a batch on the page, and follows it to its end. */
async function batch(how: 'text' | 'email' | 'letter', more: Record<string, string> = {}): Promise<string> {
  const made = await manager.submit(paths.toldRuns, { notice: value, how, ...more });
  expect(made.status, errorsOf(made).join()).toBe(303);
  return ended(locationOf(made));
}

async function ended(path: string): Promise<string> {
  for (let tries = 0; tries < 600; tries += 1) {
    const { body } = await manager.get(`${path}/progress`);
    if (!body.isRunning) return path;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the batch goes on and on');
}
/** Takes the file of a batch away and says that it was sent. */
async function send(path: string): Promise<string> {
  for (const file of ['letters.html', 'messages.csv']) await manager.get(`${path}/${file}`);
  return ended(locationOf(await manager.submit(path, {}, { form: `${path}/sent` })));
}
const rowsOf = (csv: string) =>
  csv
    .replace(/^\ufeff/, '')
    .trim()
    .split('\r\n');

test('texts: a file without an NHS number, the same for who objected, with the same references every time', async () => {
  const ann = await add(1, {
    givenName: 'Ann',
    familyName: 'Smith',
    title: 'Mrs',
    dateOfBirth: '1970-01-01',
    mobile: '07700900001',
  });
  const ben = await add(2, {
    givenName: '=Ben',
    familyName: 'Smith',
    title: '',
    dateOfBirth: '2020-01-01',
    mobile: '07700900002',
    carerName: 'Mary Jones',
  });
  await desk.recorded({ patientId: ann.id });
  const path = await batch('text');
  const file = await manager.get(`${path}/messages.csv`);
  expect(file.headers['content-disposition']).toContain('attachment');
  const [header, ...rows] = rowsOf(file.text);
  expect(header).toBe('"reference","mobile","name","message"');
  expect(rows.map((row) => row.replace(/^"[A-Z]{12}"/, '"REF"'))).toEqual([
    '"REF","07700900001","Mrs Ann Smith","Your data may leave. Say no at the desk."',
    '"REF","07700900002","Mary Jones, for =Ben Smith","About =Ben Smith: Your data may leave. Say no at the desk."',
  ]);
  for (const { nhsNumber } of [ann, ben]) expect(file.text).not.toContain(nhsNumber);
  expect(file.text).not.toMatch(/object|opt/i);
  expect((await manager.get(`${path}/messages.csv`)).text).toBe(file.text);

  const sent = await send(path);
  expect(textOf((await manager.get(sent)).text, 'h1')).toBe('2 text messages Sent');
  expect((await manager.get(`${path}/messages.csv`)).text).toBe(file.text);
  // A second batch tells nobody twice.
  const again = await manager.submit(paths.toldRuns, { notice: value, how: 'text' });
  expect(errorsOf(again)).toEqual([
    ['#how', 'Nobody is left whom this would reach. Select something else to send'],
  ]);
  const reference = rows[0]?.slice(1, 13);
  const content = `reference,status,date\n${reference},delivered,2026-11-20\n${reference},hm,2026-11-20\n`;
  const taken = await manager.submit(paths.toldResults, { list: { filename: 'results.csv', content } });
  expect(textOf(taken.text, 'main')).toContain('1 delivered, 0 did not arrive, 0 were known before');
  expect(textOf(taken.text, 'main')).toContain('Row 3: The result is a word that we do not know');
  const page = await reception.get(paths.patient(ann.id));
  expect(textOf(page.text, 'section[aria-labelledby=told]')).toContain('Told since 20 November 2026');
});

test('emails hold the parts of the notice', async () => {
  const one = await add(1, { email: 'ann@example.com', dateOfBirth: '1970-01-01' });
  const path = await batch('email');
  const { text } = await manager.get(`${path}/messages.csv`);
  expect(text).toContain('"ann@example.com"');
  expect(text).toContain('Your care\nWords of careNotAffected.');
  expect(text).not.toContain(one.nhsNumber);
});

test('what goes to a child in another language turns to the parent in the words of its translator', async () => {
  const home = { address: '1 High Street', email: 'a@example.com', mobile: '07700900001', givenName: 'Ben' };
  await add(1, { ...home, familyName: 'Kot', dateOfBirth: '2020-01-01', language: 'pl' });
  await add(2, { ...home, familyName: 'Kot', dateOfBirth: '1980-01-01', language: 'pl', title: 'Mr' });
  const aboutChild = 'Do rodzica lub opiekuna: {name}';
  await aTranslation(desk.services, desk.practiceId, notice, 'pl', 'standard', { aboutChild });
  const letters = await batch('letter', { everybody: 'yes' });
  const page = readPage((await manager.get(`${letters}/letters.html`)).text);
  const polish = [...page.querySelectorAll('[lang=pl]')].map((one) => one.textContent ?? '');
  expect(polish[0]).toContain('Do rodzica lub opiekuna: Ben Kot');
  expect(polish[0]).not.toMatch(/Dear|parent/i);
  expect(polish[1]).toContain('Mr Kot');
  await manager.submit(letters, {}, { form: `${letters}/stop` });
  const emails = await batch('email', { everybody: 'yes' });
  const { text: sent } = await manager.get(`${emails}/messages.csv`);
  expect(sent).toContain('Do rodzica lub opiekuna: Ben Kot\n\nWords of whatLeaves.');
  expect(sent).not.toContain('Dear');
  await manager.submit(emails, {}, { form: `${emails}/stop` });
  const texts = await batch('text');
  expect((await manager.get(`${texts}/messages.csv`)).text).toContain(
    '"Do rodzica lub opiekuna: Ben Kot. In pl."',
  );
});

test('letters: one each, addressed to the person, or to the parent or guardian of a child', async () => {
  await add(1, {
    title: 'Mrs',
    givenName: 'Ann',
    familyName: 'Smith',
    dateOfBirth: '1970-01-01',
    address: '1 High Street, Newtown',
    postcode: 'ZX1 1AA',
  });
  await add(2, {
    title: '',
    givenName: 'Ben',
    familyName: 'Smith',
    dateOfBirth: '2020-01-01',
    address: '1 High Street',
  });
  await add(3, {
    title: 'Ms',
    givenName: 'Cat',
    familyName: 'Brown',
    dateOfBirth: '2013-11-20',
    address: '2 High Street',
    contactFormat: 'large-print',
  });
  const path = await batch('letter', { everybody: 'yes' });
  const page = readPage((await manager.get(`${path}/letters.html`)).text);
  const letters = [...page.querySelectorAll('article.app-letter')];
  // Ada of the desk is the first: she has an address too.
  expect(letters).toHaveLength(4);
  const addresses = letters.slice(1).map((letter) => letter.querySelector('address')?.textContent);
  expect(addresses).toEqual([
    'Mrs Ann Smith1 High StreetNewtownZX1 1AA',
    expect.stringMatching(/^To the parent or guardian ofBen Smith1 High Street/),
    expect.stringMatching(/^Ms Cat Brown2 High Street/),
  ]);
  expect(letters[3]?.getAttribute('class')).toContain('app-letter--large');
  expect(letters[1]?.textContent).toMatch(/return it to .*Reference [A-Z]{4}-[A-Z]{4}-[A-Z]{4}/);
  expect(letters[1]?.textContent).toContain('Dear Mrs Smith');
  expect(letters[2]?.textContent).toContain('Dear parent or guardian of Ben Smith');
  const some = readPage((await manager.get(`${path}/letters.html?part=2`)).text);
  expect([...some.querySelectorAll('article.app-letter')]).toHaveLength(0);
});

test('letters as PDF: each in one file, in the wording of its reader, the address in the window, no NHS number', async () => {
  const home = { address: '1 High Street', postcode: 'ZX1 1AA', dateOfBirth: '1970-01-01', givenName: 'Ann' };
  const ann = await add(1, { ...home, address: '1 High Street, 999 000 0018' });
  await add(2, { ...home, contactFormat: 'large-print' });
  await add(3, { ...home, language: 'pl' });
  await add(4, { ...home, familyName: 'علي' });
  const gone = await add(5, { ...home, givenName: 'Gone' });
  await aTranslation(desk.services, desk.practiceId, notice, 'pl');
  const path = await batch('letter', { everybody: 'yes' });
  await desk.services.patients.restrict(
    { practiceId: desk.practiceId, patientId: gone.id, restricted: true },
    { kind: 'staff', id: desk.practice.manager.id },
  );
  const page = await manager.get(path);
  const links = [...readPage(page.text).querySelectorAll('main li a')].map((one) => one.textContent?.trim());
  expect(links).toEqual([
    '3 letters (PDF)',
    '1 letter in large print (PDF): print on both sides',
    '1 letter in a script that the PDF cannot draw (page to print)',
  ]);
  expect(textOf(page.text, 'main')).toContain('1 restricted: told by a person');

  const file = async (name: string) => Buffer.from((await manager.get(`${path}/${name}`)).body);
  const standard = await file('letters.pdf');
  expect(pagesOf(standard)).toBe('3');
  // One drawing of what is the same for each wording: English and Polish.
  expect(standard.toString('latin1').match(/\/Subtype \/Form/g)).toHaveLength(2);
  const own = drawings(standard).filter((one) => /\/Stamp\d+ Do/.test(one));
  expect(own).toHaveLength(3);
  for (const drawing of own) {
    const address = textPlaces(drawing).filter(({ y }) => y > mm(45) && y < mm(93));
    expect(address.length).toBeGreaterThan(1);
    for (const { x, y } of address) {
      expect(Math.abs(x - ADDRESS.left)).toBeLessThan(1);
      expect(y).toBeGreaterThan(mm(57));
      expect(y).toBeLessThan(mm(81.1));
    }
  }
  expect(Number(pagesOf(await file('letters-large-print.pdf')))).toBeGreaterThan(0);
  const all = await manager.get(`${path}/letters.html`);
  expect(readPage(all.text).querySelectorAll('article.app-letter')).toHaveLength(5);
  const only = await manager.get(`${path}/letters.html?only=page`);
  expect(readPage(only.text).querySelectorAll('article.app-letter')).toHaveLength(1);
  for (const number of ['999 000 0018', ann.nhsNumber]) expect(all.text).not.toContain(number);
  expect(all.text).not.toContain('Gone');

  await send(path);
  expect(await desk.services.database.reader.toldAct.count({ where: { patientId: gone.id } })).toBe(0);
  expect(await desk.services.database.reader.toldAct.count({ where: { practiceId: desk.practiceId } })).toBe(
    5,
  );
  expect((await reception.get(`${path}/letters.pdf`)).status).toBe(403);
});

test('a letter that came back is keyed by its reference, or from the patient’s page', async () => {
  const path = await send(await batch('letter'));
  const [place] = await desk.services.tellings.places(path.split('/').at(-1) ?? '', 0, 1);
  const wrong = await reception.submit(paths.lettersReturned, { reference: 'BCDF' });
  expect(errorsOf(wrong)).toEqual([['#reference', 'The reference has 12 letters, such as BCDF-GHJK-LMNP']]);
  const unknown = await reception.submit(paths.lettersReturned, { reference: 'BCDF GHJK LMNP' });
  expect(errorsOf(unknown)).toEqual([
    ['#reference', 'No letter of this practice has this reference. Look at it again'],
  ]);
  expect(readPage(unknown.text).querySelector('#reference')?.getAttribute('value')).toBe('BCDF GHJK LMNP');
  const href = paths.patientTold(desk.patientId);
  const back = await reception.submit(href, {}, { form: `${href}/returned` });
  expect(locationOf(back)).toBe(href);
  expect(textOf((await reception.get(href)).text, 'article')).toContain('Did not reach them');
  const again = await reception.submit(paths.lettersReturned, {
    reference: place?.attemptId.toLowerCase() ?? '',
  });
  expect(locationOf(again)).toBe(`${paths.letterReturnedOf(desk.patientId)}&again=yes`);
  const last = textOf((await reception.get(locationOf(again))).text, 'main');
  expect(last).toContain('This letter was noted before. It was to LOVELACE, Ada (Ms), born 3 February 1970.');
  const list = await reception.get(paths.untoldList('came-back'));
  expect(textOf(list.text, 'tbody')).toContain('LOVELACE, Ada');
});

test('one button of the patient’s page says that they were told, and everybody sees by what', async () => {
  const home = paths.patient(desk.patientId);
  const page = await reception.get(home);
  expect(textOf(page.text, 'section[aria-labelledby=told]')).toContain('Not told yet');
  expect(readPage(page.text).querySelector('button[accesskey=t]')?.textContent?.trim()).toBe(
    'Told at the desk',
  );
  const told = await reception.submitPage(page, home, {}, { form: paths.patientTold(desk.patientId) });
  expect(locationOf(told)).toBe(home);
  // Pressed again on the page of before: it is one telling.
  await reception.submitPage(page, home, {}, { form: paths.patientTold(desk.patientId) });
  expect(await desk.services.tellings.ofPatient(desk.practiceId, desk.patientId)).toHaveLength(1);
  const after = await reception.get(home);
  expect(textOf(after.text, 'section[aria-labelledby=told]')).toContain('Told since 20 November 2026');
  const words = await reception.get(paths.noticeVersion(notice.noticeId, 1));
  expect(textOf(words.text, 'main')).toContain('Words of careNotAffected.');
});

test('a registration pack of another day is keyed on the page of what they were told', async () => {
  const href = paths.patientTold(desk.patientId);
  const wrong = await reception.submit(href, { how: 'registration-pack', 'on-day': '21' }, { form: href });
  expect(errorsOf(wrong)).toEqual([['#on-day', 'The day must be today or earlier']]);
  const early = await reception.submit(href, { 'on-day': '19' }, { form: href });
  expect(errorsOf(early)).toEqual([['#on-day', 'The day must not be before the notice was published']]);
  const done = await reception.submit(href, { how: 'registration-pack' }, { form: href });
  expect(locationOf(done)).toBe(paths.patient(desk.patientId));
});

test('a batch that nobody took away is not noted as sent; the page says what became of each file', async () => {
  const path = await batch('letter');
  const early = await manager.submit(path, {}, { form: `${path}/sent` });
  expect(errorsOf(early)).toEqual([
    ['#on-day', 'Take the file away first (step 1): not everybody of this batch was in one yet'],
  ]);
  expect(textOf(early.text, 'main')).toContain('Not yet: 1 of 1 were in no file that came whole.');
  await manager.get(`${path}/letters.pdf`);
  const after = textOf((await manager.get(path)).text, 'main');
  expect(after).toContain('Taken away 20 November 2026');
  expect(after).not.toContain('Not yet:');
});

test('how far a file has come is on the page of its batch, with a script and without', async () => {
  for (let n = 1; n <= 3; n += 1) await add(n, { address: '1 High Street', dateOfBirth: '1970-01-01' });
  const path = await batch('letter', { everybody: 'yes' });
  const runId = path.split('/').at(-1) ?? '';
  const by = { kind: 'staff', id: desk.practice.manager.id } as const;
  const taking = { practiceId: desk.practiceId, runId, takingId: randomUUID() };
  const seen = async () => (await manager.get(`${path}/progress`)).body;
  const before = await seen();
  expect(before).toMatchObject({ isRunning: false, last: '' });
  await desk.services.tellings.beginTaking({ ...taking, file: 'standard', count: 4 }, by);
  expect(await seen()).toEqual({ isRunning: true, done: 0, rows: 4, last: taking.takingId });
  await desk.services.database.write((tx) => tx.noticeRunTaking.updateMany({ data: { done: 3 } }));
  expect(await seen()).toMatchObject({ isRunning: true, done: 3, rows: 4 });
  const page = await manager.get(path);
  expect(textOf(page.text, '#coming')).toContain('3 of 4 letters');
  expect(textOf(page.text, 'main')).toContain('Being made since 20 November 2026');
  await desk.services.tellings.stopTaking(taking);
  expect(await seen()).toMatchObject({ isRunning: false, last: taking.takingId });
  const stopped = await manager.get(path);
  expect(textOf(stopped.text, 'main')).toContain('Broken off half-way');
  expect(readPage(stopped.text).querySelector('#coming')?.hasAttribute('hidden')).toBe(true);
});

test('a notice that was withdrawn: nothing of its batch is taken away any more, and what was posted can be noted', async () => {
  const path = await batch('letter');
  await manager.get(`${path}/letters.pdf`);
  const by = { kind: 'staff', id: desk.practice.manager.id } as const;
  await desk.services.notices.withdraw({ practiceId: desk.practiceId, ...notice }, by);
  const page = textOf((await manager.get(path)).text, 'main');
  expect(page).toContain('was withdrawn, so nothing of it can be taken away any more. If it was sent before');
  for (const file of ['letters.pdf', 'letters.html'])
    expect((await manager.get(`${path}/${file}`)).status, file).toBe(404);
  await ended(locationOf(await manager.submit(path, {}, { form: `${path}/sent` })));
  expect(textOf((await manager.get(path)).text, 'h1')).toBe('1 letter Sent');
});

test('a batch is stopped on its page; nobody takes away one that was stopped', async () => {
  const path = await batch('letter');
  await manager.submit(path, {}, { form: `${path}/stop` });
  expect(textOf((await manager.get(path)).text, 'h1')).toBe('1 letter Stopped');
  expect((await manager.get(`${path}/letters.html`)).status).toBe(404);
  expect((await reception.get(path)).status).toBe(403);
  expect((await reception.get(`${path}/letters.html`)).status).toBe(403);
});

test('nobody is told of a restricted record to who may not see it', async () => {
  await add(1, { familyName: 'Secret', restricted: true, address: '', postcode: '' });
  const list = await reception.get(paths.untoldList('restricted'));
  expect(list.text).not.toContain('SECRET');
  expect(textOf(list.text, 'main')).toContain('1 restricted record is not shown');
  expect(textOf((await manager.get(paths.untoldList('restricted'))).text, 'tbody')).toContain('SECRET');
});

test('the monitor sees how many were told, rounded and without small numbers, and no list', async () => {
  for (let n = 1; n <= 7; n += 1) await add(n, { address: '1 High Street', dateOfBirth: '1970-01-01' });
  await send(await batch('letter'));
  await add(8, {});
  const exact = await manager.get(paths.coverage);
  expect(textOf(exact.text, 'main')).toContain('8 of 9 patients were told: 88.9%.');
  const monitor = await desk.as('monitor');
  const page = await monitor.get(paths.coverage);
  expect(textOf(page.text, 'main')).toContain('About 10 patients were told.');
  expect(textOf(page.text, 'main')).not.toContain('88.9');
  const cells = [...readPage(page.text).querySelectorAll('td.nhsuk-table__cell--numeric')].map((cell) =>
    (cell.textContent ?? '').replace(/^.*?(?=0$|Fewer|About)/s, '').trim(),
  );
  expect(cells.length).toBeGreaterThan(30);
  expect(cells.filter((cell) => !/^(0|Fewer than 5|About \d+)$/.test(cell))).toEqual([]);
  expect((await monitor.get(paths.told)).status).toBe(403);
  expect((await monitor.get(paths.patientTold(desk.patientId))).status).toBe(403);
});

test('without a notice the pages say so', async () => {
  const other = await openDesk(() => NOW);
  const person = await other.as('manager');
  for (const path of [paths.told, paths.toldRuns, paths.coverage])
    expect(textOf((await person.get(path)).text, 'main'), path).toContain('No notice is published yet');
  expect((await person.get(paths.patient(other.patientId))).text).not.toContain('Told at the desk');
  expect(textOf((await person.get(paths.untoldList('new'))).text, 'main')).toContain(
    'Nobody is on this list.',
  );
});
