import { afterAll, beforeAll, expect, test } from 'vitest';
import { guidancePages } from '../../../src/web/pages/guidance/pages.ts';
import type { Agent } from '../../support/log-in.ts';
import { readPage, textOf } from '../../support/page.ts';
import { type Desk, openDesk } from './objections/desk.ts';

let desk: Desk;
let reception: Agent;

beforeAll(async () => {
  desk = await openDesk();
  reception = await desk.as('receptionist');
});
afterAll(() => desk.end());

test.each(guidancePages)('$slug has its version and day at its foot', async ({ slug, title, version }) => {
  const { text, status } = await reception.get(`/guidance/${slug}`);
  expect(status).toBe(200);
  expect(textOf(text, 'h1')).toBe(title);
  expect(textOf(text, 'article')).toMatch(
    new RegExp(`Guidance for staff, version ${version} of \\d+ \\w+ 20\\d\\d$`),
  );
});

test('it is found from the home page and from help', async () => {
  for (const path of ['/', '/help'])
    expect(
      readPage((await reception.get(path)).text).querySelector('main a[href="/guidance"]'),
    ).not.toBeNull();
});

test.each([
  ['appointment', ['questions-patients-ask']],
  ['TYPE 2', ['type-2']],
  ['letters come', ['how-patients-are-told']],
  ['no such thing anywhere', []],
  ['appointment xyzzy', []],
  ['.*', []],
])('“%s” is looked for in the words of the pages', async (words, found) => {
  const answer = await reception.submit('/guidance', { words });
  expect(answer.status).toBe(200);
  const links = [...readPage(answer.text).querySelectorAll('main a')].map((link) =>
    link.getAttribute('href'),
  );
  for (const slug of found) expect(links).toContain(`/guidance/${slug}`);
  if (found.length === 0) expect(textOf(answer.text, 'main')).toContain('No page has these words');
});

test('nothing typed is asked for again, with a message; what is not there is not found', async () => {
  const empty = await reception.submit('/guidance', { words: ' ' });
  expect(empty.status).toBe(400);
  expect(textOf(empty.text, '.nhsuk-error-summary')).toContain('Enter a word to look for');
  expect((await reception.get('/guidance/nothing')).status).toBe(404);
});
