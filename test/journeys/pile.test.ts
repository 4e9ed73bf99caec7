import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { paths } from '../../src/web/paths.ts';
import { openBrowser } from '../support/browser.ts';
import { type MadeUpPatient, somePatients } from '../support/factories.ts';
import { addStaffedPractice, type StaffedPractice } from '../support/people.ts';
import { openRegistry, type Registry } from '../support/registry.ts';
import { pressForPage } from './keyboard.ts';
import { logInOnPage } from './log-in-page.ts';
import { complaintsOf, faultsOf } from './look.ts';

const people = somePatients(24).map((person, n) => ({ ...person, dateOfBirth: `19${60 + n}-05-06` }));

let registry: Registry;
let browser: Browser;
let address: string;
let staffed: StaffedPractice;

beforeAll(async () => {
  registry = await openRegistry();
  address = await registry.listen();
  staffed = await addStaffedPractice(registry.services);
  const by = { kind: 'staff', id: staffed.manager.id } as const;
  await registry.services.patients.add(staffed.practice.id, people, by);
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  await registry?.close();
});

/** A keyboard that counts its keys, and the pages that come of them. */
function countingKeyboard(page: Page) {
  const count = { keys: 0, pages: 0 };
  page.on('load', () => {
    count.pages += 1;
  });
  return {
    async press(...keys: string[]) {
      for (const key of keys) {
        count.keys += 1;
        await page.keyboard.press(key);
      }
    },
    async type(text: string) {
      count.keys += text.length;
      await page.keyboard.type(text);
    },
    /** Presses a key that leads to another page, and waits for it. */
    async go(key = 'Enter') {
      count.keys += 1;
      await pressForPage(page, key);
    },
    /** What was counted since it was last asked. */
    take() {
      const taken = { ...count };
      count.keys = 0;
      count.pages = 0;
      return taken;
    },
  };
}

/** The name of the field that has the focus; null when it is none. */
const focused = (page: Page) => page.evaluate<string | null>('document.activeElement.getAttribute("name")');
const heading = async (page: Page) => (await page.locator('h1').innerText()).replace(/\s+/g, ' ');

/** Presses Tab until a link has the focus whose words begin so. */
async function tabToLink(page: Page, keyboard: ReturnType<typeof countingKeyboard>, words: string) {
  for (let stops = 0; stops < 200; stops++) {
    const text = await page.evaluate<string>('document.activeElement.textContent');
    if (text.replace(/\s+/g, ' ').trim().startsWith(words)) return;
    await keyboard.press('Tab');
  }
  throw new Error(`no link ${words}`);
}

