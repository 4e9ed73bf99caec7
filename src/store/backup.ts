import { copyFile, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Restored, restorePractice } from '../backup/restore-practice.ts';
import type { Actor } from '../ledger/entry.ts';
import { triggerStatements } from './append-only.ts';
import { copiedTables, readAll, tableOf } from './copy-rows.ts';
import { type Database, openDatabase, type Transaction } from './database.ts';
import { migrate } from './migrate.ts';
import { changeWithin } from './practice-change.ts';
import { restoredChange } from './restored-change.ts';
import type { Signing } from './signing.ts';
import { signingKeyStore } from './signing-key-store.ts';

/** Called with how many rows are copied so far. */
export type CopyProgress = (rows: number) => void;

/**
 * Writes everything that is kept, as of one moment, into one file, while others go on writing. The file is a SQLite
 * database, whichever kind the source is. A file that was there before is replaced only when the new one is whole.
 *
 * @param file its folder has to exist
 */
export async function writeBackup(databaseUrl: string, file: string, progress: CopyProgress): Promise<void> {
  const aside = `${file}.${process.pid}.new`;
  try {
    // SQLite takes an empty file for an empty database, and keeps who may read it.
    await writeFile(aside, '', { mode: 0o600 });
    await migrate(`file:${aside}`);
    const source = await openDatabase(databaseUrl);
    const target = await openDatabase(`file:${aside}`);
    try {
      await target.write((tx) => turnTriggers(tx, target, 'off'));
      await copyAll(source, target, progress);
      await target.write((tx) => turnTriggers(tx, target, 'on'));
    } finally {
      await Promise.all([source.close(), target.close()]);
    }
    await rename(aside, file);
  } finally {
    for (const rest of ['', '-wal', '-shm']) await rm(aside + rest, { force: true });
  }
}

export type PutBack =
  | { readonly ok: true; readonly practices: readonly (Restored & { readonly ods: string })[] }
  | { readonly ok: false; readonly reason: 'not-empty' | 'not-a-backup' | 'other-master-key' };

/**
 * Fills an empty database from a backup, of this version or an older one, and does with each practice what
 * {@link restorePractice} says. Practices come last, in one transaction: until then the database counts as empty, and
 * what a crash left in it is cleared by the next attempt.
 *
 * @param folder where the backup is copied to while an older one is brought to this version
 */
export async function putBack(
  {
    databaseUrl,
    file,
    folder,
    signing,
  }: {
    readonly databaseUrl: string;
    readonly file: string;
    readonly folder: string;
    readonly signing: Signing;
  },
  by: Actor,
  now: Date,
  progress: CopyProgress,
): Promise<PutBack> {
  await migrate(databaseUrl);
  const target = await openDatabase(databaseUrl, signing);
  const own = await mkdtemp(join(folder, 'restore-'));
  const copy = `file:${join(own, 'backup.db')}`;
  let source: Database | undefined;
  try {
    if ((await target.reader.practice.count()) > 0) return { ok: false, reason: 'not-empty' };
    await copyFile(file, join(own, 'backup.db'));
    source = await openBackup(copy, signing);
    if (source === undefined) return { ok: false, reason: 'not-a-backup' };
    const ownKeys = await signingKeyStore(source)
      .work()
      .catch(() => false);
    if (!ownKeys) return { ok: false, reason: 'other-master-key' };
    await target.write((tx) => turnTriggers(tx, target, 'off'));
    for (const name of copiedTables) await target.write((tx) => tableOf(tx, name).deleteMany());
    const practices = await copyAll(source, target, progress, 'Practice');
    return { ok: true, practices: await begin(target, practices, by, now) };
  } finally {
    await Promise.all([source?.close(), target.close()]);
    await rm(own, { recursive: true, force: true });
  }
}

/** Undefined when it is none: not a database, or one without a practice. */
async function openBackup(url: string, signing: Signing): Promise<Database | undefined> {
  try {
    await migrate(url);
    const opened = await openDatabase(url, signing);
    if ((await opened.reader.practice.count()) > 0) return opened;
    await opened.close();
  } catch {
    // What the driver says of a file that it cannot read helps nobody.
  }
  return undefined;
}

/** Copies every table; the rows of the one named `apart` are given back instead. */
async function copyAll(
  source: Database,
  target: Database,
  progress: CopyProgress,
  apart?: string,
): Promise<Record<string, unknown>[]> {
  let copied = 0;
  const kept: Record<string, unknown>[] = [];
  await readAll(source, async (name, rows) => {
    if (name === apart) kept.push(...rows);
    else await target.write((tx) => tableOf(tx, name).createMany({ data: [...rows] }));
    copied += rows.length;
    progress(copied);
  });
  return kept;
}

/** The practices come back, their triggers with them, and each begins again, in one transaction. */
function begin(target: Database, practices: Record<string, unknown>[], by: Actor, now: Date) {
  return target.write(async (tx) => {
    await tableOf(tx, 'Practice').createMany({ data: practices });
    await continueCounters(tx, target);
    await turnTriggers(tx, target, 'on');
    const restored: (Restored & { ods: string })[] = [];
    for (const { id, ods } of await tx.practice.findMany({ orderBy: { ods: 'asc' } })) {
      const done = await changeWithin(target, tx, id, async (change) =>
        restorePractice(await restoredChange(change, target.signing), by, now),
      );
      restored.push({ ods, ...done });
    }
    return restored;
  });
}

async function turnTriggers(tx: Transaction, { kind }: Database, to: 'on' | 'off'): Promise<void> {
  for (const sql of triggerStatements(kind)[to]) await tx.$executeRawUnsafe(sql);
}

/** PostgreSQL counts on from where the rows that were put in by hand end; SQLite does so by itself. */
async function continueCounters(tx: Transaction, { kind }: Database): Promise<void> {
  if (kind === 'sqlite') return;
  await tx.$queryRawUnsafe(
    `SELECT setval(pg_get_serial_sequence('"AccessLog"', 'seq'), COALESCE(MAX("seq"), 1)) FROM "AccessLog"`,
  );
}
