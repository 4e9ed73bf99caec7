import { randomUUID } from 'node:crypto';
import '../../support/registry.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lastKeyedBy, sheetsKeyed, sheetsToKeyAgain } from '../../../src/objections/piles/pile.ts';
import type { Sheet } from '../../../src/objections/piles/record-from-pile.ts';
import { colleague, manager, openScene, receptionist, type Scene, TODAY } from '../scene.ts';

let scene: Scene;
let pileId: string;
/** Each thing is done a minute after the one before. */
let minute: number;

beforeEach(async () => {
  minute = 0;
  scene = await openScene('1970-02-03', () => new Date(Date.UTC(2026, 10, 20, 10, minute++)));
  pileId = randomUUID();
  await open();
});
afterEach(() => scene.end());

const piles = () => scene.registry.services.piles;
const open = (different: object = {}) => {
  const pile = { practiceId: scene.practiceId, id: pileId, arrived: 3, receivedVia: 'letter' as const };
  return piles().open({ ...pile, receivedOn: TODAY, ...different }, receptionist);
};
const key = async (options: { sheet?: Sheet; by?: typeof receptionist; patientId?: string } = {}) => {
  const { sheet = 'next', by = receptionist, patientId = await scene.another('1980-01-01') } = options;
  const request = { ...scene.ask({ patientId }), requestId: randomUUID() };
  const done = await piles().record({ practiceId: scene.practiceId, request, pileId, sheet }, by);
  expect(done.ok).toBe(true);
  return request.requestId;
};
const requests = () => piles().requestsOf(scene.practiceId, pileId);
const sheets = async () => (await requests()).map(({ sheet }) => sheet);

test('each form is the next sheet; one that names several people is one sheet', async () => {
  await key();
  await key();
  await key({ sheet: 'last' });
  await key();
  expect(await sheets()).toEqual([1, 2, 2, 3]);
  expect(sheetsKeyed(await requests())).toBe(3);
});

test('of two people who key one pile, each has a last sheet of their own', async () => {
  await key();
  await key({ by: colleague });
  await key({ sheet: 'last' });
  expect(lastKeyedBy(await requests(), receptionist.id)?.sheet).toBe(1);
  expect(await sheets()).toEqual([1, 1, 2]);
});

test('the first form of a person is the next sheet, whatever they ticked', async () => {
  await key();
  await key({ by: colleague, sheet: 'last' });
  expect(await sheets()).toEqual([1, 2]);
});

describe('a mistake', () => {
  const mark = (requestId: string) =>
    piles().markFormInError({ practiceId: scene.practiceId, requestId, reason: 'A slip' }, receptionist);

  test('is not counted, and keyed again it takes its own place', async () => {
    await key();
    const wrong = await key();
    await key();
    expect(await mark(wrong)).toEqual({ ok: true });
    expect(sheetsKeyed(await requests())).toBe(2);
    expect(sheetsToKeyAgain(await requests())).toEqual([2]);
    await key({ sheet: { ofRequest: wrong } });
    expect(await sheets()).toEqual([1, 2, 2, 3]);
    expect(sheetsKeyed(await requests())).toBe(3);
    expect(sheetsToKeyAgain(await requests())).toEqual([]);
  });

  test('counts again when somebody answers that it was none', async () => {
    const wrong = await key();
    await mark(wrong);
    const about = { practiceId: scene.practiceId, actId: wrong, reason: 'It was right' };
    expect(await scene.objections.refuseError(about, manager)).toMatchObject({ ok: true });
    expect(sheetsKeyed(await requests())).toBe(1);
  });

  test('said twice is said once, and another practice’s is not there', async () => {
    const wrong = await key();
    await mark(wrong);
    expect(await mark(wrong)).toEqual({ ok: true });
    expect(await mark(randomUUID())).toEqual({ ok: false, reason: 'no-such-act' });
  });
});

test('an objection is not refused because its pile was closed meanwhile', async () => {
  const { practiceId } = scene;
  expect(await piles().close({ practiceId, id: pileId }, colleague)).toEqual({ ok: true });
  await key();
  expect(await piles().listOpen(practiceId)).toEqual([]);
  expect(await piles().listClosed(practiceId, 5)).toMatchObject([{ id: pileId, keyed: 1, arrived: 3 }]);
});

test('what cannot be recorded is not in the pile either', async () => {
  const request = { ...scene.ask({ receivedOn: '2026-11-21' }), requestId: randomUUID() };
  const done = await piles().record(
    { practiceId: scene.practiceId, request, pileId, sheet: 'next' },
    receptionist,
  );
  expect(done).toEqual({ ok: false, reason: 'received-in-future' });
  expect(await requests()).toEqual([]);
  const nowhere = await piles().record(
    {
      practiceId: scene.practiceId,
      request: { ...request, receivedOn: TODAY },
      pileId: randomUUID(),
      sheet: 'next',
    },
    receptionist,
  );
  expect(nowhere).toEqual({ ok: false, reason: 'no-such-pile' });
  expect(await scene.objections.ofPatient(scene.practiceId, scene.patientId)).toEqual([]);
});

test.each([
  [{ arrived: 0 }, 'not-a-count'],
  [{ arrived: 501 }, 'not-a-count'],
  [{ receivedOn: '2026-02-30' }, 'not-a-day'],
  [{ receivedOn: '2026-11-21' }, 'received-in-future'],
  [{ receivedVia: 'clinical-record' }, 'via-not-by-hand'],
])('a pile of %o is not opened: %s', async (different, reason) => {
  expect(await open({ id: randomUUID(), ...different })).toEqual({ ok: false, reason });
});

test('opened twice, it is one', async () => {
  await open({ arrived: 9 });
  expect(await piles().listOpen(scene.practiceId)).toMatchObject([{ id: pileId, arrived: 3 }]);
});
