import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays, londonDay } from '../../src/day.ts';
import { paths } from '../../src/web/paths.ts';
import { openBrowser } from '../support/browser.ts';
import { aPatient } from '../support/factories.ts';
import type { Account, StaffedPractice } from '../support/people.ts';
import { addAccount, addStaffedPractice } from '../support/people.ts';
import { openRegistry, type Registry } from '../support/registry.ts';
import { logInOnPage } from './log-in-page.ts';
import { complaintsOf } from './look.ts';

const [ada, ben] = [aPatient(1), aPatient(2)];
const sample = `nhs_number,dob,code,secret\n${ada.nhsNumber},1970-02-03,C10,s1\n${ben.nhsNumber},1980-04-05,C11,s2\n`;

let registry: Registry;
let browser: Browser;
let address: string;
let surgery: StaffedPractice;
let manager: Page;
let guardian: Page;
let key: string;
const complaints: string[][] = [];

beforeAll(async () => {
  registry = await openRegistry();
  address = await registry.listen();
  const { services } = registry;
  surgery = await addStaffedPractice(services);
  const practiceId = surgery.practice.id;
  const by = { kind: 'staff', id: surgery.manager.id } as const;
  const [, second] = await services.patients.add(practiceId, [ada, ben], by);
  await services.objections.takeIn({ practiceId, how: 'none-before' }, by);
  const told = { types: ['type-1'], requester: 'patient', receivedVia: 'phone' } as const;
  const receivedOn = londonDay(services.now());
  await services.objections.record({ practiceId, patientId: second?.id ?? '', ...told, receivedOn }, by);
  browser = await openBrowser();
  manager = await open(surgery.manager);
  guardian = await open(surgery.guardian);
});

afterAll(async () => {
  await browser?.close();
  await registry?.close();
});

/** A browser of somebody's own, without JavaScript. */
async function open(account: Account): Promise<Page> {
  const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  complaints.push(complaintsOf(page));
  await logInOnPage(page, address, account);
  return page;
}

async function fillDay(page: Page, name: string, day: string) {
  const [year = '', month = '', date = ''] = day.split('-');
  await page.locator(`#${name}-day`).fill(date);
  await page.locator(`#${name}-month`).fill(month);
  await page.locator(`#${name}-year`).fill(year);
}

const state = async (page: Page) => (await page.locator('h1 .nhsuk-tag').textContent())?.trim();
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const version = (number: number) => address + paths.extractVersion('diabetes-audit', number);

async function release() {
  const answer = await fetch(`${address}/api/v1/extracts/diabetes-audit/releases`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'text/csv' },
    body: sample,
  });
  return { status: answer.status, text: await answer.text() };
}

test('the manager registers, and the draft says what is missing', async () => {
  await manager.goto(address + paths.home);
  await manager.getByRole('link', { name: 'Extracts' }).click();
  await manager.getByRole('button', { name: 'Register an extract' }).click();
  await manager.getByLabel('Short name').fill('diabetes-audit');
  await manager.getByLabel('Name of the extract').fill('Diabetes audit');
  await manager.getByLabel('Recipient', { exact: true }).fill('Audit partnership');
  await manager.getByLabel('Purpose, in plain words').fill('To compare care');
  await manager.getByLabel('Direction of NHS England (section 259)').check();
  await manager.getByLabel('Reference of the ground').fill('Direction 2026/1');
  const today = londonDay(registry.services.now());
  await fillDay(manager, 'startsOn', today);
  await fillDay(manager, 'endsOn', addDays(today, 300));
  await press(manager, 'Save the draft');
  expect(await manager.getByRole('heading', { level: 1 }).textContent()).toBe('Fields of Diabetes audit');

  await manager.getByLabel('Sample file').setInputFiles({
    name: 'sample.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(sample),
  });
  await press(manager, 'Show these columns');
  await manager.getByLabel('What leaves of nhs_number').selectOption('keep');
  await manager.getByLabel('What leaves of dob').selectOption('year');
  await manager.getByLabel('What leaves of code').selectOption('keep');
  await manager.getByLabel('Place of code').fill('1');
  await manager.getByLabel('Place of nhs_number').fill('2');
  await manager.getByLabel('Why the fields of group A are needed').fill('To compare care');
  await press(manager, 'Save the fields');
  expect(await state(manager)).toBe('Draft');

  await press(manager, 'Send for approval');
  const missing = await manager.locator('.nhsuk-inset-text').textContent();
  expect(missing).toContain('Enter whether anybody pays for it');
  expect(missing).toContain('Enter the UK GDPR basis');
  await manager.getByRole('link', { name: 'Enter whether anybody pays for it' }).click();
  await manager.locator('input[name=recipientIsCompany][value=no]').check();
  await manager.getByLabel('Does anybody pay for it?').fill('Nobody pays');
  await manager.getByLabel('May it be passed on?').fill('No');
  await manager.getByLabel('Whom to ask there').fill('The audit desk');
  await manager.getByLabel('UK GDPR basis').fill('Article 6(1)(c) and 9(2)(h)');
  await manager.getByLabel('Why the common law duty of confidentiality is met').fill('Required by law');
  await manager.getByLabel('How often').fill('Once a week');
  await manager.getByLabel('Reference of the agreement').fill('A 1');
  await fillDay(manager, 'agreementStartsOn', today);
  await fillDay(manager, 'agreementEndsOn', addDays(today, 300));
  await fillDay(manager, 'destroyBy', addDays(today, 400));
  await press(manager, 'Save');
  await press(manager, 'Send for approval');
  expect(await state(manager)).toBe('Waits for approval');
  // What the manager is not offered: to approve it.
  expect(await manager.getByRole('button', { name: 'Approve' }).count()).toBe(0);
});

