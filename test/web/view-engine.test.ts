import { parseHTML } from 'linkedom';
import request from 'supertest';
import { expect, test } from 'vitest';
import { Form } from '../../src/web/form.ts';
import { type Frame, frameOf } from '../../src/web/frame.ts';
import { type Page, render } from '../../src/web/view-engine.ts';
import { smallApp } from './small-app.ts';

async function shown(page: Page, frame: Partial<Frame> = {}, path = '/help') {
  const { app } = smallApp((_req, res) => {
    Object.assign(frameOf(res), frame);
    render(res, 'privacy/show', page);
  });
  return parseHTML((await request(app).get(path)).text).document;
}

const asha = {
  name: 'Asha <Patel>',
  role: 'Receptionist',
  may: (permission: string) => permission === 'find-patient',
};

test('a page says in its title what it is, and whether there are errors', async () => {
  expect((await shown({ title: 'Find a patient' })).title).toBe('Find a patient - Opt-out registry');
  const form = new Form({}, [{ field: 'nhsNumber', text: 'Enter an NHS number' }]);
  const wrong = await shown({ title: 'Find a patient', form });
  expect(wrong.title).toBe('Error: Find a patient - Opt-out registry');
  expect(
    wrong.querySelector('main > .nhsuk-error-summary:first-child a[href="#nhsNumber"]')?.textContent,
  ).toBe('Enter an NHS number');
});

test('who is logged in sees their name, their role, the practice and the sections that they may use', async () => {
  const page = await shown(
    { title: 'Patient' },
    { person: asha, practice: { name: 'The Example Surgery', madeUp: false } },
    '/patients/1',
  );
  expect(page.querySelector('.nhsuk-header__account-item')?.textContent?.trim()).toBe(
    'Asha <Patel> (Receptionist)',
  );
  expect(page.querySelector('.nhsuk-header__service-logo')?.textContent).toContain('The Example Surgery');
  expect(page.querySelector('form[action="/log-out"][method=post] button')?.textContent).toBe('Log out');
  const sections = [...page.querySelectorAll('.nhsuk-header__navigation-link[href]')];
  expect(sections.map((section) => section.textContent)).toEqual(['Home', 'Patients']);
  expect(page.querySelector('[aria-current]')?.getAttribute('href')).toBe('/patients');
});

test('nobody logged in sees no menu and no account', async () => {
  const page = await shown({ title: 'Help' });
  expect(page.querySelectorAll('nav')).toHaveLength(0);
});

test.each([
  ['a page of a made-up practice', { practice: { name: 'The Example Surgery', madeUp: true } }, true],
  ['a page of a real one', { demo: true, practice: { name: 'Real Surgery', madeUp: false } }, false],
  ['a page of no practice, where there is a made-up one', { demo: true }, true],
  ['a page of no practice, elsewhere', { demo: false }, false],
])('%s says so', async (_, frame, says) => {
  const text = (await shown({ title: 'Help' }, frame)).body.textContent ?? '';
  expect(text.includes('Made-up practice.')).toBe(says);
});

test('help, the public register, accessibility and privacy are at the foot of each page, in this order', async () => {
  const links = (await shown({ title: 'Help' })).querySelectorAll('footer a');
  expect([...links].map((link) => link.getAttribute('href'))).toEqual([
    '/help',
    '/register',
    '/accessibility',
    '/privacy',
  ]);
});

test('no telephone takes an NHS number for one to call', async () => {
  const meta = (await shown({ title: 'Help' })).querySelector('meta[name=format-detection]');
  expect(meta?.getAttribute('content')).toBe('telephone=no');
});

test('a back link leads to the page before', async () => {
  expect(
    (await shown({ title: 'Help', back: '/patients?a=1&b=2' }))
      .querySelector('.nhsuk-back-link')
      ?.getAttribute('href'),
  ).toBe('/patients?a=1&b=2');
});

test('what a page is given never takes the place of what pages rely on', async () => {
  const page = await shown({ title: 'Help', component: 'mine', formToken: 'mine', paths: {} });
  expect(page.querySelector('footer a')?.getAttribute('href')).toBe('/help');
});
