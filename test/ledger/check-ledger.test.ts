import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { LedgerCheck } from '../../src/ledger/check-ledger.ts';
import type { Transaction } from '../../src/store/database.ts';
import { openRegistry, type Registry } from '../support/registry.ts';
import { anEventfulPractice } from './eventful-practice.ts';
import { aPractice, keepActs } from './history.ts';
import { keepRelease } from './keep-release.ts';
import { type TableName, whileTampered } from './tamper.ts';

const DAY = 86_400_000;
/** A day on which the first of the sevenths is read again: all entries here are in it. */
const firstShare = Date.UTC(2027, 0, 7, 6);
let now: Date;
let registry: Registry;
let practiceId: string;
let patients: readonly string[];
let last: LedgerCheck;

const nights = (count: number) => {
  now = new Date(now.getTime() + count * DAY);
};
const check = async () => {
  last = await registry.services.ledger.check(practiceId);
  return last.verified;
};
const here = () => ({ practiceId });

beforeAll(async () => {
  now = new Date(firstShare);
  registry = await openRegistry({}, { now: () => now });
  ({ practiceId, patients } = await anEventfulPractice(registry.services.database));
});

afterAll(() => registry.close());

beforeEach(async () => {
  now = new Date(firstShare);
  await registry.services.ledger.checkWhole(practiceId);
});

test('the day of the first share is the first of seven', () => {
  expect(Math.floor(firstShare / DAY) % 7).toBe(0);
});

test('a night goes on from the one before, over acts and releases of any kind; once a week it is the whole', async () => {
  const { database } = registry.services;
  const begin = await check();
  expect(begin).toMatchObject({ ok: true });
  expect(last).toMatchObject({ fromIndex: 34, wholeAt: new Date(firstShare), whyWhole: null });
  nights(1);
  const [one, , , , five] = patients as [string, string, string, string, string];
  await keepActs(database, practiceId, [{ kind: 'withdraw', receivedOn: '2020-01-01', patientId: one }]);
  await keepRelease(database, practiceId, { permitted: [five] });
  const found = await check();
  expect(last.fromIndex).toBe(34);
  // What is counted is counted from the beginning: a night that goes on says the same as one that does not.
  expect(found).toEqual(await registry.services.ledger.verify(practiceId));
  nights(5);
  await check();
  expect(last).toMatchObject({ fromIndex: 38, wholeAt: new Date(firstShare) });
  nights(1);
  expect(await check()).toMatchObject({ ok: true });
  expect(last).toMatchObject({ fromIndex: null, wholeAt: null, whyWhole: null });
});