test('the guardian finds it in the work that waits, and returns it; the manager corrects it', async () => {
  await guardian.goto(address + paths.home);
  await guardian.getByRole('link', { name: 'Extracts to approve' }).click();
  await guardian.getByRole('link', { name: 'Version 1' }).click();
  await press(guardian, 'Return');
  expect(await guardian.locator('.nhsuk-error-summary').textContent()).toContain(
    'Enter what has to be put right',
  );
  await guardian.getByLabel('What has to be put right').fill('Say in the purpose who compares');
  await press(guardian, 'Return');
  expect(await state(guardian)).toBe('Draft');

  await manager.goto(version(1));
  expect(await manager.locator('main').textContent()).toContain('Say in the purpose who compares');
  await manager.getByRole('link', { name: 'Edit recipient' }).click();
  await manager.getByLabel('Purpose, in plain words').fill('The partnership compares care');
  await press(manager, 'Save');
  await press(manager, 'Send for approval');
  expect(await state(manager)).toBe('Waits for approval');
});

test('who approves what was changed meanwhile is told to look again', async () => {
  await guardian.goto(version(1));
  await manager.goto(address + paths.editExtract('diabetes-audit', 1));
  await manager.getByLabel('Purpose, in plain words').fill('The partnership compares the care of practices');
  await press(manager, 'Save');
  await press(manager, 'Send for approval');
  await press(guardian, 'Approve');
  expect(await guardian.locator('.nhsuk-error-summary').textContent()).toContain(
    'This version was changed. Look again',
  );
  expect(await guardian.locator('main').textContent()).toContain('compares the care of practices');
});

test('the guardian approves, and the job releases what was approved, in the approved order', async () => {
  const { services } = registry;
  const made = await services.keys.make(
    {
      practiceId: surgery.practice.id,
      name: 'Job',
      extracts: ['diabetes-audit'],
      expiresAt: new Date(services.now().getTime() + 86_400_000),
    },
    { kind: 'staff', id: surgery.manager.id },
  );
  if (!made.ok) throw new Error(made.reason);
  key = made.key;
  expect(await release()).toMatchObject({ status: 409, text: expect.stringContaining('extract-awaiting') });
  await press(guardian, 'Approve');
  expect(await state(guardian)).toBe('Approved');
  // The list is young, but nobody imported it as a whole.
  await services.database.write((tx) => tx.practice.updateMany({ data: { listTakenInAt: services.now() } }));
  expect(await release()).toEqual({ status: 200, text: `code,nhs_number,dob\nC10,${ada.nhsNumber},1970\n` });
});

test('a change makes a new version with its difference, and the approved one runs on', async () => {
  await manager.goto(address + paths.editExtract('diabetes-audit', 1));
  await manager.getByLabel('Recipient', { exact: true }).fill('Another partnership');
  await press(manager, 'Save');
  expect(manager.url()).toBe(version(2));
  const changes = manager.getByRole('table', { name: 'Changes from version 1' });
  expect(await changes.locator('tbody').textContent()).toMatch(/Audit partnership[\s\S]*Another partnership/);
  expect((await release()).status).toBe(200);
});

test('the guardian suspends it, and the job gets 409 although a draft waits behind it', async () => {
  await guardian.goto(version(1));
  await press(guardian, 'Suspend');
  expect(await guardian.locator('.nhsuk-error-summary').textContent()).toContain('Enter why it is suspended');
  await guardian.getByLabel('Why', { exact: true }).fill('The recipient moved');
  await press(guardian, 'Suspend');
  expect(await state(guardian)).toBe('Suspended');
  const refused = await release();
  expect(refused.status).toBe(409);
  const since = londonDay(registry.services.now());
  expect(JSON.parse(refused.text)).toMatchObject({ code: 'extract-suspended', since });
});

test('one person cannot do both parts: a manager who becomes a guardian approves nothing that they worked on', async () => {
  const { services } = registry;
  const both = await addAccount(services, surgery.practice, 'manager', 'both');
  const page = await open(both);
  await page.goto(version(2));
  await press(page, 'Send for approval');
  expect(await state(page)).toBe('Waits for approval');
  await page.context().close();
  const by = { kind: 'command-line', id: 'test' } as const;
  const changed = await services.staff.changeRole(
    { practiceId: surgery.practice.id, id: both.id, role: 'guardian' },
    by,
  );
  expect(changed.ok).toBe(true);

  const again = await open(both);
  await again.goto(version(2));
  expect(await again.locator('main').textContent()).toContain('so somebody else has to approve it');
  await press(again, 'Approve');
  expect(await again.locator('.nhsuk-error-summary').textContent()).toContain(
    'somebody else has to approve it',
  );
  const name = { practiceId: surgery.practice.id, extractId: 'diabetes-audit', version: 2 };
  const command = await services.extracts.approve(name, { kind: 'staff', id: both.id });
  expect(command).toEqual({ ok: false, reason: 'same-person' });
  const sql = `UPDATE "ExtractVersion" SET "state" = 'approved', "approvedBy" = '${both.id}' WHERE "version" = 2`;
  await expect(services.database.write((tx) => tx.$executeRawUnsafe(sql))).rejects.toThrow(
    /cannot approve it/,
  );
  await again.goto(version(2));
  expect(await state(again)).toBe('Waits for approval');
});

test('no page complained', () => {
  expect(complaints.flat()).toEqual([]);
});
