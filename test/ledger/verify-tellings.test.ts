import { afterAll, beforeAll, expect, test } from 'vitest';
import { changePractice } from '../../src/store/practice-change.ts';
import { openRegistry, type Registry } from '../support/registry.ts';
import { aPractice, receptionist, takeInPatients, tick } from './history.ts';
import { keepTellings } from './keep-tellings.ts';
import { table, whileTampered } from './tamper.ts';

let registry: Registry;
let practiceId: string;
let patientId: string;
const verify = () => registry.services.ledger.verify(practiceId);

beforeAll(async () => {
  registry = await openRegistry();
  const { database } = registry.services;
  practiceId = await aPractice(database, 'T10001');
  const [first = ''] = await takeInPatients(database, practiceId, 1);
  patientId = first;
  await keepTellings(database, practiceId, [{ patientId, outcome: 'sent' }]);
});
afterAll(() => {
  registry.leaveBroken('the last test adds an entry of a telling that there is not');
  return registry.close();
});

test('a telling that was taken away is missed', async () => {
  expect(await verify()).toMatchObject({ ok: true, checked: { tellings: 1 } });
  const verified = await whileTampered(registry.services.database, verify, ['ToldAct'], async (tx) => {
    await table(tx, 'ToldAct').deleteMany({ where: { practiceId } });
  });
  expect(verified).toMatchObject({
    ok: false,
    what: 'the telling of a patient that it speaks of is missing',
  });
});

test('a telling without an entry of its own is found', async () => {
  const verified = await whileTampered(registry.services.database, verify, ['ToldAct'], async (tx) => {
    const [row] = await table(tx, 'ToldAct').findMany({ where: { practiceId } });
    await table(tx, 'ToldAct').createMany({ data: [{ ...row, id: 'another', ledgerIndex: 99 }] });
  });
  expect(verified).toMatchObject({
    ok: false,
    index: 99,
    what: 'the telling of a patient refers to it, and there is no such entry',
  });
});

test('an entry without its telling is found', async () => {
  await changePractice(registry.services.database, practiceId, async ({ append }) => {
    append('patient-told', receptionist, { patient: patientId }, tick());
  });
  expect(await verify()).toMatchObject({
    ok: false,
    what: 'the telling of a patient that it speaks of is missing',
  });
});
