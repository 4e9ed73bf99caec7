import type { ObjectionType } from '../objection.ts';
import type { LastSaid } from './last-said.ts';

/** What this registry has of one person's objection of one type. */
export type HeldHere = {
  /** `none`: never recorded. `ended`: withdrawn, entered in error, or not upheld. */
  readonly state: 'in-force' | 'ended' | 'none';
  /** Received on of the last word, `YYYY-MM-DD`; null: none that can be used, or none that counts. */
  readonly since: string | null;
  /** Received on of every objection recorded, whatever became of it; null: one without a day. */
  readonly objectedOn: readonly (string | null)[];
  /** Whether the last report had the objection. */
  readonly wasCoded: boolean;
  /** Whether the patient has a record in the clinical system now: registered, and alive. */
  readonly isThere: boolean;
};

/** `agrees`: both say the same, or there is nothing to say. The others are lists that somebody works off. */
export type Sorted =
  | 'agrees'
  | 'not-coded'
  | 'not-held'
  | 'ended-here'
  | 'vanished'
  | 'withdrawn-there'
  | 'late-type-2';

/**
 * Which list an objection is on, of one person and type. No list lifts anything, and where two words disagree the
 * objection stands.
 *
 * - Coded there, in force here: agrees. A type 2 code of after its end is to be corrected, whatever is here.
 * - Coded there, ended here: the code is to be ended there, if it is one of the objections that ended: recorded here
 *   with that day, or older than the withdrawal. Otherwise it is another word of the patient, and not held here.
 * - Withdrawn there, in force here: somebody speaks with the patient, unless the objection is the later word.
 * - Type 2 is never to be entered there: nobody takes it any more.
 */
export function sortObjection(type: ObjectionType, here: HeldHere, there: LastSaid | null): Sorted {
  if (there?.meaning === 'dissent') {
    if (there.isLate) return 'late-type-2';
    if (here.state === 'in-force') return 'agrees';
    if (here.state === 'none') return 'not-held';
    return isKnown(here, there.on) ? 'ended-here' : 'not-held';
  }
  if (here.state !== 'in-force') return 'agrees';
  if (there !== null && !isOlder(there.on, here.since)) return 'withdrawn-there';
  if (type !== 'type-1' || !here.isThere) return 'agrees';
  return here.wasCoded ? 'vanished' : 'not-coded';
}

/** Whether the code is of an objection that ended here. Without a day nobody can say that it is older. */
function isKnown({ objectedOn, since }: HeldHere, codedOn: string | null): boolean {
  return objectedOn.includes(codedOn) || isOlder(codedOn, since);
}

const isOlder = (day: string | null, than: string | null): boolean =>
  day !== null && than !== null && day < than;
