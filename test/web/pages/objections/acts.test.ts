import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import '../../../support/registry.ts';
import { textOf } from '../../../support/page.ts';
import { type Desk, errorsOf, locationOf, openDesk, valuesOf } from './desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.end());

const row = async (type = 'type-1') => {
  const found = await desk.services.database.reader.objection.findFirst({
    where: { practiceId: desk.practiceId, type },
  });
  if (found === null) throw new Error('no such objection');
  return found;
};
const atPatient = (answer: { headers: Record<string, string> }) =>
  expect(locationOf(answer)).toBe(`/patients/${desk.patientId}`);

describe('entered in error', () => {
  test('one asks, another confirms, and only then it stops counting', async () => {
    const page = `/objections/acts/${await desk.recorded()}/error`;
    const reception = await desk.as('receptionist');
    expect(textOf((await reception.get(page)).text, 'main')).toMatch(
      /goes on working until a manager or guardian/,
    );
    atPatient(await reception.submit(page, { reason: 'It was her sister' }));
    expect(await row()).toMatchObject({ status: 'in-force', errorsToConfirm: 1 });
    expect(textOf((await reception.get(page)).text, 'main')).toContain('waits for a second person');

    const manager = await desk.as('manager');
    const shown = await manager.get(`${page}/answer`);
    expect(textOf(shown.text, 'main')).toContain('“It was her sister”');
    expect(textOf(shown.text, '.app-patient')).toContain('LOVELACE, Ada');
    atPatient(await manager.submit(`${page}/answer`, { answer: 'confirm', reason: 'Seen the form' }));
    expect(await row()).toMatchObject({ status: 'in-error' });
  });

  test('refused, it goes on counting', async () => {
    const page = `/objections/acts/${await desk.recorded()}/error`;
    await (await desk.as('receptionist')).submit(page, { reason: 'It was her sister' });
    const guardian = await desk.as('guardian');
    atPatient(await guardian.submit(`${page}/answer`, { answer: 'refuse', reason: 'It was her' }));
    expect(await row()).toMatchObject({ status: 'in-force', errorsToConfirm: 0 });
    expect(textOf((await guardian.get(`${page}/answer`)).text, 'main')).toContain(
      'Nobody waits for an answer',
    );
  });

  test('who asked finds no form to confirm with, and cannot send one', async () => {
    const page = `/objections/acts/${await desk.recorded()}/error`;
    const manager = await desk.as('manager');
    const [other] = [await desk.as('guardian')];
    await manager.submit(page, { reason: 'A slip' });
    const shown = await manager.get(`${page}/answer`);
    expect(textOf(shown.text, 'main')).toContain('somebody else has to confirm it');
    const answer = await other.get(`${page}/answer`);
    expect(textOf(answer.text, 'main form')).not.toBe('');
    const token = valuesOf(await manager.get('/objections/taken-in'), true)._csrf;
    const sent = await manager.post(`${page}/answer`, { answer: 'confirm', reason: 'me', _csrf: token });
    expect(sent.status).toBe(400);
    expect(await row()).toMatchObject({ status: 'in-force', errorsToConfirm: 1 });
  });

  test('a withdrawal in error stops counting at once', async () => {
    await desk.recorded();
    const page = `/objections/acts/${await desk.withdrawn({ receivedOn: '2026-11-19' })}/error`;
    const reception = await desk.as('receptionist');
    expect(textOf((await reception.get(page)).text, 'main')).toContain('stops counting at once');
    await reception.submit(page, { reason: 'Another patient' });
    expect(await row()).toMatchObject({ status: 'in-force' });
  });

  test('what is missing is said, what was typed is kept', async () => {
    const page = `/objections/acts/${await desk.recorded()}/error`;
    const reception = await desk.as('receptionist');
    const empty = await reception.submit(page, { reason: '  ' });
    expect([empty.status, errorsOf(empty)]).toEqual([
      400,
      [['#reason', 'Enter why it was entered in error']],
    ]);
    await reception.submit(page, { reason: 'A slip' });
    const manager = await desk.as('manager');
    const half = await manager.submit(`${page}/answer`, { reason: 'Seen the form' });
    expect(errorsOf(half)).toEqual([['#answer', 'Select whether it was entered in error']]);
    expect(valuesOf(half)).toMatchObject({ reason: ['Seen the form'] });
  });

  test('is nobody’s to confirm at the desk, and not there for what is not there', async () => {
    const id = await desk.recorded();
    const reception = await desk.as('receptionist');
    expect((await reception.get(`/objections/acts/${id}/error/answer`)).status).toBe(403);
    expect((await reception.get(`/objections/acts/${randomUUID()}/error`)).status).toBe(404);
    expect((await reception.get('/objections/acts/x/error')).status).toBe(404);
  });
});

