import { londonDay, showDay, showInstant } from '../day.ts';
import type { RecordedAct } from '../objections/act-entry.ts';
import { objectionTypes } from '../objections/objection.ts';
import type { NewIncident } from './incident.ts';
import type { DecidedRelease, Suspect } from './incident-store.ts';
import { newlyKnown, patientsWord } from './patients-word.ts';

type Time = { readonly from: Date; readonly to: Date | null; readonly type: string };
type Found = { readonly id: string; readonly decidedAt: Date; readonly since: Date };

/** Looks for what left against one person's word, release by release. */
export type Look = {
  /** The earliest instant from which a release matters; null when none does. */
  readonly since: Date | null;
  see(release: DecidedRelease): void;
  incidents(): NewIncident[];
};

/**
 * Begins to look for incidents of one person: data that left in a release that applies their objection, at a time of
 * which it is only now known that they had objected.
 *
 * @param from acts with this ledger index and above are new
 */
export function lookFor(suspect: Suspect, from: number): Look {
  const times = objectionTypes.flatMap((type) => newTimes(suspect, type, from));
  const found: Found[] = [];
  return {
    since: times.reduce<Date | null>((min, time) => (min && min < time.from ? min : time.from), null),
    see({ id, decidedAt, applied, left }) {
      if (suspect.known.has(id)) return;
      if (!suspect.records.some(({ ordinal }) => left.has(ordinal))) return;
      const time = times.find((one) => isIn(one, decidedAt) && applied.includes(one.type));
      if (time) found.push({ id, decidedAt, since: time.from });
    },
    incidents: () => incidentsOf(suspect, from, found),
  };
}

function newTimes({ records, isLinkedAnew }: Suspect, type: string, from: number): Time[] {
  return records.flatMap(({ acts }) => {
    const own = acts.filter((act) => act.type === type);
    const before = isLinkedAnew ? [] : own.filter(({ ledgerIndex }) => ledgerIndex < from);
    return newlyKnown(patientsWord(own), patientsWord(before)).map((time) => ({ ...time, type }));
  });
}

const isIn = ({ from, to }: Time, at: Date): boolean => from <= at && (to === null || at < to);

/** One incident for each form that says "asked before", and one for whatever else left, however many acts tell of it. */
function incidentsOf({ records }: Suspect, from: number, found: readonly Found[]): NewIncident[] {
  const news = records
    .flatMap(({ acts }) => acts.filter(({ ledgerIndex }) => ledgerIndex >= from))
    .sort((one, other) => one.ledgerIndex - other.ledgerIndex);
  let left = found;
  const incidents: NewIncident[] = [];
  for (const act of askedBefore(news)) {
    incidents.push(askedIncident(act, left));
    left = [];
  }
  const patientId = news.at(-1)?.patientId ?? records[0]?.patientId ?? null;
  if (left.length > 0) incidents.push(leftIncident(patientId, news, left));
  return incidents;
}

/** The first act of each form on which the patient says that they had asked before. */
function askedBefore(news: readonly RecordedAct[]): RecordedAct[] {
  const asked = news.filter(({ firstAskedOn }) => firstAskedOn !== null);
  const formOf = ({ id, requestId }: RecordedAct) => requestId ?? id;
  return asked.filter((act, place) => asked.findIndex((one) => formOf(one) === formOf(act)) === place);
}

function askedIncident(act: RecordedAct, found: readonly Found[]): NewIncident {
  const { firstAskedOn, recordedAt, patientId } = act;
  return {
    kind: 'asked-before',
    patientId,
    actId: act.id,
    sinceOn: firstAskedOn,
    releases: found.map(({ id }) => id),
    what: `Says that they first asked on ${firstAskedOn ? showDay(firstAskedOn) : 'a day that is not known'}. It was recorded on ${showInstant(recordedAt)}. ${leftWords(found, 'since then')}`,
  };
}

function leftIncident(
  patientId: string | null,
  news: readonly RecordedAct[],
  found: readonly [Found, ...Found[]] | readonly Found[],
): NewIncident {
  const act = news.findLast(({ kind }) => kind === 'record' || kind === 'confirm') ?? news.at(-1);
  const isLate = act === undefined || act.kind === 'record' || act.kind === 'confirm';
  const since = londonDay(
    found.reduce((min, one) => (one.since < min ? one.since : min), found[0]?.since ?? new Date(0)),
  );
  const at = act ? showInstant(act.recordedAt) : undefined;
  const how = isLate
    ? `Objected on ${showDay(since)}${at ? `, recorded on ${at}` : ' on a record that was only later known to be theirs'}.`
    : `Objected. What took the objection away was put right on ${at}.`;
  return {
    kind: isLate ? 'left-before-recorded' : 'left-despite-objection',
    patientId,
    actId: act?.id ?? null,
    sinceOn: since,
    releases: found.map(({ id }) => id),
    what: `${how} ${leftWords(found, 'in between')}`,
  };
}

function leftWords(found: readonly Found[], when: string): string {
  if (found.length === 0) return `No data left ${when} in an extract that keeps to the objection.`;
  return `Data left ${when} in ${found.length === 1 ? 'one release' : `${found.length} releases`} that should have kept to it.`;
}
