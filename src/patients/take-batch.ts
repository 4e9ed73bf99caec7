import { randomUUID } from 'node:crypto';
import { addedEntry, placed } from './add-patients.ts';
import type { Batch } from './import-batches.ts';
import type { ImportTask } from './import-patients.ts';
import { KnownPeople } from './known-people.ts';
import { digestOfIds } from './list-digest.ts';
import { type FileFacts, matchBatch, type Plan } from './match-batch.ts';
import { matchPeople } from './match-people.ts';
import { newLocalIds } from './new-local-ids.ts';
import { beforeOf } from './patient-before.ts';
import { type ImportCounts, LEASE_MS } from './patient-import.ts';
import type { ImportChange } from './patient-import-store.ts';
import { merged } from './person-changes.ts';
import type { ReportRow } from './report-row.ts';
import { pairPeople } from './same-person.ts';

/**
 * Takes in one batch of rows as one transaction: patients, report, progress and the entry, or nothing of it.
 *
 * @returns the rows done so far; undefined when the import is no longer running, because another took it as dead
 */
export async function takeBatch(
  { store, practiceId, importId, by, clock }: ImportTask,
  batch: Batch,
  file: FileFacts,
): Promise<number | undefined> {
  return store.change(practiceId, async (change) => {
    const before = await change.find(importId);
    if (before?.status !== 'running') return undefined;
    const now = clock();
    const plan = matchBatch(batch, await whoIsKnown(change, batch), file, randomUUID);
    const { add, update } = plan;
    const localIds = await newLocalIds(change, plan);
    if (add.length + update.length + localIds.length > 0) {
      const patients = placed(
        add.map(({ id, person }) => ({ ...person, id })),
        change.takeOrdinals(add.length),
        now,
      );
      const updated = {
        changed: update.length,
        changedPeople: digestOfIds(update.map(({ patient }) => patient.id)),
        restricted: countRestricted(plan),
      };
      const known = new Set(localIds.map(({ patientId }) => patientId));
      const ids = { added: localIds.length, people: digestOfIds([...known]) };
      const entry = {
        ...addedEntry(importId, patients),
        ...updated,
        ...(localIds.length > 0 && { localIds: ids }),
      };
      const changedAtIndex = change.append('patients-imported', by, entry, now);
      await change.add(patients.map((patient) => ({ ...patient, changedAtIndex })));
      await change.update(
        update.map(({ patient, person }) => ({ id: patient.id, person: merged(patient, person) })),
        changedAtIndex,
      );
      await change.addLocalIds(importId, localIds, changedAtIndex);
      await change.keepBefore(importId, [
        ...add.map(({ id }) => ({ patientId: id, before: null })),
        ...update.map(({ patient, person }) => ({
          patientId: patient.id,
          before: beforeOf(patient, { ...merged(patient, person), status: 'registered', leftOn: null }),
        })),
      ]);
    }
    await matchPeople(change, importId, by, now);
    await change.addReport(importId, plan.report);
    const done = before.done + batch.rows.length;
    const leaseUntil = new Date(now.getTime() + LEASE_MS);
    await change.save(importId, { done, leaseUntil, counts: counted(before.counts, plan.report) });
    return done;
  });
}

/** Everybody whom the batch may mean. By birth only where the number does not tell: those are few. */
async function whoIsKnown(change: ImportChange, { rows, people }: Batch): Promise<KnownPeople> {
  const refused = rows.filter((row) => !row.ok);
  const numbers = new Set([...people.keys(), ...refused.flatMap(({ nhsNumber }) => nhsNumber ?? [])]);
  const withNumbers = new KnownPeople(await change.withNumbers([...numbers]));
  const unknown = [...people].flatMap(([nhsNumber, filed]) => {
    const persons = filed.map(({ first }) => first.person);
    const pairs = pairPeople(persons, withNumbers.withNumber(nhsNumber));
    return persons.filter((_, place) => pairs[place] === undefined);
  });
  const days = new Set([...unknown, ...refused].flatMap(({ dateOfBirth }) => dateOfBirth ?? []));
  return withNumbers.and(await change.bornOn([...days]));
}

/** How many people the batch marks as restricted. */
function countRestricted({ add, update }: Plan): number {
  const marked = update.filter(({ patient, person }) => person.restricted === true && !patient.restricted);
  return marked.length + add.filter(({ person }) => person.restricted === true).length;
}

function counted(before: ImportCounts, report: Plan['report']): ImportCounts {
  const counts = { ...before };
  for (const { outcome } of report as readonly ReportRow[]) counts[outcome] += 1;
  return counts;
}
