import { afterEach, beforeEach, expect, test } from 'vitest';
import '../../../support/registry.ts';
import type { Agent } from '../../../support/log-in.ts';
import { textOf } from '../../../support/page.ts';
import { type Desk, locationOf, openDesk } from './desk.ts';

let desk: Desk;
let reception: Agent;
beforeEach(async () => {
  desk = await openDesk();
  reception = await desk.as('receptionist');
});
afterEach(() => desk.end());

test('the patient has the receipt: noted once, and by whom', async () => {
  const receipt = `/objections/receipts/${await desk.recorded({ types: ['type-1', 'type-2'] })}`;
  const action = `${receipt}/acknowledged`;
  const page = await reception.get(receipt);
  expect(textOf(page.text, `form[action="${action}"]`)).toBe('I gave or sent this to the patient');
  const done = await reception.submitPage(page, receipt);
  expect(locationOf(done)).toBe(`/patients/${desk.patientId}`);
  expect(textOf((await reception.get(locationOf(done))).text, '.nhsuk-notification-banner')).toContain(
    'the patient has this in writing',
  );
  await reception.submitPage(page, receipt);
  const { text } = await reception.get(receipt);
  expect(textOf(text, 'main')).toContain('noted on 20 November 2026 at 10am, by ');
  expect(text).not.toContain(action);
});