describe('settling', () => {
  test('a manager says which word was the last, and how that is known', async () => {
    await desk.recorded({ receivedOn: '2026-11-02' });
    await desk.withdrawn({ receivedOn: '2026-11-02' });
    const page = `/objections/${(await row()).id}/settle`;
    const manager = await desk.as('manager');
    const shown = await manager.get(page);
    expect(textOf(shown.text, 'main')).toContain('on the same day, 2 November 2026');
    const empty = await manager.submitPage(shown, page);
    expect(errorsOf(empty)).toEqual([
      ['#answer', 'Select which word was the last'],
      ['#reason', 'Enter how this is known'],
    ]);
    atPatient(await manager.submit(page, { answer: 'withdrawal', reason: 'She rang again' }));
    expect(await row()).toMatchObject({ status: 'withdrawn', needsSettling: false });
    expect(textOf((await manager.get(page)).text, 'main')).toContain('nothing to settle');
  });

  test('something recorded meanwhile is shown before it can be settled', async () => {
    await desk.recorded({ receivedOn: '2026-11-02' });
    await desk.withdrawn({ receivedOn: '2026-11-02' });
    const page = `/objections/${(await row()).id}/settle`;
    const manager = await desk.as('manager');
    const shown = await manager.get(page);
    await desk.recorded({ receivedOn: '2026-11-02', receivedVia: 'letter' });
    const answer = await manager.submitPage(shown, page, { answer: 'withdrawal', reason: 'She rang' });
    expect(errorsOf(answer)[0]?.[1]).toContain('look again');
    expect(textOf(answer.text, 'main')).toContain('Letter');
    expect(valuesOf(answer)).toMatchObject({ answer: ['withdrawal'], reason: ['She rang'] });
    expect(await row()).toMatchObject({ status: 'in-force' });
    atPatient(await manager.submitPage(answer, page));
    expect(await row()).toMatchObject({ status: 'withdrawn' });
  });

  test('is the manager’s', async () => {
    await desk.recorded();
    const page = `/objections/${(await row()).id}/settle`;
    for (const role of ['receptionist', 'guardian', 'monitor'] as const)
      expect((await (await desk.as(role)).get(page)).status).toBe(403);
  });
});

describe('deciding', () => {
  test.each([
    ['stands', 'in-force'],
    ['lifted', 'not-upheld'],
  ])('the guardian says that it %s: %s', async (answer, status) => {
    const child = await desk.another('2016-05-01');
    const page = `/objections/acts/${await desk.recorded({ patientId: child })}/decision`;
    const guardian = await desk.as('guardian');
    expect(locationOf(await guardian.submit(page, { answer, reason: 'Talked to both' }))).toBe(
      `/patients/${child}`,
    );
    expect(await row()).toMatchObject({ status, needsDecision: false });
    expect((await (await desk.as('manager')).get(page)).status).toBe(403);
  });
});

describe('telling about the national opt-out', () => {
  test('anybody at the desk ticks it off', async () => {
    await desk.recorded({ types: ['type-2'] });
    const page = `/objections/${(await row('type-2')).id}/national-opt-out`;
    const reception = await desk.as('receptionist');
    expect(textOf((await reception.get(page)).text, 'main')).toMatch(
      /your-nhs-data-matters.*NHS App.*0300 303 5678/,
    );
    atPatient(await reception.submit(page));
    expect(await row('type-2')).toMatchObject({ tellNational: false, status: 'in-force' });
    expect(textOf((await reception.get(page)).text, 'main')).toContain('was told');
  });
});
