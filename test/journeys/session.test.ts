import type { Browser, BrowserContextOptions, Page } from 'playwright';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { londonTime } from '../../src/day.ts';
import { openBrowser } from '../support/browser.ts';
import { aPatient } from '../support/factories.ts';
import { addStaffedPractice, type StaffedPractice } from '../support/people.ts';
import { openRegistry, type Registry } from '../support/registry.ts';
import { pressAccessKey, tabTo } from './keyboard.ts';
import { logInOnPage } from './log-in-page.ts';
import { complaintsOf, faultsOf } from './look.ts';

// Sessions of 5 minutes. The clocks of the registry and of the browser are turned together, so nobody waits for them.
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const clock = { now: new Date('2026-11-23T08:00:00.000Z') };
let registry: Registry;
let browser: Browser;
let address: string;
let surgery: StaffedPractice;
let patientId: string;

beforeAll(async () => {
  registry = await openRegistry({ SESSION_IDLE_MINUTES: '5' }, { now: () => clock.now });
  address = await registry.listen();
  browser = await openBrowser();
  surgery = await addStaffedPractice(registry.services);
  const person = aPatient(0, { givenName: 'Ada', familyName: 'Lovelace' });
  const [added] = await registry.services.patients.add(surgery.practice.id, [person], {
    kind: 'command-line',
    id: 'test',
  });
  patientId = added?.id ?? '';
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await registry?.close();
});

// Another day, on which nobody is logged in any more.
beforeEach(() => {
  clock.now = new Date(clock.now.getTime() + 24 * 60 * MINUTE);
});

/** A browser in which the receptionist has logged in. */
async function atTheDesk(options: BrowserContextOptions = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  if (options.javaScriptEnabled !== false) await page.clock.install({ time: clock.now });
  const complaints = complaintsOf(page);
  await logInOnPage(page, address, surgery.receptionist);
  return { context, page, complaints };
}

/** Time passes, for the registry and in the browser. */
async function pass(page: Page, ms: number) {
  clock.now = new Date(clock.now.getTime() + ms);
  await page.clock.fastForward(ms);
}

const dialogOf = (page: Page) => page.getByRole('alertdialog', { name: 'You will be logged out soon' });
const patientsPage = () => `${address}/patients`;
const typed = (page: Page) => page.getByLabel('Family name').inputValue();

/** Opens the search, types a name, and lets time pass until the warning comes. */
async function warned(page: Page) {
  await page.goto(patientsPage());
  await page.getByLabel('Family name').fill('Lovel');
  await pass(page, 2 * MINUTE + 50 * SECOND);
  await page.waitForTimeout(300);
  expect(await dialogOf(page).isVisible()).toBe(false);
  await pass(page, 15 * SECOND);
  await dialogOf(page).waitFor();
}

/** Presses a key that keeps the session, and waits until the page knows how long it has now. */
async function goesOn(page: Page, key: 'Escape' | 'Enter') {
  const known = page.waitForResponse(
    (answer) => answer.url().endsWith('/session') && answer.request().method() === 'GET',
  );
  await page.keyboard.press(key);
  await (await known).finished();
  await dialogOf(page).waitFor({ state: 'hidden' });
  await page.waitForTimeout(300);
}

test.each([1280, 320])(
  'a dialog warns 2 minutes before the end, keeps the focus, and by Escape all goes on: %i pixels',
  async (width) => {
    const { context, page, complaints } = await atTheDesk({ viewport: { width, height: 800 } });
    await warned(page);
    expect(await dialogOf(page).getByText('you will be logged out in 2 minutes').isVisible()).toBe(true);
    expect(await faultsOf(page)).toEqual([]);
    const focused = () => page.evaluate('document.activeElement.textContent.trim()');
    expect(await focused()).toBe('Stay logged in');
    const seen = new Set<unknown>();
    for (let stop = 0; stop < 6; stop += 1) {
      await page.keyboard.press('Tab');
      seen.add(
        await page.evaluate(
          'document.activeElement === document.body || !!document.activeElement.closest("dialog")',
        ),
      );
    }
    expect([...seen]).toEqual([true]);
    await goesOn(page, 'Escape');
    expect(await typed(page)).toBe('Lovel');

    // The session went on from there; at the next end the button does the same.
    await pass(page, 2 * MINUTE + 50 * SECOND);
    await page.waitForTimeout(300);
    await pass(page, 15 * SECOND);
    await dialogOf(page).waitFor();
    await goesOn(page, 'Enter');
    await pass(page, 2 * MINUTE);
    await page.goto(`${address}/patients/${patientId}`);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('LOVELACE');
    expect(complaints).toEqual([]);
    await context.close();
  },
  120_000,
);

