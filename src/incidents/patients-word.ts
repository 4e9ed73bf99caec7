import { addDays, atLondonTime, londonDay, startOfDay } from '../day.ts';
import type { RecordedAct } from '../objections/act-entry.ts';
import { standing } from '../objections/objection.ts';

/** What the patient's word was at an instant, by what is known now: true, that they object. */
export type Word = {
  /** When it may have changed, ascending. */
  readonly changes: readonly Date[];
  objects(at: Date): boolean;
};

/**
 * The patient's word over time, as against what the guard was told at the time: acts entered in error, and those that
 * the guardian did not uphold, never were. An objection counts from the beginning of the day on which it was received,
 * or first asked for; made in person or by telephone, from six in the morning, because nobody is there before. A
 * withdrawal counts from when it was recorded; keyed on a later day than it was received, from the day after that, so
 * that the day itself is in the patient's favour. An objection without a usable date says nothing of any time.
 *
 * @param acts on the objection of one type of one record, in any order
 */
export function patientsWord(acts: readonly RecordedAct[]): Word {
  const { states } = standing(acts);
  const counted = acts
    .filter((act) => !['in-error', 'not-upheld'].includes(states.get(act.id) ?? ''))
    .filter(({ kind }) => ['record', 'confirm', 'withdraw', 'settle'].includes(kind))
    .flatMap((act) => [act, ...firstAsked(act)])
    .map((act) => ({ act, from: countsFrom(act) }));
  const instants = counted.flatMap(({ act, from }) => (act.kind === 'settle' || from === null ? [] : [from]));
  const changes = [...new Set(instants.map((at) => at.getTime()))]
    .sort((one, other) => one - other)
    .map((time) => new Date(time));
  const after = changes.map((change) => {
    const known = counted.filter(
      ({ act, from }) => act.kind === 'settle' || (from !== null && from <= change),
    );
    return standing(known.map(({ act }) => act)).inForce;
  });
  return {
    changes,
    objects: (at) => after[changes.findLastIndex((change) => change <= at)] ?? false,
  };
}

/** The times during which the word was an objection as it is known now, and was none as it was known before. */
export function newlyKnown(now: Word, before: Word): { readonly from: Date; readonly to: Date | null }[] {
  const changes = [...now.changes, ...before.changes].sort((one, other) => one.getTime() - other.getTime());
  return changes.flatMap((from, place) =>
    now.objects(from) && !before.objects(from) ? [{ from, to: changes[place + 1] ?? null }] : [],
  );
}

/** The same act as if it had been received when the patient says that they first asked. */
function firstAsked(act: RecordedAct): RecordedAct[] {
  if (act.kind === 'withdraw' || act.firstAskedOn === null) return [];
  return [{ ...act, id: `${act.id} first asked`, receivedOn: act.firstAskedOn, receivedVia: null }];
}

function countsFrom({ kind, receivedOn, receivedVia, recordedAt }: RecordedAct): Date | null {
  if (receivedOn === null) return null;
  if (kind === 'withdraw')
    return londonDay(recordedAt) === receivedOn ? recordedAt : startOfDay(addDays(receivedOn, 1));
  const atDesk = receivedVia === 'in-person' || receivedVia === 'phone';
  return atDesk ? atLondonTime(receivedOn, DESK_OPENS) : startOfDay(receivedOn);
}

/** Nobody is at the desk before. */
const DESK_OPENS = '06:00';
