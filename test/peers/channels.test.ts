import { afterEach, beforeEach, expect, test } from 'vitest';
import '../support/registry.ts';
import { readPage } from '../support/page.ts';
import { type Desk, errorsOf, openDesk } from '../web/pages/objections/desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.end());

test('peers fault 17: nobody chooses by hand what only the clinical record can say', async () => {
  const agent = await desk.as('manager');
  const body = {
    types: 'type-1',
    requester: 'patient',
    identityChecked: 'photo-id',
    receivedVia: 'clinical-record',
  };
  const day = { 'receivedOn-day': '2', 'receivedOn-month': '11', 'receivedOn-year': '2026' };
  for (const path of [`/objections/new?patient=${desk.patientId}`, '/piles']) {
    const page = await agent.get(path);
    const choices = [...readPage(page.text).querySelectorAll('[name=receivedVia]')].map((one) =>
      one.getAttribute('value'),
    );
    expect(choices).toContain('online-form');
    expect(choices).not.toContain('clinical-record');
    const _csrf = readPage(page.text).querySelector('[name=_csrf]')?.getAttribute('value');
    const id = readPage(page.text).querySelector('main [name=id]')?.getAttribute('value');
    const answer = await agent.post(path, { ...body, ...day, arrived: '3', id, _csrf });
    expect(answer.status).toBe(400);
    expect(errorsOf(answer)).toEqual([['#receivedVia', expect.stringMatching(/^Select how/)]]);
  }
  // Nor past the page: the command itself refuses it.
  expect(await desk.recorded({ receivedVia: 'clinical-record' })).toBe('');
});

test('peers fault 17: what a job does is never written down as somebody’s, nor the other way round', async () => {
  await desk.recorded();
  const acts = await desk.services.objections.ofPatient(desk.practice.practice.id, desk.patientId);
  expect(acts.map(({ actor }) => actor)).toEqual([{ kind: 'staff', id: desk.practice.receptionist.id }]);
});
