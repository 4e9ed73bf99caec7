import { afterEach, beforeEach, expect, test } from 'vitest';
import '../../support/registry.ts';
import type { Agent } from '../../support/log-in.ts';
import { textOf } from '../../support/page.ts';
import { type Desk, errorsOf, locationOf, NOW, openDesk } from './objections/desk.ts';

let desk: Desk;
let manager: Agent;
let now = NOW;
let numbers: string[];
let ids: string[];
beforeEach(async () => {
  now = NOW;
  desk = await openDesk(() => now);
  manager = await desk.as('manager');
  ids = [desk.patientId, await desk.another('1980-01-01'), await desk.another('1981-01-01')];
  const people = await desk.services.patients.byIds(desk.practiceId, ids);
  numbers = ids.map((id) => people.find((person) => person.id === id)?.nhsNumber ?? '');
});
afterEach(() => desk.end());

const upload = (lines: readonly string[], more: Record<string, string> = { system: 'systmone' }) => {
  const content = ['NHS Number,CTV3 Code,Date', ...lines].join('\n');
  return manager.submit('/coded/new', { list: { filename: 'codes.csv', content }, ...more });
};
const main = async (path: string) => textOf((await manager.get(path)).text, 'main');

test('a report is uploaded, left, come back to, and compared with the one before', async () => {
  await desk.recorded();
  const first = locationOf(
    await upload([`${numbers[0]},XaZ89,2026-11-20`, `${numbers[1]},XaZ89,2016-02-01`]),
  );
  expect(await main(first)).toMatch(
    /Patients with the type 1 code there\s*This time 2\s*Last time No earlier one/,
  );
  const second = locationOf(await upload([`${numbers[1]},XaZ89,2016-02-01`]));
  const page = await main(second);
  expect(page).toMatch(/Patients with the type 1 code there\s*This time 1\s*Last time 2, 1 fewer now/);
  expect(page).toContain('The code has vanished: 1');
  expect(await main('/coded')).toMatch(/SystmOne.*SystmOne/s);
  const vanished = await main(`${second}/vanished`);
  expect(vanished).toContain('XaZ89');
  expect(vanished).not.toMatch(/9Nu4|XaaVL|881561000000100/);
  expect((await manager.get(`${second}/nothing`)).status).toBe(404);
  expect((await (await desk.as('receptionist')).get(second)).status).toBe(403);
  expect(textOf((await (await desk.as('guardian')).get(second)).text, 'h1')).toContain('What the report');
});

test('what the record has is recorded by one press, or all that are shown after their number was confirmed', async () => {
  const rows = [
    `${numbers[0]},XaZ89,2016-02-01`,
    `${numbers[1]},XaZ89,2079-01-01`,
    `${numbers[2]},XaZ89,2017-02-01`,
  ];
  const at = locationOf(await upload(rows));
  const record = `${at}/not-held/recording`;
  expect((await manager.submit(`${at}/not-held`, {}, { form: record })).status).toBe(303);
  expect(await main(`${at}/not-held`)).toMatch(/1 objection recorded.*Recorded here/s);
  const confirm = await main(`${record}?page=1`);
  expect(confirm).toContain('Record all 2 objections');
  const sent = await manager.submit(`${record}?page=1`, {});
  expect(locationOf(sent)).toBe(`${at}/not-held?page=1`);
  expect(await main(`${at}/not-held`)).toContain('2 objections recorded; 1 without a usable day');
  expect(await desk.services.objections.countInForce(desk.practiceId)).toBe(3);
  // Nothing is left to record: the page for all goes back to the list.
  expect(locationOf(await manager.get(record))).toBe(`${at}/not-held?page=1`);
  const guardian = await desk.as('guardian');
  expect((await guardian.get(record)).status).toBe(403);
});

test('a withdrawal code, and a look-alike, are explained and offer nothing to record', async () => {
  await desk.recorded();
  const at = locationOf(await upload([`${numbers[0]},XaZ8A,2026-11-20`, `${numbers[1]},XaXj6,2016-02-01`]));
  expect(await main(at)).toMatch(/Withdrawal coded there, objection in force here: 1/);
  expect(await main(`${at}/withdrawn-there`)).toContain('It lifts nothing here');
  const alike = await manager.get(`${at}/look-alike`);
  expect(textOf(alike.text, 'main')).toContain('Express dissent for Summary Care Record dataset upload');
  expect(alike.text).not.toContain('not-held/recording');
  expect(await desk.services.objections.countInForce(desk.practiceId)).toBe(1);
});

test('what is missing is said beside the field, and what was chosen stays', async () => {
  expect(errorsOf(await manager.submit('/coded/new', {}))).toEqual([
    ['#system', 'Select which system the report is from'],
    ['#list', 'Select a CSV file'],
  ]);
  const asked = await upload([`${numbers[0]},XaZ89,03/04/2016`]);
  expect(asked.status).toBe(400);
  expect(errorsOf(asked)).toEqual([['#dateOrder', expect.stringContaining('03/04/2016')]]);
  expect(asked.text).toMatch(/value="systmone"[^>]*checked/);
});

test('home says when the record was never compared, or too long ago; the report has day and counts', async () => {
  const home = () => main('/');
  expect(await home()).not.toContain('compared with the clinical record');
  await desk.recorded();
  expect(await home()).toContain('never compared with the clinical record');
  await upload([`${numbers[0]},XaZ89,2026-11-20`]);
  now = new Date(NOW.getTime() + 30 * 86_400_000);
  manager = await desk.as('manager');
  expect(await home()).not.toContain('compared with the clinical record');
  now = new Date(now.getTime() + 60_000);
  expect(await home()).toContain('last compared with the clinical record on 20 November 2026');
  const monitor = await desk.as('monitor');
  const { text } = await monitor.get('/reports');
  expect(textOf(text, 'main')).toMatch(/Compared with the clinical record.*20 November 2026.*SystmOne/s);
  expect(text).not.toContain('href="/coded/');
});