test('it counts down calmly; at the end the page goes, and what was typed comes back to whoever typed it', async () => {
  const { context, page } = await atTheDesk();
  await warned(page);
  const steps = [
    { seconds: 60, words: '1 minute' },
    { seconds: 25, words: '40 seconds' },
    { seconds: 20, words: '20 seconds' },
  ];
  for (const { seconds, words } of steps) {
    await pass(page, seconds * SECOND);
    await dialogOf(page).locator('strong').getByText(words, { exact: true }).waitFor();
  }
  await pass(page, 20 * SECOND);
  await page.getByRole('heading', { name: 'You have been logged out' }).waitFor();
  expect(await page.locator('main').textContent()).toContain('was not saved, but it is kept');
  expect(await page.content()).not.toContain('Lovel');
  const link = await page.getByRole('button', { name: 'Log in again' }).getAttribute('href');

  const logIn = async (email: string) => {
    await page.goto(address + link);
    await page.getByLabel('Email address').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(surgery.receptionist.password);
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByRole('heading', { level: 1, name: 'Find a patient' }).waitFor();
  };
  await logIn(surgery.manager.email);
  expect(await typed(page)).toBe('');
  await page.getByRole('button', { name: 'Switch person' }).click();
  await logIn(surgery.receptionist.email);
  expect(await typed(page)).toBe('Lovel');
  expect(await page.getByText('What you entered before you were logged out').isVisible()).toBe(true);
  expect(await faultsOf(page)).toEqual([]);
  await context.close();
}, 120_000);

test('nothing typed: the page goes all the same, and nobody is shown', async () => {
  const { context, page } = await atTheDesk();
  await page.goto(`${address}/patients/${patientId}`);
  await pass(page, 5 * MINUTE);
  await page.getByRole('heading', { name: 'You have been logged out' }).waitFor();
  expect(await page.content()).not.toContain('LOVELACE');
  await page.goBack();
  await page.waitForLoadState();
  expect(await page.content()).not.toContain('LOVELACE');
  await context.close();
}, 120_000);

test('work in another tab keeps both alive, and no dialog is in the way', async () => {
  const { context, page } = await atTheDesk();
  await page.goto(patientsPage());
  const other = await context.newPage();
  await pass(page, 2 * MINUTE);
  await other.goto(patientsPage());
  await pass(page, MINUTE + 30 * SECOND);
  await page.waitForTimeout(500);
  expect(await dialogOf(page).isVisible()).toBe(false);
  await context.close();
}, 120_000);

test('log out now, from the dialog, by keyboard', async () => {
  const { context, page } = await atTheDesk();
  await warned(page);
  await tabTo(page, dialogOf(page).getByRole('button', { name: 'Log out now' }));
  await page.keyboard.press('Enter');
  await page.getByText('You have logged out').waitFor();
  await context.close();
}, 120_000);

test('without JavaScript the page says when, and a form that comes too late comes back', async () => {
  const { context, page } = await atTheDesk({
    javaScriptEnabled: false,
    viewport: { width: 320, height: 800 },
  });
  await page.goto(patientsPage());
  // 5 minutes, less what "last seen" may lag behind.
  const ends = londonTime(new Date(clock.now.getTime() + 4 * MINUTE + 45 * SECOND));
  const line = page.locator('.app-session-line p');
  expect([await line.isVisible(), await line.textContent()]).toEqual([
    true,
    `You will be logged out at ${ends} if you do nothing.`,
  ]);
  await page.getByLabel('Family name').fill('Lovel');
  clock.now = new Date(clock.now.getTime() + 6 * MINUTE);
  await page.getByRole('button', { name: 'Find patient' }).click();
  expect(await page.locator('main').textContent()).toContain('was not saved, but it is kept');
  await page.getByRole('button', { name: 'Log in again' }).click();
  await page.getByLabel('Email address').fill(surgery.receptionist.email);
  await page.getByLabel('Password', { exact: true }).fill(surgery.receptionist.password);
  await page.getByRole('button', { name: 'Log in' }).click();
  expect(await typed(page)).toBe('Lovel');
  await context.close();
}, 120_000);

test.each([true, false])(
  'after log out nothing comes back with the Back button; JavaScript: %s',
  async (javaScriptEnabled) => {
    const { context, page } = await atTheDesk({ javaScriptEnabled });
    await page.goto(`${address}/patients/${patientId}`);
    expect(await page.content()).toContain('LOVELACE');
    await page.getByRole('button', { name: 'Switch person' }).click();
    expect(await page.content()).toContain('The next person can log in');
    for (let back = 0; back < 2; back += 1) {
      await page.goBack();
      await page.waitForLoadState();
      expect(await page.content()).not.toMatch(/LOVELACE|The receptionist/);
    }
    await logInOnPage(page, address, surgery.manager);
    expect(await page.locator('.nhsuk-header__account').textContent()).toContain(
      'The manager (Practice manager)',
    );
    await context.close();
  },
  120_000,
);

test.each([1280, 320])(
  'who is logged in is at the top of the page, %i pixels; one key logs out, another switches',
  async (width) => {
    const { context, page } = await atTheDesk({ viewport: { width, height: 800 } });
    for (const shown of [
      page.getByText('The receptionist (Receptionist)'),
      page.getByRole('button', { name: 'Log out', exact: true }),
      page.getByRole('button', { name: 'Switch person' }),
    ]) {
      const box = await shown.boundingBox();
      expect([box !== null, (box?.y ?? 999) + (box?.height ?? 0) < 400]).toEqual([true, true]);
    }
    await pressAccessKey(page, width === 320 ? 'l' : 'p');
    await page.getByText(width === 320 ? 'You have logged out' : 'The next person can log in').waitFor();
    await context.close();
  },
  120_000,
);
