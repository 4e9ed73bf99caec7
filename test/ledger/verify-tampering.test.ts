import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commitmentOf } from '../../src/ledger/entry.ts';
import type { Transaction } from '../../src/store/database.ts';
import { openRegistry, type Registry } from '../support/registry.ts';
import { anEventfulPractice } from './eventful-practice.ts';
import { type TableName, whileTampered } from './tamper.ts';

let registry: Registry;
let practiceId: string;
let patients: readonly string[];

const verify = () => registry.services.ledger.verify(practiceId);

beforeAll(async () => {
  registry = await openRegistry();
  ({ practiceId, patients } = await anEventfulPractice(registry.services.database));
});

afterAll(() => registry.close());

describe('what was done behind the back of the app', () => {
  type Case = [what: string, tables: TableName[], work: (tx: Transaction) => Promise<unknown>, found: object];
  const here = () => ({ practiceId });

  test.each<Case>([
    [
      'a leaf is dropped',
      ['LedgerLeaf'],
      (tx) => tx.ledgerLeaf.deleteMany({ where: { ...here(), index: 4 } }),
      { index: 4, what: 'its leaf is missing' },
    ],
    [
      'a text is dropped',
      ['LedgerText'],
      (tx) => tx.ledgerText.deleteMany({ where: { ...here(), index: 0 } }),
      { index: 0, what: 'its text is missing' },
    ],
    [
      'the last entry is dropped',
      ['LedgerLeaf', 'LedgerText'],
      async (tx) => {
        await tx.ledgerLeaf.deleteMany({ where: { ...here(), index: 33 } });
        await tx.ledgerText.deleteMany({ where: { ...here(), index: 33 } });
      },
      { index: 33, what: 'the head counts 34 entries, there are 33' },
    ],
    [
      'two entries change places',
      ['LedgerLeaf', 'LedgerText'],
      async (tx) => {
        for (const [from, to] of [
          [2, 100],
          [3, 2],
          [100, 3],
        ] as const) {
          await tx.ledgerLeaf.updateMany({ where: { ...here(), index: from }, data: { index: to } });
          await tx.ledgerText.updateMany({ where: { ...here(), index: from }, data: { index: to } });
        }
      },
      { index: 2, what: 'its text says that it is entry 3' },
    ],
    [
      'an entry is written anew, with a leaf that fits',
      ['LedgerLeaf', 'LedgerText'],
      async (tx) => {
        const [kept] = await tx.ledgerText.findMany({ where: { ...here(), index: 1 } });
        const text = (kept?.text ?? '').replace('"added":6', '"added":5');
        const commitment = Buffer.from(commitmentOf(kept?.salt ?? new Uint8Array(), text));
        await tx.ledgerText.updateMany({ where: { ...here(), index: 1 }, data: { text } });
        await tx.ledgerLeaf.updateMany({ where: { ...here(), index: 1 }, data: { commitment } });
      },
      { index: 6, what: 'the ledger before it is not the one that it was decided on' },
    ],
    [
      'an act is dropped',
      ['ObjectionAct'],
      (tx) => tx.objectionAct.deleteMany({ where: { ...here(), ledgerIndex: 3 } }),
      { index: 3, what: 'the act on an objection that it speaks of is missing' },
    ],
    [
      'an act is added that has no entry',
      ['ObjectionAct'],
      async (tx) => {
        const [act] = await tx.objectionAct.findMany({ where: { ...here(), ledgerIndex: 2 } });
        if (act !== undefined)
          await tx.objectionAct.create({ data: { ...act, id: randomUUID(), ledgerIndex: 34 } });
      },
      { index: 34, what: 'an act on an objection refers to it, and there is no such entry' },
    ],
    [
      'an act is added beside the entry of something else',
      ['ObjectionAct'],
      async (tx) => {
        const [act] = await tx.objectionAct.findMany({ where: { ...here(), ledgerIndex: 2 } });
        if (act !== undefined)
          await tx.objectionAct.create({ data: { ...act, id: randomUUID(), ledgerIndex: 1 } });
      },
      { index: 1, what: 'an act on an objection refers to it, and it speaks of something else' },
    ],
    [
      'an objection vanishes from the list',
      ['Objection'],
      (tx) => tx.objection.deleteMany({ where: { ...here(), patientId: patients[0] ?? '' } }),
      { index: 2, what: 'the objection is missing from the list' },
    ],
    [
      'an objection is on the list of which nobody spoke',
      ['Objection'],
      async (tx) => {
        const [one] = await tx.objection.findMany({ where: here() });
        if (one !== undefined) {
          await tx.objection.create({ data: { ...one, id: randomUUID(), patientId: patients[5] ?? '' } });
        }
      },
      { index: null },
    ],
    [
      'a patient hides from the guard that they objected',
      ['Patient'],
      (tx) => tx.patient.updateMany({ where: { id: patients[0] ?? '' }, data: { changedAtIndex: 1 } }),
      { index: 2, what: 'the patient does not show that it happened' },
    ],
    [
      'a patient is dropped',
      ['Patient'],
      (tx) => tx.patient.deleteMany({ where: { id: patients[2] ?? '' } }),
      { index: null, what: 'no patient has ordinal 2, or two have' },
    ],
    [
      'two patients change places',
      ['Patient'],
      async (tx) => {
        for (const [at, ordinal] of [
          [0, 100],
          [5, 0],
          [0, 5],
        ] as const) {
          await tx.patient.updateMany({ where: { id: patients[at] ?? '' }, data: { ordinal } });
        }
      },
      { what: 'whose data left does not have the digest that it names' },
    ],
    [
      'the head is dropped',
      ['LedgerHead'],
      (tx) => tx.ledgerHead.deleteMany({ where: here() }),
      { what: 'the head is missing' },
    ],
  ])('%s', async (_, tables, work, found) => {
    expect(await whileTampered(registry.services.database, verify, tables, work)).toMatchObject({
      ok: false,
      ...found,
    });
    expect(await verify()).toMatchObject({ ok: true });
  });
});
