import request from 'supertest';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HEADER, manager, release } from '../../guard/scene.ts';
import { type Days, openDays } from '../../register/days.ts';

let days: Days;
let address: string;
let ods: string;

const page = async () => (await request(address).get(`/register/${ods}`).expect(200)).text;

beforeAll(async () => {
  days = await openDays('2026-11-28');
  address = await days.registry.listen();
  ods = (await days.services.staff.practice(days.practiceId))?.ods ?? '';
});

afterAll(() => days.end());

test('before the first morning there is none, and the page says when it comes', async () => {
  expect(await page()).toContain('No register was published yet');
  await request(address).get(`/register/${ods}.json`).expect(404);
  await request(address).get(`/register/${ods}.tlog-proof`).expect(404);
  await request(address).get('/register/Z99999').expect(404);
});

test('the list names every practice', async () => {
  const { text } = await request(address).get('/register').expect(200);
  expect(text).toContain(`href="/register/${ods}"`);
});

test('the first lines say what left last month, and whether objections counted', async () => {
  await days.goTo('2026-11-29');
  expect(await page()).toContain('Last month (October 2026): no extract left this practice.');
  await release(days, HEADER);
  await days.addExtract({ extractId: 'recall', name: 'Recall list', ground: 'direct-care' });
  const job = { ...days.job, extracts: ['recall'] };
  await release({ ...days, job }, HEADER, 'recall');
  await days.goTo('2026-12-01');
  const text = await page();
  expect(text).toContain('Last month (November 2026): 2 extracts left this practice, in 2 releases.');
  expect(text).toContain('Patients who had objected were left out of 1 extract.');
  expect(text).toContain('Objections do not count for 1 extract; why, is said there.');
  expect(text).toContain('Type 1 objection: not applied, patients leave all the same');
  expect(text).toContain('No exemption from objections is in force.');
});

test('it sets no cookie, may be kept, and is not sent again when it is the same', async () => {
  for (const path of ['', '.json', '.tlog-proof']) {
    const { headers } = await request(address).get(`/register/${ods}${path}`).expect(200);
    expect(headers['set-cookie']).toBeUndefined();
    expect(headers['cache-control']).toBe('public, max-age=300');
    await request(address)
      .get(`/register/${ods}${path}`)
      .set('If-None-Match', headers.etag ?? '')
      .expect(304);
  }
});

test('what happens in the day changes nothing of it', async () => {
  const before = await page();
  await days.object(0);
  await release(days, HEADER);
  const ended = { practiceId: days.practiceId, extractId: 'research', version: 1 };
  expect(await days.services.extracts.end(ended, manager)).toMatchObject({ ok: true });
  expect(await page()).toBe(before);
});

test('what somebody typed is shown as words, never as markup', async () => {
  await days.addExtract({ extractId: 'odd', name: '<b>Odd</b>', purpose: '<script>alert(1)</script>' });
  await days.nextDay();
  const text = await page();
  expect(text).toContain('&lt;b&gt;Odd&lt;/b&gt;');
  expect(text).not.toContain('<script>alert');
});
