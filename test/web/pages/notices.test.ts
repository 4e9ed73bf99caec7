import request from 'supertest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { letterPractice } from '../../../src/notices/letter-practice.ts';
import { noticeParts } from '../../../src/notices/notice.ts';
import { paths } from '../../../src/web/paths.ts';
import { anApprovedExtract } from '../../support/extracts.ts';
import type { Agent } from '../../support/log-in.ts';
import { aPublishedNotice } from '../../support/notices.ts';
import { readPage, textOf } from '../../support/page.ts';
import { type Desk, openDesk } from './objections/desk.ts';

let desk: Desk;
let manager: Agent;
let covers: { extractId: string; version: number }[];

beforeAll(async () => {
  desk = await openDesk();
  manager = await desk.as('manager');
  covers = [{ extractId: await anApprovedExtract(desk.services, desk.practiceId), version: 1 }];
});
afterAll(() => desk.end());

const get = (path: string) => request(desk.address).get(path).buffer(true);
const practice = () => desk.practice.practice;
/** Begins a notice from the template, and puts in what only the practice knows. */
const begin = async () => {
  const answer = await manager.submit('/notices/new', {
    name: 'Research',
    covers: `${covers[0]?.extractId}/1`,
  });
  expect(answer.status).toBe(303);
  const edit = String(answer.headers.location);
  await manager.submit(edit, { howLongKept: 'They may keep the facts for 5 years.' });
  return edit;
};
const published = () => aPublishedNotice(desk.services, practice(), covers);
const errorsOf = (page: string) =>
  [...readPage(page).querySelectorAll('.nhsuk-error-summary a')].map((link) => link.textContent.trim());

test('a notice without a name is asked for one; what was chosen stays chosen', async () => {
  const answer = await manager.submit('/notices/new', { covers: `${covers[0]?.extractId}/1` });
  expect(answer.status).toBe(400);
  expect(errorsOf(answer.text)).toEqual(['Enter a name for the notice']);
  expect(readPage(answer.text).querySelector('input[name=covers]')?.hasAttribute('checked')).toBe(true);
});

test('the draft says everything already, and names the recipient', async () => {
  const edit = await begin();
  const page = await manager.get(edit.replace('/edit', ''));
  expect(textOf(page.text, 'main')).toContain('It says everything that it has to');
  expect(textOf(page.text, 'main')).toContain('They go to NHS England.');
  expect(textOf(page.text, 'main')).toMatch(/readable from about \d+ years/);
  expect(textOf(page.text, 'main')).toMatch(/\d+ characters \(GSM-7\) in 1 segment/);
});

test('publishing is refused with every missing point at its part, and nothing typed is lost', async () => {
  const edit = await begin();
  const typed = {
    careNotAffected: 'We care a lot about you.',
    why: '',
    howToObject: 'Please see your doctor.',
  };
  const page = edit.replace('/edit', '');
  await manager.submit(edit, typed);
  expect(textOf((await manager.get(page)).text, 'main')).toContain('5 things have to be put right');
  const answer = await manager.submit(page, {}, { form: `${page}/publication` });
  expect(answer.status).toBe(400);
  expect(errorsOf(answer.text)).toEqual([
    'What it is for: Say in a sentence what the data is used for',
    'Your care: Say that the patient’s care is not affected, whatever they choose',
    expect.stringMatching(/^How to say no: Say that people can object.*Take out “Please see your doctor”/),
  ]);
  const form = readPage(answer.text);
  expect(form.querySelector('#careNotAffected')?.textContent.trim()).toBe(typed.careNotAffected);
  expect(form.querySelector('#howToObject-error')?.textContent).toContain('Take out');
  expect(textOf(answer.text, 'button[name=then][value=publish]')).toBe('Save and publish');
  expect(textOf((await manager.get(page)).text, 'h1')).toContain('Draft');
});

test('it is published from its page, and then shows exactly what patients were told', async () => {
  const edit = await begin();
  const page = edit.replace('/edit', '');
  await manager.submit(edit, { why: 'They use it to find out what helps people with asthma.' });
  const answer = await manager.submit(page, {}, { form: `${page}/publication` });
  expect(answer.status).toBe(303);
  const { text } = await manager.get(page);
  expect(textOf(text, 'h1')).toContain('Published');
  expect(textOf(text, 'main')).toContain('They use it to find out what helps people with asthma.');
  expect(textOf(text, 'main')).toMatch(/Entry \d+, with the digest of these words/);
  expect((await manager.get(edit)).status).toBe(404);
  const refused = await manager.submitPage(await manager.get(page), page, {}, { form: `${page}/withdrawal` });
  expect(refused.status).toBe(303);
  expect(textOf((await manager.get(page)).text, 'h1')).toContain('Withdrawn');
});

