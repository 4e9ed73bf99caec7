import { type Stop, type StopKind, stopKinds } from '../guard/stop.ts';

/** The kind of the incident that a stop opens; on direct care, where the release goes on, that of a warning. */
export const stopIncident = (kind: StopKind, warns = false) =>
  `${warns ? 'warning' : 'stop'}-${kind}` as const;

export type StopIncidentKind = ReturnType<typeof stopIncident>;

/** Whether an incident is of a release that stopped by itself, or of a warning on direct care. */
export function isStopIncident(kind: string): kind is StopIncidentKind {
  return stopKinds.some((one) => kind === stopIncident(one) || kind === stopIncident(one, true));
}

/** Whether the guardian can answer it by saying that the number is right. */
export const asksForNumber = (kind: string): boolean => kind === stopIncident('unusual-number');

/** What happened, in words for the manager and the guardian. Names no patient, and no NHS number. */
export function stopWords(stop: Stop): string {
  const { extractName, warns } = stop;
  const outcome = warns
    ? 'This is direct care, so the release went on: nobody may be missing from such a list.'
    : 'Nothing has left.';
  return `${extractName}: ${happened(stop)} ${outcome}`;
}

function happened({ kind, numbers, usual }: Stop): string {
  switch (kind) {
    case 'self-test':
      return 'the guard sent made-up people through its own decision, and it did not decide on them as it must.';
    case 'unusual-number':
      return `${count(numbers?.permitted ?? 0)} would have left, and ${grouped.format(numbers?.withheld ?? 0)} been withheld; the usual number to leave is ${grouped.format(usual ?? 0)}.`;
    case 'source-stale':
      return 'the patient list is older than this extract lets it be.';
    case 'too-many-unreadable':
      return 'too many rows of the file could not be read.';
    case 'canary-lost':
      return 'a made-up patient of the clinical system is missing from the file, so the file may not be whole.';
    case 'canary-permitted':
      return 'a made-up patient of the clinical system, who has to be withheld, would have left.';
  }
}

const grouped = new Intl.NumberFormat('en-GB');
const count = (patients: number): string =>
  `${grouped.format(patients)} ${patients === 1 ? 'patient' : 'patients'}`;
