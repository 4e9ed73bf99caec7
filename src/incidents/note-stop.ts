import { randomUUID } from 'node:crypto';
import type { Stop } from '../guard/stop.ts';
import { byItself, notAssessed, regulatorBy } from './incident.ts';
import type { IncidentChange } from './incident-store.ts';
import { stopIncident, stopWords } from './stop-incident.ts';

/**
 * Puts a stop before the manager and the guardian. There is one open incident of a kind for each extract: a job that
 * tries again is counted there, and what it says is of the last time.
 */
export async function noteStop(change: IncidentChange, stop: Stop, now: Date): Promise<void> {
  const { extractId, version, releaseId, numbers } = stop;
  const kind = stopIncident(stop.kind, stop.warns);
  const seen = {
    what: stopWords(stop),
    lastAt: now,
    permitted: numbers?.permitted ?? null,
    withheld: numbers?.withheld ?? null,
  };
  const open = await change.openOf(extractId, kind);
  if (open !== null) {
    await change.update(open.id, { ...seen, times: (open.times ?? 1) + 1 });
    return;
  }
  const id = randomUUID();
  const said = { incident: id, kind, extract: extractId, version, release: releaseId };
  change.append('incident-opened', byItself, said, now);
  await change.open({
    ...notAssessed,
    ...seen,
    id,
    kind,
    patientId: null,
    actId: null,
    sinceOn: null,
    releases: releaseId === null ? [] : [releaseId],
    openedAt: now,
    regulatorBy: regulatorBy(now),
    extractId,
    times: 1,
  });
}
