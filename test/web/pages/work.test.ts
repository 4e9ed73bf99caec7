import { afterEach, beforeEach, expect, test } from 'vitest';
import '../../support/registry.ts';
import { textOf } from '../../support/page.ts';
import { type Desk, openDesk } from './objections/desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.end());

test('who is restricted is named on a list only to the roles that may see them', async () => {
  await desk.recorded();
  const { practice, manager } = desk.practice;
  const by = { kind: 'staff', id: manager.id } as const;
  const restriction = {
    practiceId: practice.id,
    patientId: desk.patientId,
    restricted: true,
  };
  expect(await desk.services.patients.restrict(restriction, by)).toMatchObject({ ok: true });
  const seenBy = async (role: 'receptionist' | 'manager') =>
    (await (await desk.as(role)).get('/work/to-be-coded')).text;
  const atTheDesk = await seenBy('receptionist');
  expect(atTheDesk).not.toContain('LOVELACE');
  expect(textOf(atTheDesk, 'main')).toContain('A restricted record');
  expect(await seenBy('manager')).toContain('LOVELACE');
  const looks = await desk.services.database.reader.accessLog.findMany({
    where: { practiceId: desk.practiceId, what: 'work-list' },
  });
  expect(looks.map(({ staffId }) => staffId)).toEqual([manager.id]);
});

test('a monitor sees no list, and no work on the home page', async () => {
  await desk.recorded();
  const monitor = await desk.as('monitor');
  expect((await monitor.get('/work')).status).toBe(403);
  expect((await monitor.get('/')).text).not.toContain('Work that waits');
});

test('whoever may not do what a list asks for sees how much waits among all lists, and no link', async () => {
  await desk.recorded({ requester: 'nobody-to-decide', requesterName: 'A Neighbour' });
  const receptionist = await desk.as('receptionist');
  expect(textOf((await receptionist.get('/')).text, 'main')).not.toContain('Decisions of the guardian');
  const { text } = await receptionist.get('/work');
  expect(textOf(text, 'main')).toContain('Decisions of the guardian');
  expect(text).not.toContain('href="/work/decisions"');
  expect((await receptionist.get('/work/decisions')).status).toBe(403);
});
