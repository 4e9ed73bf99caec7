import { afterEach, beforeEach, expect, test } from 'vitest';
import { logInAs } from '../support/log-in.ts';
import { textOf } from '../support/page.ts';
import { addStaffedPractice, password, type StaffedPractice } from '../support/people.ts';
import { openRegistry, type Registry } from '../support/registry.ts';
import { expectLedgerVerifies } from '../support/verify-after.ts';

let registry: Registry;
let address: string;
let surgery: StaffedPractice;

beforeEach(async () => {
  registry = await openRegistry();
  address = await registry.listen();
  surgery = await addStaffedPractice(registry.services);
});

afterEach(async () => {
  await expectLedgerVerifies(registry.services);
  await registry.close();
});

test('log out everywhere ends every session of the person, and of nobody else', async () => {
  const [here, there] = [await logInAs(address, surgery.manager), await logInAs(address, surgery.manager)];
  const other = await logInAs(address, surgery.receptionist);
  expect((await here.submit('/account')).status).toBe(303);
  expect((await there.get('/account')).status).toBe(302);
  expect((await here.get('/account')).status).toBe(302);
  expect((await other.get('/account')).status).toBe(200);
});

test('a new password needs the current one, ends every session, and works', async () => {
  const [here, there] = [await logInAs(address, surgery.manager), await logInAs(address, surgery.manager)];
  const next = 'a bicycle under nine stars';
  const wrong = await here.submit('/account/password', { current: 'not this one', password: next });
  expect(wrong.status).toBe(400);
  expect(textOf(wrong.text, '.nhsuk-error-summary')).toContain('Your current password is not right');
  expect(wrong.text).not.toContain(next);
  const weak = await here.submit('/account/password', { current: password, password: 'surgery a12345' });
  expect(textOf(weak.text, '.nhsuk-error-summary')).toContain('too easy to guess');
  const done = await here.submit('/account/password', { current: password, password: next });
  expect([done.status, done.headers.location]).toEqual([303, '/log-in']);
  expect((await there.get('/account')).status).toBe(302);
  await expect(logInAs(address, surgery.manager)).rejects.toThrow('400');
  await logInAs(address, { email: surgery.manager.email, password: next });
});

test('a form for a new password says what is missing', async () => {
  const agent = await logInAs(address, surgery.monitor);
  const answer = await agent.submit('/account/password', {});
  expect(answer.status).toBe(400);
  expect(textOf(answer.text, '.nhsuk-error-summary')).toBe(
    'There is a problem Enter your current password Enter a new password',
  );
});
