import { afterEach, beforeEach, expect, test } from 'vitest';
import '../support/registry.ts';
import { formWordings, wordingOf } from '../../src/objections/form-wordings.ts';
import { readPage, textOf } from '../support/page.ts';
import { type Desk, openDesk } from '../web/pages/objections/desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.end());

test('peers fault 22: an old record shows the wording that was in force when the form came', async () => {
  const manager = await desk.as('manager');
  const told = { receivedVia: 'type-1-form' } as const;
  const old = await desk.recorded({ ...told, receivedOn: '2022-03-04' });
  const recent = await desk.recorded({ ...told, receivedOn: '2026-11-19' });
  const letter = await desk.recorded({ receivedVia: 'letter', receivedOn: '2026-11-19' });
  const wordingFrom = async (actId: string) => {
    const receipt = await manager.get(`/objections/receipts/${actId}`);
    const links = [...readPage(receipt.text).querySelectorAll('main a')];
    const href = links.find(({ textContent }) => textContent.startsWith('Wording'))?.getAttribute('href');
    return href ? textOf((await manager.get(href)).text, 'main') : undefined;
  };
  expect(await wordingFrom(old)).toContain('I do not allow my identifiable patient data to be shared');
  expect(await wordingFrom(recent)).toContain(
    'I object. Data that identifies me is not to leave the practice',
  );
  expect(await wordingFrom(letter)).toBeUndefined();
  expect((await manager.get('/forms/type-1?version=none')).status).toBe(404);
});

test('peers fault 22: a wording to come changes nothing of what was received before it', () => {
  const received = { receivedVia: 'type-1-form', receivedOn: '2026-11-19' };
  const [first] = formWordings;
  if (first === undefined) throw new Error('there are no wordings');
  const later = [...formWordings, { ...first, id: 'to-come', from: '2027-01-01' }];
  expect(wordingOf(received, later)).toEqual(wordingOf(received));
  expect(wordingOf({ ...received, receivedOn: '2027-01-01' }, later)?.id).toBe('to-come');
});