test('twenty forms by keyboard alone: a mistake at the third, one sheet that names three people', async () => {
  const page = await (await browser.newContext()).newPage();
  const complaints = complaintsOf(page);
  await logInOnPage(page, address, staffed.receptionist);
  const keyboard = countingKeyboard(page);
  await page.goto(address + paths.piles);
  for (const box of ['arrived', 'type-1-form', 'receivedOn-day']) {
    const target = page.locator(`#${box}, input[value="${box}"]`);
    for (let stops = 0; stops < 60 && (await page.locator(':focus').and(target).count()) === 0; stops++) {
      const inGroup = (await page.evaluate('document.activeElement.type')) === 'radio';
      await keyboard.press(inGroup && box === 'type-1-form' ? 'ArrowDown' : 'Tab');
    }
    if (box === 'arrived') await keyboard.type('20');
  }
  await keyboard.go();
  expect(await heading(page)).toContain('Arrived 20, keyed 0');
  keyboard.take();

  const table: { form: string; keys: number; pages: number }[] = [];
  const note = (form: string) => table.push({ form, ...keyboard.take() });

  /** Keys one person of a form, from the pile's page back to the pile's page. */
  const keyForm = async (person: MadeUpPatient, options: { sameSheet?: boolean; isFirst?: boolean } = {}) => {
    expect(await focused(page)).toBe('nhsNumber');
    await keyboard.type(person.nhsNumber);
    if (options.sameSheet) await keyboard.press('Tab', 'Space');
    await keyboard.go();
    expect(await heading(page)).toBe('Record an objection');
    expect(await page.locator('.app-patient').innerText()).toContain(person.familyName.toUpperCase());
    if (options.isFirst) {
      expect(await focused(page)).toBe('requester');
      await keyboard.press('Space', 'Tab', 'Tab', 'Tab', 'Tab', 'Tab', 'Tab', 'Tab', 'Tab');
    }
    if (!options.sameSheet) {
      // How identity was checked is asked of each form: signature, the fourth choice.
      while ((await focused(page)) !== 'identityChecked') await keyboard.press('Tab');
      await keyboard.press('ArrowDown', 'ArrowDown', 'ArrowDown');
    }
    await keyboard.go();
    expect(await heading(page)).toBe('Check and save this objection');
    expect(await page.locator('.app-patient').isVisible()).toBe(true);
    await keyboard.go();
    const saved = await page.locator('.nhsuk-notification-banner').innerText();
    expect(saved).toContain(person.familyName.toUpperCase());
    expect(saved).toMatch(/Type 1 objection recorded/);
  };

  let next = 0;
  const take = () => people[next++] as MadeUpPatient;
  const [wrong, right] = [people[22] as MadeUpPatient, people[23] as MadeUpPatient];
  await keyForm(take(), { isFirst: true });
  note('1');
  await keyForm(take());
  note('2');
  await keyForm(wrong);
  note('3, the wrong patient');
  expect(await heading(page)).toContain('keyed 3');

  await tabToLink(page, keyboard, 'Correct form 3');
  await keyboard.go();
  expect(await heading(page)).toBe('Correct form 3');
  while ((await focused(page)) !== 'reason') await keyboard.press('Tab');
  await keyboard.type('Another patient');
  await tabToLink(page, keyboard, 'Mark as entered in error');
  await keyboard.go();
  expect(await heading(page)).toContain('keyed 2');
  note('3, marked as entered in error');
  // Everything but the patient was right: it is all there, and the focus is at its beginning.
  expect(await focused(page)).toBe('nhsNumber');
  await keyboard.type(right.nhsNumber);
  await keyboard.go();
  expect(await focused(page)).toBe('types');
  await keyboard.go();
  await keyboard.go();
  expect(await heading(page)).toContain('keyed 3');
  expect(await page.locator('.nhsuk-notification-banner').innerText()).toContain('Saved form 3');
  note('3, keyed again');

  for (let form = 4; form <= 20; form++) {
    await keyForm(take());
    note(String(form));
    if (form !== 9) continue;
    for (const which of ['second', 'third']) {
      await keyForm(take(), { sameSheet: true });
      note(`9, the ${which} person on it`);
      expect(await heading(page)).toContain('Arrived 20, keyed 9');
    }
  }
  expect(await heading(page)).toContain('Arrived 20, keyed 20');
  expect(await faultsOf(page)).toEqual([]);

  // Pages of a form: the pile's page with the number, the objection, the check. The next one begins on the page that says it was saved.
  for (const { form, keys, pages } of table)
    process.stdout.write(`Form ${form}: ${keys} keystrokes, ${pages} pages\n`);
  const forms = table.filter(({ form }) => !form.includes('error'));
  expect(Math.max(...table.map(({ pages }) => pages))).toBeLessThanOrEqual(4);
  expect(forms.map(({ pages }) => pages)).toEqual(forms.map(() => 3));

  await tabToLink(page, keyboard, 'Close this pile');
  await keyboard.go();
  expect(await page.locator('main').innerText()).toContain('Every form is keyed');
  expect(await faultsOf(page)).toEqual([]);
  await keyboard.go();
  expect(await page.locator('main').innerText()).toContain('Closed');
  expect(complaints).toEqual([]);

  const objections = await registry.services.objections.list(staffed.practice.id, { limit: 50 });
  expect(objections.total).toBe(23);
  expect(objections.items.filter(({ errorsToConfirm }) => errorsToConfirm > 0)).toHaveLength(1);
}, 300_000);
