import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openRegistry, type Registry } from '../support/registry.ts';
import { anEventfulPractice } from './eventful-practice.ts';
import { changed, type Row, type TableName, table, whileTampered } from './tamper.ts';

let registry: Registry;
let practiceId: string;

const verify = () => registry.services.ledger.verify(practiceId);

beforeAll(async () => {
  registry = await openRegistry();
  ({ practiceId } = await anEventfulPractice(registry.services.database));
});

afterAll(() => registry.close());

test('a ledger that nobody touched holds, and says what was checked', async () => {
  expect(await verify()).toEqual({
    ok: true,
    checked: {
      entries: 34,
      patients: 6,
      objectionActs: 9,
      objections: 4,
      exemptions: 1,
      consentActs: 2,
      tellings: 2,
      wordings: 0,
      releases: 4,
      checks: 1,
      accounts: 4,
      checkpoints: 1,
      registers: 0,
    },
  });
});

describe('a change of any value', () => {
  /** Columns of which the ledger says nothing, and why. */
  const notDerived: Partial<Record<TableName, readonly string[]>> = {
    LedgerHead: ['touched'],
    // The clinical system has the facts about patients; the list is taken in from there again and again.
    Patient: [
      ...[
        'nhsNumber',
        'title',
        'givenName',
        'familyName',
        'givenNameKey',
        'familyNameKey',
        'dateOfBirth',
        'gender',
      ],
      ...['address', 'postcode', 'dateOfDeath', 'status', 'restricted', 'leftOn', 'addedAt'],
      ...['mobile', 'email', 'noMail', 'language', 'contactFormat', 'carerName'],
      // May be later than the last act, never earlier: below.
      'changedAtIndex',
    ],
    // Work lists that are ticked off, and an id that nothing refers to.
    Objection: [
      ...['id', 'tellNational', 'toldNationalAt', 'toldNationalBy', 'changedAtIndex'],
      ...['codedAs', 'codedSeenAt', 'acknowledgeSince', 'acknowledgedAt', 'acknowledgedBy'],
    ],
    PersonLink: ['practiceId', 'reason'],
    Release: ['leaseUntil'],
    // Whether the key can be opened is looked at by /health/ready; it made the signatures in any case.
    SigningKey: ['sealed', 'madeAt'],
    // Days when something was published are known to whoever fetched it.
    PublishedCheckpoint: ['practiceId', 'day', 'at'],
  };
  const tables: TableName[] = [
    ...(['LedgerHead', 'LedgerLeaf', 'LedgerText', 'Patient', 'PersonLink'] as const),
    ...([
      'ObjectionAct',
      'Objection',
      'Release',
      'ReleaseAccount',
      'ConsentAct',
      'ToldAct',
      'Exemption',
    ] as const),
    ...(['SigningKey', 'PublishedCheckpoint'] as const),
  ];

  test.each(tables)('in %s is found', { timeout: 120_000 }, async (name) => {
    const { reader } = registry.services.database;
    const rows = await table(reader, name).findMany({ where: {} });
    const columns = Object.keys(rows[0] ?? {}).filter((column) => !notDerived[name]?.includes(column));
    expect(columns.length).toBeGreaterThan(1);
    for (const column of columns) {
      const row = rows.findLast((one) => one[column] !== null);
      expect(row, `${column} is empty in every row`).toBeDefined();
      const value = row?.[column] ?? null;
      const verified = await whileTampered(registry.services.database, verify, [name], async (tx) => {
        const { count } = await table(tx, name).updateMany({
          where: sameKey(name, row ?? {}),
          data: { [column]: changed(value) },
        });
        expect(count).toBe(1);
      });
      expect(verified, `${name}.${column}`).toMatchObject({ ok: false });
      const index = row?.index ?? row?.ledgerIndex;
      if (index !== undefined) expect(verified, `${name}.${column}`).toMatchObject({ index });
    }
    expect(await verify()).toMatchObject({ ok: true });
  });
});

/** Finds a row again by what makes it unique. */
function sameKey(name: TableName, row: Row): Row {
  const keys: Record<string, readonly string[]> = {
    LedgerHead: ['practiceId'],
    LedgerLeaf: ['practiceId', 'index'],
    LedgerText: ['practiceId', 'index'],
    ReleaseAccount: ['releaseId'],
    SigningKey: ['verifier'],
    PublishedCheckpoint: ['practiceId', 'day'],
  };
  return Object.fromEntries((keys[name] ?? ['id']).map((key) => [key, row[key] ?? null]));
}
