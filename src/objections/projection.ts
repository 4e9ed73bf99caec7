import type { RecordedAct } from './act-entry.ts';
import { type Standing, standing } from './objection.ts';

/** The one row a patient and type that lists and reports read. The guard does not trust it: it folds the acts. */
export type Projection = {
  readonly status: 'in-force' | 'withdrawn' | 'in-error' | 'not-upheld';
  readonly since: string | null;
  readonly needsSettling: boolean;
  readonly needsDecision: boolean;
  readonly undated: boolean;
  /** How many acts wait for a second person to confirm that they were entered in error. */
  readonly errorsToConfirm: number;
  /** Of the act that decides; when none counts any more, of the last. */
  readonly receivedVia: string | null;
  readonly requester: string | null;
  readonly recordedAt: Date;
  /** Id of who recorded it. */
  readonly recordedBy: string;
};

/**
 * What the acts of one patient and type come to, for lists.
 *
 * @param acts at least one
 */
export function project(acts: readonly RecordedAct[]): Projection {
  const result = standing(acts);
  const deciding = acts.find((act) => act.id === result.decidingActId) ?? lastSpoken(acts);
  return {
    status: statusOf(result),
    since: result.since,
    needsSettling: result.needsSettling,
    needsDecision: result.needsDecision,
    undated: result.undated,
    errorsToConfirm: result.errorsToConfirm.length,
    receivedVia: deciding.receivedVia,
    requester: deciding.requester,
    recordedAt: deciding.recordedAt,
    recordedBy: deciding.actor.id,
  };
}

/** One word for a standing. */
export function statusOf({ inForce, decidingActId, states }: Standing): Projection['status'] {
  if (inForce) return 'in-force';
  if (decidingActId !== null) return 'withdrawn';
  return [...states.values()].includes('not-upheld') ? 'not-upheld' : 'in-error';
}

/** The last act that is not about another act. */
function lastSpoken(acts: readonly RecordedAct[]): RecordedAct {
  const byIndex = [...acts].sort((one, other) => other.ledgerIndex - one.ledgerIndex);
  const last = byIndex.find((act) => (act.targetActId ?? null) === null) ?? byIndex[0];
  if (last === undefined) throw new RangeError('an objection has at least one act');
  return last;
}