describe('what was done behind the back of the app is found', () => {
  type Case = [what: string, tables: TableName[], work: (tx: Transaction) => Promise<unknown>, found: object];

  test.each<Case>([
    [
      'an entry is gone',
      ['LedgerLeaf', 'LedgerText'],
      async (tx) => {
        await tx.ledgerLeaf.deleteMany({ where: { ...here(), index: 4 } });
        await tx.ledgerText.deleteMany({ where: { ...here(), index: 4 } });
      },
      { index: 4, what: 'its leaf is missing' },
    ],
    [
      'an act is another',
      ['ObjectionAct'],
      (tx) => tx.objectionAct.updateMany({ where: { ...here(), ledgerIndex: 2 }, data: { note: 'another' } }),
      { index: 2, what: 'the act on an objection is not what it says' },
    ],
    [
      'an objection vanishes from the list',
      ['Objection'],
      (tx) => tx.objection.deleteMany({ where: { ...here(), patientId: patients[2] ?? '' } }),
      { what: 'the objection is missing from the list' },
    ],
    [
      'two patients change places',
      ['Patient'],
      async (tx) => {
        for (const [at, ordinal] of [
          [0, 100],
          [5, 0],
          [0, 5],
        ] as const)
          await tx.patient.updateMany({ where: { id: patients[at] ?? '' }, data: { ordinal } });
      },
      { what: 'whose data left does not have the digest that it names' },
    ],
    [
      'a release is gone, with its account',
      ['Release', 'ReleaseAccount'],
      async (tx) => {
        const one = await tx.release.findFirstOrThrow({
          where: { ...here(), status: 'complete', kind: 'release' },
        });
        await tx.releaseAccount.deleteMany({ where: { releaseId: one.id } });
        await tx.release.deleteMany({ where: { id: one.id } });
      },
      { what: expect.stringContaining('the release that it speaks of is missing') },
    ],
    [
      'an exemption goes on',
      ['Exemption'],
      (tx) => tx.exemption.updateMany({ where: here(), data: { state: 'approved', endedAt: null } }),
      { what: 'an exemption is not what the entries say' },
    ],
    [
      'a published checkpoint is another',
      ['PublishedCheckpoint'],
      async (tx) => {
        const [first] = await tx.publishedCheckpoint.findMany({ where: here() });
        const note = first?.note.replace(/\n1\n/, '\n2\n') ?? '';
        await tx.publishedCheckpoint.updateMany({
          where: { ...here(), day: first?.day ?? '' },
          data: { note },
        });
      },
      {},
    ],
    [
      'the head is another',
      ['LedgerHead'],
      (tx) => tx.ledgerHead.updateMany({ where: here(), data: { root: Buffer.alloc(32) } }),
      { what: 'the tree of all entries is not the one of the head' },
    ],
  ])('the same night: %s', async (_, tables, work, found) => {
    nights(1);
    const { database } = registry.services;
    expect(await whileTampered(database, check, tables, work)).toMatchObject({ ok: false, ...found });
    expect(last.whyWhole).toContain('does not fit');
    expect(await check()).toMatchObject({ ok: true });
    expect(last.fromIndex).not.toBeNull();
  });

  test.each<Case>([
    [
      'the text of an entry',
      ['LedgerText'],
      (tx) => tx.ledgerText.updateMany({ where: { ...here(), index: 1 }, data: { text: '{}' } }),
      { index: 1, what: 'its text or salt is not what the leaf commits to' },
    ],
    [
      'the counts of a release',
      ['Release'],
      (tx) => tx.release.updateMany({ where: { ...here(), kind: 'check' }, data: { countOut: 1 } }),
      { what: 'the release is not what it says' },
    ],
    [
      'whose data left',
      ['ReleaseAccount'],
      (tx) => tx.releaseAccount.updateMany({ where: here(), data: { members: Buffer.from([255]) } }),
      {},
    ],
  ])('within seven nights, when its share is read again: %s', async (_, tables, work, found) => {
    now = new Date(firstShare - 3 * DAY);
    await registry.services.ledger.checkWhole(practiceId);
    const threeNights = async () => {
      for (let night = 1; night < 3; night += 1) {
        nights(1);
        expect(await check(), `night ${night}`).toMatchObject({ ok: true });
        expect(last.fromIndex).not.toBeNull();
      }
      nights(1);
      return check();
    };
    const { database } = registry.services;
    expect(await whileTampered(database, threeNights, tables, work)).toMatchObject({ ok: false, ...found });
    expect(last.whyWhole).toContain('does not fit');
  });

  test('a changed mark makes it the whole, and is told of; one of another practice too', async () => {
    const { database } = registry.services;
    const other = await aPractice(database, 'B10001');
    await registry.services.ledger.checkWhole(other);
    nights(1);
    for (const work of [
      (tx: Transaction) =>
        tx.verificationMark.updateMany({ where: here(), data: { sealed: Buffer.alloc(99) } }),
      async (tx: Transaction) => {
        const { sealed } = await tx.verificationMark.findUniqueOrThrow({ where: { practiceId: other } });
        await tx.verificationMark.updateMany({ where: here(), data: { sealed } });
      },
    ]) {
      expect(await whileTampered(database, check, ['VerificationMark'], work)).toMatchObject({ ok: true });
      expect(last).toMatchObject({
        fromIndex: null,
        whyWhole: expect.stringContaining('was changed by somebody'),
      });
    }
  });

  test('an older mark, put back, only makes the check longer', async () => {
    const { database } = registry.services;
    const older = await database.reader.verificationMark.findUniqueOrThrow({ where: here() });
    nights(1);
    const { fromIndex } = await registry.services.ledger.check(practiceId);
    await keepActs(database, practiceId, [
      { kind: 'record', receivedOn: '2021-01-01', patientId: patients[0] ?? '' },
    ]);
    await check();
    await database.write((tx) =>
      tx.verificationMark.update({ where: here(), data: { sealed: older.sealed } }),
    );
    expect(await check()).toMatchObject({ ok: true });
    expect(last.fromIndex).toBe(fromIndex);
  });
});
