import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import '../support/registry.ts';
import { aPatient } from '../support/factories.ts';
import type { Agent } from '../support/log-in.ts';
import { type Desk, locationOf, openDesk } from '../web/pages/objections/desk.ts';

let desk: Desk;
let pileId: string;

beforeEach(async () => {
  desk = await openDesk();
  pileId = randomUUID();
  const { practice, receptionist } = desk.practice;
  const told = { receivedVia: 'letter', receivedOn: '2026-11-02' } as const;
  const by = { kind: 'staff', id: receptionist.id } as const;
  await desk.services.piles.open({ practiceId: practice.id, id: pileId, arrived: 2, ...told }, by);
});
afterEach(() => desk.end());

const filled = { types: ['type-1'], requester: 'patient', identityChecked: 'signature' };
/** Fills the form of the pile, as far as the check, which is open and not pressed. */
async function upToCheck(agent: Agent) {
  const form = locationOf(await agent.submit(`/piles/${pileId}`, { nhsNumber: aPatient(0).nhsNumber }));
  const path = locationOf(await agent.submit(form, filled));
  return { path, page: await agent.get(path) };
}
const kinds = async () =>
  (await desk.services.objections.ofPatient(desk.practice.practice.id, desk.patientId)).map(
    ({ kind }) => kind,
  );
const kept = () => desk.services.piles.requestsOf(desk.practice.practice.id, pileId);

test('peers fault 12: pressed twice at once and once more, a form is one objection, once in its pile', async () => {
  const agent = await desk.as('receptionist');
  const { path, page } = await upToCheck(agent);
  const answers = await Promise.all([agent.submitPage(page, path), agent.submitPage(page, path)]);
  answers.push(await agent.submitPage(page, path));
  expect(answers.map(({ status }) => status)).toEqual([303, 303, 303]);
  expect(new Set(answers.map(locationOf)).size).toBe(1);
  expect(locationOf(answers[0] ?? { headers: {} })).toContain(`/piles/${pileId}?saved=`);
  expect(await kinds()).toEqual(['record']);
  expect(await kept()).toHaveLength(1);
});

test('peers fault 12: two receptionists with one patient at once make one objection, both in the pile', async () => {
  const [one, other] = [await desk.as('receptionist'), await desk.as('manager')];
  const [first, second] = [await upToCheck(one), await upToCheck(other)];
  const answers = await Promise.all([
    one.submitPage(first.page, first.path),
    other.submitPage(second.page, second.path),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([303, 303]);
  expect(await kinds()).toEqual(['record', 'confirm']);
  expect((await desk.services.objections.list(desk.practice.practice.id, { limit: 9 })).total).toBe(1);
  expect((await kept()).map(({ sheet }) => sheet)).toEqual([1, 2]);
});
