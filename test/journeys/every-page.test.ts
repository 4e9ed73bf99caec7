import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { paths } from '../../src/web/paths.ts';
import { openBrowser } from '../support/browser.ts';
import { somePatients } from '../support/factories.ts';
import type { Person } from '../support/log-in.ts';
import { addStaffedPractice, type StaffedPractice } from '../support/people.ts';
import { openRegistry, type Registry } from '../support/registry.ts';
import { complaintsOf, sideways, violations } from './look.ts';

let registry: Registry;
let browser: Browser;
let address: string;
let staffed: StaffedPractice;
let patientId: string;

beforeAll(async () => {
  registry = await openRegistry();
  address = await registry.listen();
  staffed = await addStaffedPractice(registry.services);
  const { patients, objections } = registry.services;
  const by = { kind: 'staff', id: staffed.receptionist.id } as const;
  const [patient] = await patients.add(staffed.practice.id, somePatients(60), by);
  patientId = patient?.id ?? '';
  const said = { requester: 'patient', receivedOn: '2026-03-03', receivedVia: 'in-person' } as const;
  const request = {
    practiceId: staffed.practice.id,
    patientId,
    types: ['type-1', 'type-2'] as const,
    ...said,
  };
  const recorded = await objections.record(request, by);
  expect(recorded.ok).toBe(true);
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  await registry?.close();
});

/** An address with its ids and the values of its query left out: pages of one kind are looked at once. */
const kindOf = ({ pathname, searchParams }: URL): string =>
  `${pathname.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, ':id')}?${[...searchParams.keys()].sort()}`;

/** What is wrong with a page as it stands. */
async function faultsOf(page: Page): Promise<unknown[]> {
  const [broken, scrolled] = [await violations(page), await sideways(page)];
  return [...broken, ...(scrolled > 0 ? [{ scrolled }] : [])];
}

/** Sends each form of a page as it was served, nothing filled in, and looks at what comes back. */
async function faultsOfEmptyForms(page: Page): Promise<unknown[]> {
  const faults: unknown[] = [];
  const here = page.url();
  const forms = 'main form[method=post]:has(input:not([type=hidden]), select, textarea)';
  for (let i = 0; i < (await page.locator(forms).count()); i++) {
    await page.locator(forms).nth(i).locator('button:not([type=button])').last().click();
    await page.waitForLoadState();
    faults.push(...(await faultsOf(page)).map((fault) => ({ emptyForm: i, fault })));
    await page.goto(here);
  }
  return faults;
}

/**
 * Follows every link from the pages given on. A kind of page is looked at by the first person who reaches it.
 * @param looked the kinds that were looked at before; grows
 */
async function walk(page: Page, starts: string[], looked: Set<string>) {
  const complaints = complaintsOf(page);
  const faults: unknown[] = [];
  const seen = new Set<string>();
  const waiting = starts.map((start) => new URL(start, address));
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const kind = kindOf(next);
    if (seen.has(kind) || next.origin !== address || /\.\w+$|^\/api/.test(next.pathname)) continue;
    seen.add(kind);
    await page.goto(next.href);
    const links = page.locator('a[href]');
    const found = await links.evaluateAll((all) => all.map((link) => String(Reflect.get(link, 'href'))));
    waiting.push(...found.map((href) => new URL(href)));
    if (looked.has(kind)) continue;
    looked.add(kind);
    const wrong = [...(await faultsOf(page)), ...(await faultsOfEmptyForms(page))];
    if (wrong.length > 0) faults.push({ kind, wrong });
  }
  return { seen, faults: [...faults, ...complaints] };
}

async function logIn(page: Page, { email, password }: Person): Promise<void> {
  await page.goto(address + paths.logIn);
  await page.getByLabel('Email address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
}

const open = [paths.logIn, paths.timedOut, paths.firstPassword, paths.help];
const people = ['manager', 'guardian', 'receptionist', 'monitor'] as const;

// 320 pixels is what is left of 1280 at 400% zoom.
test.each([1280, 320])(
  'every page and every empty form, %i pixels wide',
  async (width) => {
    const looked = new Set<string>();
    const wrong: unknown[] = [];
    for (const role of [undefined, ...people]) {
      const context = await browser.newContext({ viewport: { width, height: 800 } });
      const page = await context.newPage();
      if (role) await logIn(page, staffed[role]);
      looked.delete('/?');
      const { seen, faults } = await walk(
        page,
        role ? [paths.home, paths.patient(patientId), '/none'] : open,
        looked,
      );
      if (faults.length > 0) wrong.push({ role, faults });
      expect([role, seen.size]).toEqual([role, expect.toSatisfy((size: number) => size > 6)]);
      await context.close();
    }
    expect(wrong).toEqual([]);
  },
  300_000,
);
