import { afterEach, beforeEach, expect, test } from 'vitest';
import { logInAs, visit } from '../support/log-in.ts';
import { readPage } from '../support/page.ts';
import { addStaffedPractice, type StaffedPractice } from '../support/people.ts';
import { openRegistry, type Registry } from '../support/registry.ts';

let registry: Registry;
let address: string;
let surgery: StaffedPractice;

beforeEach(async () => {
  registry = await openRegistry();
  address = await registry.listen();
  surgery = await addStaffedPractice(registry.services);
});

afterEach(() => registry.close());

test('somebody logs in, sees their account, and logs out', async () => {
  const agent = await logInAs(address, surgery.receptionist);
  const account = await agent.get('/account');
  expect(account.status).toBe(200);
  const page = readPage(account.text);
  expect(page.querySelector('main')?.textContent).toContain('receptionist@a12345.example');
  expect(page.querySelector('header')?.textContent).toContain('The receptionist (Receptionist)');
});

test('nobody is sent to the log-in page, and from there to what they asked for', async () => {
  const agent = visit(address);
  const refused = await agent.get('/account');
  expect([refused.status, refused.headers.location]).toEqual([302, '/log-in?then=%2Faccount']);
});