test('what somebody else saved meanwhile is not written over, and what was typed is kept', async () => {
  const edit = await begin();
  const old = await manager.get(edit);
  await manager.submit(edit, { why: 'They use it to plan care.' });
  const answer = await manager.submitPage(old, edit, { why: 'They use it to find cures.' });
  expect(answer.status).toBe(400);
  expect(errorsOf(answer.text)[0]).toContain('Somebody else changed this notice');
  expect(readPage(answer.text).querySelector('#why')?.textContent.trim()).toBe('They use it to find cures.');
});

test('text that is hard to read gets a warning, and is published all the same', async () => {
  const edit = await begin();
  const why =
    'Pseudonymised epidemiological information facilitates comprehensive longitudinal investigations of multimorbidity, notwithstanding considerable methodological heterogeneity and organisational complexity across participating institutions internationally. '.repeat(
      3,
    );
  await manager.submit(edit, { why });
  const page = edit.replace('/edit', '');
  expect(textOf((await manager.get(page)).text, 'main')).toContain('Hard to read');
  expect((await manager.submit(page, {}, { form: `${page}/publication` })).status).toBe(303);
});

test('a new version is a draft of the same words', async () => {
  const { noticeId } = await published();
  const answer = await manager.submit(`/notices/${noticeId}`);
  expect(answer.headers.location).toBe(`/notices/${noticeId}/versions/2/edit`);
  expect(textOf((await manager.get(`/notices/${noticeId}`)).text, 'main')).toMatch(/Version 2\s?State Draft/);
});

describe('formats', () => {
  test.each(['letter', 'large-print', 'poster', 'leaflet', 'email', 'text'])(
    '%s as a page that prints',
    async (format) => {
      const { noticeId } = await published();
      const page = await (await desk.as('receptionist')).get(
        `/notices/${noticeId}/versions/1/formats/${format}`,
      );
      expect(page.status).toBe(200);
      const words = textOf(page.text, 'article');
      expect(words).toContain(`/privacy/${practice().ods}`);
      expect(words).toMatch(/your care stays the same/i);
      expect(page.text).not.toMatch(/style=/);
    },
  );

  test.each([
    ['letter', 1],
    ['large-print', 2],
    ['poster', 1],
    ['leaflet', 2],
  ])('%s as PDF of so many pages: %i', async (format, pages) => {
    const { noticeId } = await published();
    const file = await manager.get(`/notices/${noticeId}/versions/1/formats/${format}.pdf`);
    expect(file.headers['content-type']).toBe('application/pdf');
    const bytes = Buffer.from(file.body).toString('latin1');
    expect(bytes.slice(0, 8)).toBe('%PDF-1.7');
    expect(/\/Type \/Pages\n\/Count (\d+)/.exec(bytes)?.[1]).toBe(String(pages));
  });

  test.each(['email.pdf', 'text.pdf', 'fax', 'fax.pdf'])('there is no %s', async (format) => {
    const { noticeId } = await published();
    expect((await manager.get(`/notices/${noticeId}/versions/1/formats/${format}`)).status).toBe(404);
  });
});

describe('a translation', () => {
  const fields = (link: string) => ({
    ...Object.fromEntries(noticeParts.map((part) => [part, `Część ${part}`])),
    nationalOptOut: 'National Data Opt-out: 0300 303 5678',
    textMessage: `Tekst: ${link}`,
    aboutChild: 'Do rodzica: {name}',
  });

  test('is typed part by part, and every format is there in it', async () => {
    const { noticeId } = await published();
    const path = `/notices/${noticeId}/versions/1/translations`;
    const { link } = letterPractice(desk.services.config.publicUrl, practice());
    const empty = await manager.submit(path, { language: 'Polish', ...fields(link) });
    expect(errorsOf(empty.text)).toEqual(['Select the format']);
    const unknown = await manager.submit(path, {
      language: 'Polish please',
      format: 'standard',
      ...fields(link),
    });
    expect(errorsOf(unknown.text)).toEqual(['Enter the language as a code, such as pl for Polish']);
    expect(readPage(unknown.text).querySelector('#why')?.textContent.trim()).toBe('Część why');
    const nobody = { language: 'pl', format: 'standard', ...fields(link), aboutChild: 'Do rodzica' };
    expect(errorsOf((await manager.submit(path, nobody)).text)).toEqual([
      'Enter how the letter turns to the parent or guardian of a child, with {name} where the child’s name goes',
    ]);
    const done = await manager.submit(path, { language: 'pl', format: 'standard', ...fields(link) });
    expect(done.status).toBe(303);
    const page = await manager.get(String(done.headers.location));
    expect(textOf(page.text, 'h1')).toContain('Polish, standard');
    expect(textOf(page.text, 'main')).toMatch(/Tekst: .* UCS-2|in 1 segment/);
    const [letter] = [...readPage(page.text).querySelectorAll('main li a')].map((one) =>
      one.getAttribute('href'),
    );
    const shown = await manager.get(String(letter));
    expect(readPage(shown.text).querySelector('article [lang=pl]')?.textContent).toContain('Część why');
    expect((await manager.get(String(letter).replace('letter', 'letter.pdf'))).status).toBe(200);
  });

  test('in a script that the font lacks is printed from its page', async () => {
    const { noticeId } = await published();
    const { link } = letterPractice(desk.services.config.publicUrl, practice());
    const urdu = { ...fields(link), title: 'آپ کا ڈیٹا' };
    const path = `/notices/${noticeId}/versions/1/translations`;
    const done = await manager.submit(path, { language: 'ur', format: 'standard', ...urdu });
    const page = await manager.get(String(done.headers.location));
    expect(readPage(page.text).querySelector('[dir=rtl]')?.textContent).toBe('آپ کا ڈیٹا');
    const [letter] = [...readPage(page.text).querySelectorAll('main li a')].map((one) =>
      one.getAttribute('href'),
    );
    expect(textOf((await manager.get(String(letter))).text, 'main')).toContain('Print this page instead');
    expect((await manager.get(String(letter).replace('letter', 'letter.pdf'))).status).toBe(404);
  });
});

