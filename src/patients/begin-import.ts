import { randomUUID } from 'node:crypto';
import type { Actor } from '../ledger/entry.ts';
import { LEASE_MS, type PatientImport, statusAt } from './patient-import.ts';
import type { PatientImportStore } from './patient-import-store.ts';

/** An import that waited for a manager when the next one began: who is absent has to be found out anew. */
const overtaken = {
  status: 'complete',
  gone: 0,
  wholeList: false,
  message: 'Another import began before a manager decided: nobody was marked as gone.',
} as const;

/**
 * Writes down that an import runs. Undefined when another one of the practice does; one whose process died does not
 * count.
 */
export async function beginImport(
  store: PatientImportStore,
  practiceId: string,
  file: Pick<PatientImport, 'fileName' | 'fileDigest' | 'wholeList' | 'rows'>,
  by: Actor,
  now: Date,
): Promise<string | undefined> {
  return store.change(practiceId, async (change) => {
    const others = await change.open();
    if (others.some((other) => statusAt(other, now) === 'running')) return undefined;
    for (const { id, status, leaseUntil } of others) {
      const died = { status: 'interrupted', endedAt: leaseUntil } as const;
      await change.save(id, status === 'running' ? died : overtaken);
    }
    const id = randomUUID();
    await change.start({
      ...file,
      id,
      startedAt: now,
      startedBy: by.id,
      leaseUntil: new Date(now.getTime() + LEASE_MS),
      endedAt: null,
      status: 'running',
      message: null,
      done: 0,
      counts: { added: 0, changed: 0, unchanged: 0, refused: 0, left: 0, ambiguous: 0 },
      gone: 0,
      undoneAt: null,
      undoneBy: null,
    });
    await change.forgetBefore(id);
    return id;
  });
}
