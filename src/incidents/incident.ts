import type { Actor } from '../ledger/entry.ts';
import { isStopIncident } from './stop-incident.ts';

/**
 * What went wrong. `left-before-recorded`: data left after the patient had objected and before that was recorded.
 * `left-despite-objection`: data left although the objection was there. `asked-before`: the patient says that they had
 * asked earlier, and nobody recorded it then.
 */
export const incidentKinds = ['left-before-recorded', 'left-despite-objection', 'asked-before'] as const;
export type IncidentKind = (typeof incidentKinds)[number];

export const risks = ['none', 'low', 'high'] as const;
export type Risk = (typeof risks)[number];

/** Whether to tell somebody; why, the assessment says. */
export const tellings = ['tell', 'do-not-tell'] as const;
export type Telling = (typeof tellings)[number];

/** Hours after which the regulator would have to know (UK GDPR article 33). */
export const HOURS_TO_TELL = 72;

/** When the regulator would have to know of what became known at an instant. */
export const regulatorBy = (openedAt: Date): Date => new Date(openedAt.getTime() + HOURS_TO_TELL * 3_600_000);

export type Incident = {
  readonly id: string;
  readonly kind: string;
  /** Null: it is about the practice, not about one patient. */
  readonly patientId: string | null;
  /** The act on an objection that showed it. */
  readonly actId: string | null;
  /** From this day on the patient's word should have counted, `YYYY-MM-DD`. */
  readonly sinceOn: string | null;
  /** Ids of the releases in which the patient's data left. */
  readonly releases: readonly string[];
  readonly what: string;
  readonly openedAt: Date;
  readonly regulatorBy: Date;
  readonly assessment: string | null;
  readonly risk: string | null;
  readonly tellRegulator: string | null;
  readonly tellPatient: string | null;
  readonly assessedAt: Date | null;
  readonly assessedBy: string | null;
  readonly regulatorToldAt: Date | null;
  readonly patientToldAt: Date | null;
  readonly closedAt: Date | null;
  readonly closedBy: string | null;
  readonly closingWords: string | null;
  /** Of a release that stopped by itself: the extract, how often it has happened, and when last. */
  readonly extractId: string | null;
  readonly times: number | null;
  readonly lastAt: Date | null;
  /** How many patients the last such release would have let leave, and withheld. */
  readonly permitted: number | null;
  readonly withheld: number | null;
};

/** As a list has it: of the releases, which can be thousands, it says nothing. */
export type IncidentLine = Omit<Incident, 'releases'>;

/** What is not known of an incident when it opens. */
export const notAssessed = {
  assessment: null,
  risk: null,
  tellRegulator: null,
  tellPatient: null,
  assessedAt: null,
  assessedBy: null,
  regulatorToldAt: null,
  patientToldAt: null,
  closedAt: null,
  closedBy: null,
  closingWords: null,
} as const;

/** What is said of a stop alone. */
export const noStop = {
  extractId: null,
  times: null,
  lastAt: null,
  permitted: null,
  withheld: null,
} as const;

/** What an incident says when it opens. */
export type NewIncident = Pick<Incident, 'patientId' | 'actId' | 'sinceOn' | 'releases' | 'what'> & {
  readonly kind: IncidentKind;
};

/** Incidents open by themselves. */
export const byItself: Actor = { kind: 'system', id: 'incidents' };

/** Whether the regulator may have to be told, nobody has said otherwise, and the time for it is over. */
export function isOverdue(
  {
    kind,
    closedAt,
    regulatorToldAt,
    tellRegulator,
    regulatorBy: by,
  }: Pick<Incident, 'kind' | 'closedAt' | 'regulatorToldAt' | 'tellRegulator' | 'regulatorBy'>,
  now: Date,
): boolean {
  // Where nothing has left there is nothing to tell.
  if (isStopIncident(kind)) return false;
  const isSettled = closedAt !== null || regulatorToldAt !== null || tellRegulator === 'do-not-tell';
  return !isSettled && now > by;
}