test('a poster is noted, and the page says plainly that nobody counts as told by it', async () => {
  const { noticeId } = await published();
  const path = `/notices/${noticeId}/versions/1/elsewhere`;
  expect(textOf((await manager.get(path)).text, 'main')).toContain('Nobody counts as told by it');
  const empty = await manager.submit(path, {});
  expect(errorsOf(empty.text)).toEqual([
    'Select what it was',
    'Enter where it was put, or handed round',
    'Enter since when, or on which day',
  ]);
  const said = { how: 'poster', place: 'Waiting room', 'on-day': '20', 'on-month': '11' };
  const future = await manager.submit(path, { ...said, 'on-year': '2027' });
  expect(errorsOf(future.text)).toEqual(['Day must be today or earlier']);
  expect((await manager.submit(path, { ...said, 'on-year': '2026' })).status).toBe(303);
  const page = await manager.get(`/notices/${noticeId}`);
  expect(textOf(page.text, 'main')).toMatch(/Poster ?Where Waiting room.*Told by it Nobody/);
});

describe('the page of the practice', () => {
  test('needs no log in, sets no cookie, can be kept, and tells what leaves to whom', async () => {
    await published();
    const answer = await get(`/privacy/${practice().ods}`).expect(200);
    expect(answer.headers['cache-control']).toBe('public, max-age=300');
    expect(answer.headers['set-cookie']).toBeUndefined();
    const words = textOf(answer.text, 'main');
    expect(words).toContain('They go to NHS England.');
    expect(words).toContain('You do not have to give a reason');
    expect(words).toContain('0300 303 5678');
    await get('/privacy/NOBODY').expect(404);
  });

  test('it has no draft, and nothing that was withdrawn', async () => {
    const one = await published();
    const of = { practiceId: desk.practiceId, ...one };
    const by = { kind: 'command-line', id: 'test' } as const;
    const id = `notice-${one.noticeId}-1`;
    expect((await get(`/privacy/${practice().ods}`)).text).toContain(id);
    await desk.services.notices.withdraw(of, by);
    expect((await get(`/privacy/${practice().ods}`)).text).not.toContain(id);
  });

  test('the address that notices print is its own', () => {
    const { address } = letterPractice('https://registry.example/', practice());
    expect(address).toBe(`https://registry.example${paths.practicePrivacy(practice().ods)}`);
  });

  test('the form is there for oneself and for somebody else, with the codes for staff, and as PDF', async () => {
    const own = textOf((await get(`/privacy/${practice().ods}/form`).expect(200)).text, 'article');
    expect(own).toContain('Data that identifies me is not to leave');
    expect(own).toContain('Read v2 9Nu0, CTV3 XaZ89, SNOMED CT 827241000000103');
    expect(own).toMatch(/Form registry-2026-11/);
    const other = textOf((await get(`/privacy/${practice().ods}/form?for=proxy`)).text, 'article');
    expect(other).toContain('I object for the patient named above');
    const file = await get(`/privacy/${practice().ods}/form.pdf`).expect(200);
    expect(/\/Type \/Pages\n\/Count (\d+)/.exec(Buffer.from(file.body).toString('latin1'))?.[1]).toBe('2');
  });
});
