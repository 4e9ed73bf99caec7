import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { digestOfMembers, linesBy } from '../../src/guard/members-digest.ts';
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

describe('what was done to releases behind the back of the app', () => {
  type Case = [what: string, tables: TableName[], work: (tx: Transaction) => Promise<unknown>, found: object];
  const here = () => ({ practiceId });

  test.each<Case>([
    [
      'a release is dropped',
      ['Release'],
      (tx) => tx.release.deleteMany({ where: { ...here(), status: 'failed' } }),
      { what: expect.stringMatching(/^the release that it speaks of is missing: [0-9a-f-]{36}$/) },
    ],
    [
      'a release is added that has no entry',
      ['Release'],
      async (tx) => {
        const [one] = await tx.release.findMany({ where: { ...here(), status: 'failed' } });
        if (one !== undefined)
          await tx.release.create({ data: { ...one, id: randomUUID(), startedIndex: null } });
      },
      { index: 0, what: 'before it there is a release without an entry' },
    ],
    [
      'an account is dropped',
      ['ReleaseAccount'],
      async (tx) => {
        const [one] = await tx.release.findMany({ where: { ...here(), kind: 'check' } });
        await tx.releaseAccount.deleteMany({ where: { releaseId: one?.id ?? '' } });
      },
      { what: 'the account of whose data left is missing' },
    ],
    [
      'an account is added',
      ['ReleaseAccount'],
      async (tx) => {
        const [one] = await tx.releaseAccount.findMany({ where: here() });
        if (one !== undefined) await tx.releaseAccount.create({ data: { ...one, releaseId: randomUUID() } });
      },
      { index: null, what: 'there are 5 accounts of releases, and 4 decisions' },
    ],
    [
      'somebody is taken out of an account, and its digest made to fit',
      ['ReleaseAccount'],
      async (tx) => {
        const [one] = await tx.releaseAccount.findMany({ where: here() });
        const { releaseId = '', salt = new Uint8Array(), unlisted = new Uint8Array() } = one ?? {};
        const members = Buffer.alloc(1);
        const digest = digestOfMembers(
          salt,
          members,
          unlisted,
          linesBy((ordinal) => patients[ordinal] ?? ''),
        );
        await tx.releaseAccount.updateMany({ where: { releaseId }, data: { members, digest } });
      },
      { what: 'the release is not what it says' },
    ],
    [
      'a running release is said to be complete',
      ['Release'],
      (tx) =>
        tx.release.updateMany({ where: { ...here(), status: 'started' }, data: { status: 'complete' } }),
      { what: 'the release that it speaks of has ended, and no entry says so' },
    ],
  ])('%s', async (_, tables, work, found) => {
    expect(await whileTampered(registry.services.database, verify, tables, work)).toMatchObject({
      ok: false,
      ...found,
    });
    expect(await verify()).toMatchObject({ ok: true });
  });
});
