import { londonDay, showDay, showInstant } from '../../../day.ts';
import { type StopKind, stopKinds } from '../../../guard/stop.ts';
import { whyNotClosable } from '../../../incidents/close-incident.ts';
import { HOURS_TO_TELL, type Incident, type IncidentLine, isOverdue } from '../../../incidents/incident.ts';
import { asksForNumber, isStopIncident, stopIncident } from '../../../incidents/stop-incident.ts';
import { paths } from '../../paths.ts';
import type { NameOf } from '../objections/who.ts';

const stopTitles: Readonly<Record<StopKind, string>> = {
  'self-test': 'the guard failed its self-test',
  'unusual-number': 'an unusual number of patients',
  'source-stale': 'the patient list is too old',
  'too-many-unreadable': 'too many rows cannot be read',
  'canary-lost': 'a test patient is missing from the file',
  'canary-permitted': 'a test patient would have left',
};

export const kindWords: Readonly<Record<string, string>> = {
  'left-before-recorded': 'Data left before the objection was recorded',
  'left-despite-objection': 'Data left despite an objection',
  'asked-before': 'The patient says that they had asked before',
  ...Object.fromEntries(
    stopKinds.flatMap((kind) => [
      [stopIncident(kind), `A release stopped: ${stopTitles[kind]}`],
      [stopIncident(kind, true), `Warning on direct care: ${stopTitles[kind]}`],
    ]),
  ),
};

export const riskWords: Readonly<Record<string, string>> = {
  none: 'No risk',
  low: 'Low risk',
  high: 'High risk',
};

const notClosable: Readonly<Record<string, string>> = {
  'not-assessed': 'It can be closed once it is assessed.',
  'regulator-not-told': 'It can be closed once the Information Commissioner was told.',
  'patient-not-told': 'It can be closed once the patient was told.',
};

const HOUR = 3_600_000;

/** The 72 hours, in words: how many are left, or for how long they are over. */
export function clockOf(incident: IncidentLine, now: Date): { text: string; colour: string } {
  if (incident.closedAt) return { text: 'Closed', colour: 'grey' };
  if (isStopIncident(incident.kind)) return { text: 'Waits for the guardian', colour: 'orange' };
  if (incident.regulatorToldAt) return { text: 'Regulator told', colour: 'green' };
  if (incident.tellRegulator === 'do-not-tell')
    return { text: 'Regulator need not be told', colour: 'green' };
  const left = Math.ceil((incident.regulatorBy.getTime() - now.getTime()) / HOUR);
  if (isOverdue(incident, now)) return { text: `${HOURS_TO_TELL} hours are over`, colour: 'red' };
  return { text: `${left} ${left === 1 ? 'hour' : 'hours'} left`, colour: left <= 24 ? 'orange' : 'blue' };
}

/** A line of the list. */
export function lineOf(incident: IncidentLine, patientName: string | null, now: Date) {
  const { id, kind, what, openedAt, closedAt, risk, extractId } = incident;
  return {
    href: paths.incident(id),
    kind: kindWords[kind] ?? kind,
    patient: patientName ?? (extractId ? 'No patient' : 'The practice as a whole'),
    what,
    opened: showInstant(openedAt),
    closed: closedAt ? showInstant(closedAt) : null,
    clock: clockOf(incident, now),
    assessed: isStopIncident(kind)
      ? timesOf(incident)
      : incident.assessedAt
        ? (riskWords[risk ?? ''] ?? 'Assessed')
        : 'Not assessed yet',
  };
}

/** How often a stop has happened since it was opened. */
function timesOf({ times, lastAt }: IncidentLine): string {
  const often = times === 1 || times === null ? 'Once' : `${times} times`;
  return lastAt === null ? often : `${often}, last on ${showInstant(lastAt)}`;
}

/** What its page says of an incident that everybody sees who may see it. */
export function incidentView(incident: Incident, nameOf: NameOf, now: Date) {
  const { sinceOn, openedAt, regulatorBy, assessedAt, closedAt } = incident;
  const isStop = isStopIncident(incident.kind);
  const by = (id: string | null) => nameOf({ kind: 'staff', id: id ?? '' });
  const told = (at: Date | null, decision: string | null) =>
    at
      ? `Told on ${showDay(londonDay(at))}`
      : decision === 'tell'
        ? 'To be told'
        : decision === 'do-not-tell'
          ? 'Need not be told, for the reason in the assessment'
          : 'Not decided yet';
  return {
    title: kindWords[incident.kind] ?? incident.kind,
    clock: clockOf(incident, now),
    isOverdue: isOverdue(incident, now),
    regulatorBy: showInstant(regulatorBy),
    rows: [
      { key: 'What happened', value: incident.what },
      ...(sinceOn ? [{ key: 'The patient’s word counts from', value: showDay(sinceOn) }] : []),
      { key: 'Opened', value: `${showInstant(openedAt)}, by the registry by itself` },
      ...(isStop
        ? [
            { key: 'How often', value: timesOf(incident) },
            {
              key: 'Who must look',
              value: 'The practice manager finds out why; the Caldicott Guardian closes it, with words',
            },
          ]
        : [
            {
              key: 'Information Commissioner',
              value: told(incident.regulatorToldAt, incident.tellRegulator),
            },
            { key: 'The patient', value: told(incident.patientToldAt, incident.tellPatient) },
          ]),
    ],
    isStop,
    /** How many patients the guardian may accept as the usual number. */
    number: asksForNumber(incident.kind) ? incident.permitted : null,
    assessed: assessedAt && {
      heading: `Assessed on ${showInstant(assessedAt)}, by ${by(incident.assessedBy)}`,
      risk: riskWords[incident.risk ?? ''] ?? '',
      words: incident.assessment ?? '',
    },
    seen: assessedAt?.toISOString() ?? '',
    closed: closedAt && {
      heading: `Closed on ${showInstant(closedAt)}, by ${by(incident.closedBy)}`,
      words: incident.closingWords ?? '',
    },
    notClosable: notClosable[whyNotClosable(incident) ?? ''] ?? null,
    canStillTell: {
      regulator: incident.regulatorToldAt === null,
      patient: incident.patientToldAt === null && incident.patientId !== null,
    },
  };
}
