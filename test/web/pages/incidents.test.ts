import { afterEach, beforeEach, expect, test } from 'vitest';
import '../../support/registry.ts';
import { textOf } from '../../support/page.ts';
import { type Desk, errorsOf, locationOf, NOW, openDesk, valuesOf } from './objections/desk.ts';

const clock = { now: NOW };
let desk: Desk;
beforeEach(async () => {
  clock.now = NOW;
  desk = await openDesk(() => clock.now);
  await desk.recorded({ firstAskedOn: '2026-10-01', firstAskedProof: 'A letter' });
});
afterEach(() => desk.end());

const assessment = {
  assessment: 'Looked into it',
  risk: 'low',
  tellRegulator: 'tell',
  tellPatient: 'do-not-tell',
};

test('of two people who assess one incident, the second sees what the first wrote, and keeps their own words', async () => {
  const [manager, guardian] = [await desk.as('manager'), await desk.as('guardian')];
  const list = await manager.get('/incidents');
  const path = /href="(\/incidents\/[0-9a-f-]{36})"/.exec(list.text)?.[1] ?? '';
  expect(textOf(list.text, 'main')).toContain('72 hours left');
  const [first, second] = [await manager.get(path), await guardian.get(path)];
  const action = `${path}/assessment`;
  expect(locationOf(await manager.submitPage(first, path, assessment, { form: action }))).toBe(path);

  const late = await guardian.submitPage(
    second,
    path,
    { ...assessment, assessment: 'Mine' },
    { form: action },
  );
  expect(late.status).toBe(409);
  expect(errorsOf(late)[0]?.[1]).toContain('Somebody else assessed this while you had the page open');
  expect(textOf(late.text, 'main')).toContain('Looked into it');
  expect(valuesOf(late)).toMatchObject({ assessment: ['Mine'] });
  expect(locationOf(await guardian.submitPage(late, path, {}, { form: action }))).toBe(path);
  expect(textOf((await manager.get(path)).text, 'main')).toContain('Mine');

  clock.now = new Date(NOW.getTime() + 73 * 3_600_000);
  const overdue = await (await desk.as('guardian')).get(path);
  expect(textOf(overdue.text, 'main')).toContain('72 hours are over');
  expect(textOf(overdue.text, 'main')).toContain(
    'It can be closed once the Information Commissioner was told',
  );
});

test('what is not filled in is said at its field, and nothing happens', async () => {
  const manager = await desk.as('manager');
  const [incident] = await desk.services.incidents.list(desk.practice.practice.id, {
    closed: false,
    skip: 0,
    take: 1,
  });
  const path = `/incidents/${incident?.id}`;
  const page = await manager.get(path);
  const empty = await manager.submitPage(page, path, { assessment: '' }, { form: `${path}/assessment` });
  expect(empty.status).toBe(400);
  expect(errorsOf(empty).map(([href]) => href)).toEqual([
    '#assessment',
    '#risk',
    '#tellRegulator',
    '#tellPatient',
  ]);
  expect(page.text).not.toContain(`${path}/closing`);
  expect((await (await desk.as('receptionist')).get(path)).status).toBe(403);
});
