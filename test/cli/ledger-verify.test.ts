import { afterAll, beforeAll, expect, test } from 'vitest';
import { anEventfulPractice } from '../ledger/eventful-practice.ts';
import { aPractice } from '../ledger/history.ts';
import { behindTheBack } from '../ledger/tamper.ts';
import { commandLine } from '../support/command-line.ts';
import { openRegistry, type Registry } from '../support/registry.ts';

let registry: Registry;
let practiceId: string;

beforeAll(async () => {
  registry = await openRegistry();
  const { database } = registry.services;
  ({ practiceId } = await anEventfulPractice(database));
  await aPractice(database, 'B10001');
});

afterAll(() => registry.close());

const verify = (...args: string[]) => commandLine(registry.env, 'ledger', 'verify', ...args);

test('all practices: says what was checked, and exits 0', async () => {
  expect(await verify()).toEqual({
    exit: 0,
    said: [
      'A10001: the ledger holds. Checked 34 entries, 6 patients, 9 objection acts, 4 objections, 1 exemptions, 2 consent acts, 2 tellings, 0 wordings, 4 releases, 1 checks, 4 accounts, 1 checkpoints, 0 registers.',
      'B10001: the ledger holds. Checked 1 entries, 0 patients, 0 objection acts, 0 objections, 0 exemptions, 0 consent acts, 0 tellings, 0 wordings, 0 releases, 0 checks, 0 accounts, 1 checkpoints, 0 registers.',
    ],
    complaints: [],
  });
});

test('one practice', async () => {
  expect(await verify('--practice', 'B10001')).toMatchObject({
    exit: 0,
    said: [expect.stringContaining('B10001')],
  });
});

test('wrong usage exits 2 and says what is right', async () => {
  expect(await verify('--practise', 'B10001')).toMatchObject({
    exit: 2,
    said: [],
    complaints: [expect.stringContaining('--practice ODS')],
  });
  expect(await verify('everything')).toMatchObject({ exit: 2 });
  expect(await verify('--practice', 'C99999')).toMatchObject({
    exit: 2,
    complaints: ['There is no practice C99999.'],
  });
});

test('a fault exits 1, names the first entry, and the other practices are looked at all the same', async () => {
  const { database } = registry.services;
  const set = (receivedOn: string) =>
    behindTheBack(database, (tx) =>
      tx.objectionAct.updateMany({ where: { practiceId, ledgerIndex: 2 }, data: { receivedOn } }),
    );
  await set('2016-03-02');
  expect(await verify()).toEqual({
    exit: 1,
    said: [expect.stringContaining('B10001: the ledger holds.')],
    complaints: ['A10001: the ledger does not hold. entry 2: the act on an objection is not what it says.'],
  });
  await set('2016-03-01');
  expect(await verify()).toMatchObject({ exit: 0 });
});
