import { createHash } from 'node:crypto';
import { londonDay } from '../day.ts';
import type { Actor } from '../ledger/entry.ts';
import { PATIENTS_AT_ONCE } from './add-patients.ts';
import { beginImport } from './begin-import.ts';
import { finishImport } from './finish-import.ts';
import { batchesOf } from './import-batches.ts';
import type { ListMappingStore } from './list-mapping.ts';
import type { PatientImport } from './patient-import.ts';
import type { PatientImportStore } from './patient-import-store.ts';
import type { ReadRow } from './read-list-row.ts';
import { type ListQuestion, type ReadList, readPatientList } from './read-patient-list.ts';
import { takeBatch } from './take-batch.ts';

export type ImportRequest = {
  readonly practice: { readonly id: string; readonly madeUp: boolean };
  readonly fileName: string;
  readonly bytes: Buffer;
  /** Whether the file has everybody, so that who is not in it is gone. */
  readonly wholeList: boolean;
};

/** Where a running import is heard of, and stopped between two transactions. */
export type Following = {
  readonly onProgress?: (done: number, rows: number) => void;
  readonly signal?: AbortSignal;
};

export type ImportBegun =
  | {
      readonly ok: true;
      readonly id: string;
      /** Does the work, in transactions of at most 500 rows; may be left to itself. Call it once. */
      readonly run: (following?: Following) => Promise<PatientImport>;
    }
  /** `fault` says in words what is wrong with the file; `ask`, where a person could put it right, what to ask. */
  | {
      readonly ok: false;
      readonly reason: 'file-not-usable';
      readonly fault: string;
      readonly ask?: ListQuestion['ask'];
    }
  | { readonly ok: false; readonly reason: 'already-running' };

/** What every step of a running import needs. */
export type ImportTask = {
  readonly store: PatientImportStore;
  readonly practiceId: string;
  readonly importId: string;
  readonly by: Actor;
  readonly clock: () => Date;
};

/**
 * Begins to take in a practice's patient list: reads the file whole, and refuses it whole when it cannot be used.
 * One import of a practice runs at a time. Repeating one changes nothing; one that was interrupted is run again.
 */
export async function importPatients(
  store: PatientImportStore,
  mappings: ListMappingStore,
  request: ImportRequest,
  by: Actor,
  clock: () => Date,
): Promise<ImportBegun> {
  const { practice, bytes, fileName, wholeList } = request;
  const read = await lookAtList(mappings, request, clock());
  if (!read.ok) return { ...read, reason: 'file-not-usable' };
  const { rows } = read;
  const fileDigest = createHash('sha256').update(bytes).digest('hex');
  const file = { fileName, fileDigest, wholeList, rows: rows.length };
  const importId = await beginImport(store, practice.id, file, by, clock());
  if (importId === undefined) return { ok: false, reason: 'already-running' };
  const task = { store, practiceId: practice.id, importId, by, clock };
  return {
    ok: true,
    id: importId,
    run: async (following = {}) => {
      try {
        return await takeRows(task, rows, wholeList, following);
      } catch (error) {
        // If this cannot be written down either, the lease runs out, and the import shows as interrupted.
        await stop(task, 'failed', 'A fault of the registry stopped it.').catch(() => undefined);
        throw error;
      }
    },
  };
}

/** Reads a list without taking it in: its rows, or what is wrong with it, or what has to be said of it first. */
export function lookAtList(
  mappings: ListMappingStore,
  { practice, bytes }: Pick<ImportRequest, 'practice' | 'bytes'>,
  now: Date,
): Promise<ReadList> {
  const rules = { today: londonDay(now), madeUp: practice.madeUp };
  return readPatientList(bytes, rules, (digest) => mappings.find(practice.id, digest));
}

async function takeRows(
  task: ImportTask,
  rows: readonly ReadRow[],
  wholeList: boolean,
  { onProgress, signal }: Following,
): Promise<PatientImport> {
  const numbers = new Set(rows.flatMap((row) => (row.ok ? row.person.nhsNumber : (row.nhsNumber ?? []))));
  for (const batch of batchesOf(rows, PATIENTS_AT_ONCE)) {
    if (signal?.aborted) return stop(task, 'interrupted', 'The registry was stopped.');
    const done = await takeBatch(task, batch, { numbers, wholeList });
    if (done === undefined) return asItIs(task);
    onProgress?.(done, rows.length);
  }
  return finishImport(task);
}

async function stop(
  task: ImportTask,
  status: 'failed' | 'interrupted',
  message: string,
): Promise<PatientImport> {
  const { store, practiceId, importId, clock } = task;
  await store.change(practiceId, async (change) => {
    const before = await change.find(importId);
    if (before?.status === 'running') await change.save(importId, { status, message, endedAt: clock() });
  });
  return asItIs(task);
}

async function asItIs({ store, practiceId, importId }: ImportTask): Promise<PatientImport> {
  const now = await store.find(practiceId, importId);
  if (now === null) throw new Error('an import has vanished while it was running');
  return now;
}
