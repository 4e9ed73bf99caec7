import type { MigrationList } from '@prisma/schema-engine-wasm';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { missingTriggers } from '../../src/store/append-only.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { migrate, readMigrations } from '../../src/store/migrate.ts';
import { databaseUrl, onServer } from '../support/databases.ts';

const kind = process.env.TEST_DATABASE === 'postgresql' ? 'postgresql' : 'sqlite';
const whole = readMigrations(kind);
const [first, second, ...later] = whole.migrationDirectories;
if (!first || !second) throw new Error('there is only one migration');
const until = (...migrationDirectories: MigrationList['migrationDirectories']) => ({
  ...whole,
  migrationDirectories,
});

const name = `migrate_${process.pid}`;
let url: string;
let made = 0;

beforeEach(async () => {
  made += 1;
  url =
    kind === 'sqlite'
      ? `file:${inject('folder')}/${name}_${made}.db`
      : databaseUrl(inject('postgresqlUrl'), `${name}_${made}`);
  if (kind === 'postgresql') await onServer(inject('postgresqlUrl'), `CREATE DATABASE ${name}_${made}`);
});

afterEach(async () => {
  if (kind === 'postgresql')
    await onServer(inject('postgresqlUrl'), `DROP DATABASE ${name}_${made} WITH (FORCE)`);
});

/** Works on the database as the app opens it, and leaves it free for the next. */
async function withDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase(url);
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

const DAY = "'2026-11-22 09:30:00'";
/** One row each, as the first version of the app wrote them. */
const rows = {
  PatientImport: `("id", "practiceId", "fileName", "fileDigest", "wholeList", "startedAt", "startedBy", "leaseUntil", "status", "rows", "gone")
    VALUES ('import-1', 'practice-1', 'list.csv', 'digest', true, ${DAY}, 'staff:1', ${DAY}, 'complete', 9500, 12)`,
  Patient: `("id", "practiceId", "ordinal", "nhsNumber", "givenName", "familyName", "givenNameKey", "familyNameKey", "dateOfBirth", "status", "restricted", "addedAt", "changedAtIndex")
    VALUES ('patient-1', 'practice-1', 7, '9990000018', 'Robin', 'O''Brien', 'robin', 'obrien', '1970-05-06', 'registered', true, ${DAY}, 3)`,
  ObjectionAct: `("id", "practiceId", "patientId", "type", "kind", "ledgerIndex", "receivedOn", "recordedAt", "actorKind", "actorId", "note", "needsDecision")
    VALUES ('act-1', 'practice-1', 'patient-1', 'type-1', 'recorded', 4, '2026-11-20', ${DAY}, 'staff', '1', 'by hand', true)`,
};
type Table = keyof typeof rows;
const tables = Object.keys(rows) as Table[];

async function fill(): Promise<void> {
  await withDatabase(({ write }) =>
    write(async (tx) => {
      for (const table of tables) await tx.$executeRawUnsafe(`INSERT INTO "${table}" ${rows[table]}`);
    }),
  );
}

const readAll = ({ reader }: Database) =>
  Promise.all(
    tables.map((table) => reader.$queryRawUnsafe<Record<string, unknown>[]>(`SELECT * FROM "${table}"`)),
  );

/** That every row of before is there with everything it held, and that no table may be changed again. */
async function expectKept(before: Record<string, unknown>[][]): Promise<void> {
  await withDatabase(async (database) => {
    const after = await readAll(database);
    for (const [n, table] of tables.entries()) {
      expect(before[n], table).toHaveLength(1);
      expect(after[n], table).toEqual([expect.objectContaining(before[n]?.[0])]);
    }
    expect(await missingTriggers(database)).toEqual([]);
    const change = database.write((tx) => tx.$executeRawUnsafe(`UPDATE "ObjectionAct" SET "note" = 'x'`));
    await expect(change).rejects.toThrow(/ObjectionAct is append-only/);
    // The app's own client reads it in the new shape.
    expect(await database.reader.patient.findMany()).toMatchObject([{ restricted: true, personId: null }]);
    expect(await database.reader.patientImport.findMany()).toMatchObject([{ gone: 12, left: 0 }]);
  });
}

test('a database of the first version gets the later migrations, keeps its rows, and has all its triggers', async () => {
  await migrate(url, until(first));
  await fill();
  const before = await withDatabase(readAll);
  await migrate(url);
  await expectKept(before);
  await migrate(url);
  await expectKept(before);
  await expect(migrate(url, until(first))).rejects.toThrow(/newer version/);
});

test('a migration that a crash left unfinished leaves nothing half-made, and is applied again', async () => {
  await migrate(url, until(first));
  await fill();
  const before = await withDatabase(readAll);
  const script = second.migrationFile.content;
  const broken = {
    path: second.path,
    migrationFile: {
      path: 'migration.sql',
      content: {
        tag: 'ok' as const,
        value: `${'value' in script ? script.value : ''}\nINSERT INTO "NoSuchTable" VALUES (1);`,
      },
    },
  };
  await expect(migrate(url, until(first, broken, ...later))).rejects.toThrow(/NoSuchTable/);
  expect(await withDatabase(unfinished)).toEqual([{ migration_name: second.path }]);
  expect(await withDatabase(readAll)).toEqual(before);
  await migrate(url);
  await expectKept(before);
  expect(await withDatabase(unfinished)).toEqual([]);
});

const unfinished = ({ reader }: Database) =>
  reader.$queryRawUnsafe<{ migration_name: string }[]>(
    'SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NULL AND rolled_back_at IS NULL',
  );
