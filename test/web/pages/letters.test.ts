import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import '../../support/registry.ts';
import type { Agent } from '../../support/log-in.ts';
import { readPage, textOf } from '../../support/page.ts';
import { type Desk, locationOf, openDesk } from './objections/desk.ts';

let desk: Desk;
let reception: Agent;
let minute: number;
beforeEach(async () => {
  minute = 0;
  desk = await openDesk(() => new Date(Date.UTC(2026, 10, 20, 10, 0, minute++)));
  reception = await desk.as('receptionist');
});
afterEach(() => desk.end());

const letters = async (path = '/letters') => {
  const { text } = await reception.get(path);
  return [...readPage(text).querySelectorAll('.app-letter')].map((one) =>
    one.textContent.replace(/\s+/g, ' ').trim(),
  );
};
const change = (patientId: string, data: object) =>
  desk.services.database.write((tx) => tx.patient.update({ where: { id: patientId }, data }));

test('a letter says what was recorded on which day, with the code, and what it does not stop', async () => {
  await change(desk.patientId, { address: '1 Mill Lane, Leeds', postcode: 'LS1 4AP' });
  const act = await desk.recorded({ receivedOn: '2026-11-02' });
  const receipt = await reception.get(`/objections/receipts/${act}`);
  const code = textOf(receipt.text, '.app-code');
  const [letter = ''] = await letters();
  expect(letter).toContain('Ms Ada Lovelace');
  expect(letter).toMatch(/1 Mill Lane ?Leeds ?LS1 4AP/);
  expect(letter).toContain('Dear Ms Lovelace');
  expect(letter).toContain('We have recorded your type 1 objection. You told us on 2 November 2026.');
  expect(letter).toContain('Recorded on 20 November 2026.');
  expect(letter).toContain(code);
  expect(letter).toContain('Your care is not affected.');
  expect(letter).toContain('what has left already: it is not called back');
  expect(letter).toContain('0300 303 5678');
});

test('printed, they are noted as sent; what was recorded after they were printed still waits', async () => {
  await desk.recorded();
  const page = await reception.get('/letters');
  await desk.withdrawn({ receivedOn: '2026-11-19' });
  const other = await desk.another('1980-01-01');
  await desk.recorded({ patientId: other });
  expect(locationOf(await reception.submitPage(page, '/letters'))).toBe('/letters');
  const left = await letters();
  expect(left).toHaveLength(2);
  expect(left.join()).toContain('We have recorded that you withdrew your type 1 objection');
  expect(left.join()).not.toContain(
    'You told us on 2 November 2026. Recorded on 20 November 2026. Reference We',
  );
});

test('a type 2 objection of today has no national effect, and the letter says so', async () => {
  await desk.recorded({ types: ['type-2'] });
  expect((await letters())[0]).toMatch(/type 2 objection has no national effect/);
});

test('of a pile, only its own; to a child’s parent; not to the dead, nor where no address is known', async () => {
  await desk.recorded();
  const child = await desk.another('2019-05-05');
  const dead = await desk.another('1930-01-01');
  const nowhere = await desk.another('1950-01-01');
  await change(dead, { dateOfDeath: '2026-11-03' });
  await change(nowhere, { address: null, postcode: null });
  const practiceId = desk.practice.practice.id;
  const by = { kind: 'staff', id: desk.practice.receptionist.id } as const;
  const pileId = randomUUID();
  const told = { receivedVia: 'letter', receivedOn: '2026-11-02' } as const;
  await desk.services.piles.open({ practiceId, id: pileId, arrived: 3, ...told }, by);
  for (const patientId of [child, dead, nowhere]) {
    const request = {
      ...told,
      patientId,
      types: ['type-1'],
      requester: 'patient',
      requestId: randomUUID(),
    } as const;
    await desk.services.piles.record({ practiceId, request, pileId, sheet: 'next' }, by);
  }
  const path = `/letters?pile=${pileId}`;
  const page = await reception.get(path);
  expect(textOf(page.text, 'main')).toMatch(/LOVELACE, Ada \(Ms\): died/);
  expect(textOf(page.text, 'main')).toMatch(/LOVELACE, Ada \(Ms\): no address is known/);
  expect(await letters(path)).toEqual([expect.stringContaining('To the parent or guardian of')]);
  expect(locationOf(await reception.submitPage(page, path))).toBe(`/piles/${pileId}`);
  expect(await letters(path)).toEqual([]);
  expect(await letters()).toHaveLength(1);
});

test('what was entered in error is not written about', async () => {
  const act = await desk.recorded();
  await reception.submit(`/objections/acts/${act}/error`, { reason: 'Another patient' });
  const manager = await desk.as('manager');
  await manager.submit(`/objections/acts/${act}/error/answer`, { answer: 'confirm', reason: 'It was' });
  expect(await letters()).toEqual([]);
});

test('a form to print has what the practice knows, for the patient and for who asks for them, or nothing', async () => {
  const filled = await reception.get(`/forms/type-1?patient=${desk.patientId}`);
  expect(textOf(filled.text, '.app-letter')).toMatch(/Ada .*Lovelace .*3 February 1970 .*999 0/);
  expect(textOf(filled.text, '.app-letter')).toContain('I object. Data that identifies me');
  const proxy = await reception.get(`/forms/type-1?patient=${desk.patientId}&for=proxy`);
  expect(textOf(proxy.text, '.app-letter')).toMatch(
    /Who asks for the patient.*I object for the patient named above/,
  );
  const empty = await reception.get('/forms/type-1');
  expect(textOf(empty.text, '.app-letter')).not.toMatch(/Lovelace/);
  expect(textOf(empty.text, '.app-letter')).toContain('Form registry-2026-11');
});
