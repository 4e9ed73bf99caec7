import { afterEach, beforeEach, expect, test } from 'vitest';
import '../../support/registry.ts';
import { textOf } from '../../support/page.ts';
import { type Desk, openDesk } from './objections/desk.ts';

let desk: Desk;
let now = new Date('2026-11-20T10:00:00.000Z');
beforeEach(async () => {
  now = new Date('2026-11-20T10:00:00.000Z');
  desk = await openDesk(() => now);
});
afterEach(() => desk.end());

/** Somebody opens the patient in the evening. */
async function lookLate(role: 'receptionist' | 'manager') {
  const someone = desk.practice[role];
  now = new Date(now.getTime() + 11 * 3_600_000);
  await desk.services.patients.noteLook(
    { id: someone.id, practiceId: desk.practiceId },
    [desk.patientId],
    'patient-page',
  );
}
const waiting = async () => (await desk.services.work.waiting(desk.practiceId, 'unusual-looks')).length;

test('what is found waits as work until somebody says what came of it, and comes back only when it goes on', async () => {
  await lookLate('receptionist');
  await desk.services.patients.unusualLooks.search(desk.practiceId);
  await desk.services.patients.unusualLooks.search(desk.practiceId);
  expect(await waiting()).toBe(1);
  const manager = await desk.as('manager');
  expect(textOf((await manager.get('/')).text, 'main')).toContain('Unusual looks at patients');
  const page = await manager.get('/unusual-looks');
  expect(textOf(page.text, 'main')).toMatch(/Out of hours.*1 look on 20 November 2026, at 9pm/s);
  const [look] = await desk.services.patients.unusualLooks.list(desk.practiceId, {
    waiting: true,
    skip: 0,
    take: 9,
  });
  const review = `/unusual-looks/${look?.id}/review`;
  const sent = await manager.submit('/unusual-looks', {}, { form: review });
  expect(sent.status).toBe(303);
  expect(await waiting()).toBe(0);
  expect(textOf((await manager.get('/unusual-looks?show=reviewed')).text, 'main')).toMatch(/Explained/);
  const { reader } = desk.services.database;
  const texts = await reader.ledgerText.findMany({
    where: { practiceId: desk.practiceId },
    orderBy: { index: 'desc' },
    take: 1,
  });
  expect(JSON.parse(texts[0]?.text ?? '')).toMatchObject({
    act: 'unusual-look-reviewed',
    actor: { id: desk.practice.manager.id },
    data: {
      look: look?.id,
      rule: 'out-of-hours',
      staff: desk.practice.receptionist.id,
      outcome: 'explained',
    },
  });
  await desk.services.patients.unusualLooks.search(desk.practiceId);
  expect(await waiting()).toBe(0);
  now = new Date(now.getTime() - 10 * 3_600_000);
  await lookLate('receptionist');
  await desk.services.patients.unusualLooks.search(desk.practiceId);
  expect(await waiting()).toBe(1);
});

test('nobody reviews their own; a second person does, once', async () => {
  await lookLate('manager');
  await desk.services.patients.unusualLooks.search(desk.practiceId);
  const [look] = await desk.services.patients.unusualLooks.list(desk.practiceId, {
    waiting: true,
    skip: 0,
    take: 9,
  });
  const { manager, guardian } = desk.practice;
  const review = (id: string) =>
    desk.services.patients.unusualLooks.review(
      { practiceId: desk.practiceId, id: look?.id ?? '', outcome: 'raised' },
      { kind: 'staff', id },
    );
  expect(await review(manager.id)).toEqual({ ok: false, reason: 'own-look' });
  const page = textOf((await (await desk.as('manager')).get('/unusual-looks')).text, 'main');
  expect(page).toContain('You looked: somebody else asks');
  expect(page).not.toContain('Explained:');
  expect(await Promise.all([review(guardian.id), review(guardian.id)])).toEqual(
    expect.arrayContaining([{ ok: true }, { ok: false, reason: 'reviewed-already' }]),
  );
});

test('reception does not see the page; who looked at a patient can be printed for them', async () => {
  expect((await (await desk.as('receptionist')).get('/unusual-looks')).status).toBe(403);
  await lookLate('receptionist');
  const manager = await desk.as('manager');
  const path = `/patients/${desk.patientId}/access`;
  expect((await manager.get(path)).text).toContain(`href="${path}/letter"`);
  const letter = textOf((await manager.get(`${path}/letter`)).text, 'article');
  expect(letter).toMatch(/20 November 2026 at 9pm.*Receptionist.*Opened the patient’s page/s);
  expect(letter).toContain('It does not hold your health record');
});
