import { randomUUID } from 'node:crypto';
import { lookFor } from './find-incidents.ts';
import { byItself, type NewIncident, noStop, notAssessed, regulatorBy } from './incident.ts';
import type { IncidentChange, IncidentStore } from './incident-store.ts';

/**
 * Looks through what is new on objections since the last time, and opens an incident for everybody whose data left
 * against their word. What is opened and how far was looked are kept together, so that nothing is lost by a crash and
 * nothing opens twice, whoever looks.
 *
 * @returns how many were opened
 */
export async function openIncidents(store: IncidentStore, practiceId: string, now: Date): Promise<number> {
  const { from, size } = await store.watch(practiceId);
  if (from >= size) return 0;
  const found = await findIncidents(store, practiceId, from, size);
  if (found.length === 0) {
    await store.skip(practiceId, from, size);
    return 0;
  }
  return store.change(practiceId, async (change) => {
    if (!(await change.moveWatch(from, size))) return 0;
    for (const incident of found) await open(change, incident, now);
    return found.length;
  });
}

async function findIncidents(
  store: IncidentStore,
  practiceId: string,
  from: number,
  to: number,
): Promise<NewIncident[]> {
  const suspects = await store.suspects(practiceId, from, to);
  const looks = suspects.map((suspect) => lookFor(suspect, from));
  const instants = looks.flatMap(({ since }) => since ?? []);
  if (instants.length > 0) {
    const since = instants.reduce((min, one) => (one < min ? one : min));
    const ordinals = suspects.flatMap(({ records }) => records.map(({ ordinal }) => ordinal));
    for await (const release of store.decidedSince(practiceId, since, ordinals))
      for (const look of looks) look.see(release);
  }
  return looks.flatMap((look) => look.incidents());
}

/**
 * Opens an incident of the practice for what the check of the early morning found to be wrong with releases, unless one
 * that says the same is open.
 */
export function openForProblem(
  store: IncidentStore,
  { practiceId, problem }: { readonly practiceId: string; readonly problem: string },
  now: Date,
): Promise<boolean> {
  return store.change(practiceId, async (change) => {
    const what = `The check of the ledger found: ${problem}`;
    if (await change.isOpen(what)) return false;
    const about = { patientId: null, actId: null, sinceOn: null, releases: [], what };
    await open(change, { kind: 'left-despite-objection', ...about }, now);
    return true;
  });
}

async function open(change: IncidentChange, incident: NewIncident, now: Date): Promise<void> {
  const id = randomUUID();
  const { kind, patientId: patient, actId: of, sinceOn: since, releases } = incident;
  change.append(
    'incident-opened',
    byItself,
    { incident: id, kind, patient, of, since, releases: releases.length },
    now,
  );
  await change.open({
    ...notAssessed,
    ...noStop,
    ...incident,
    id,
    openedAt: now,
    regulatorBy: regulatorBy(now),
  });
}
