import { actStates } from './act-states.ts';
import { receivedDays, undatedObjections } from './received-days.ts';
import { findVoidedActs, objects } from './voided-acts.ts';

/** The types of objection, as data: another can be added here. */
export const objectionTypes = ['type-1', 'type-2'] as const;
export type ObjectionType = (typeof objectionTypes)[number];

/**
 * What can be done about an objection. `settle` says which word was the last, `decide` is the guardian's;
 * an error is asked by one person and confirmed or refused by another.
 */
export const actKinds = [
  'record',
  'confirm',
  'withdraw',
  'ask-error',
  'confirm-error',
  'refuse-error',
  'settle',
  'decide',
] as const;

/** One act about one patient's objection of one type. Acts are only ever added. */
export type ObjectionAct = {
  readonly id: string;
  /** Its place in the practice's ledger: the only order among acts of one day. */
  readonly ledgerIndex: number;
  /** One of `actKinds`. A kind that this version does not know counts as an objection: doubt means withhold. */
  readonly kind: string;
  /**
   * The day on which the patient told the practice, `YYYY-MM-DD`; null for an imported objection whose date was
   * unusable. For `settle`, the day whose acts it settles (null: the undated objections).
   */
  readonly receivedOn: string | null;
  readonly recordedAt: Date;
  /** For the error acts, the act said to be in error; for `decide`, the act decided on. */
  readonly targetActId?: string | null;
  /** For `settle`: which word was the last, `objection` or `withdrawal`. */
  readonly settledAs?: string | null;
  /** For `decide`: whether the guardian lets the objection stand. */
  readonly upheld?: boolean | null;
  /** For `record` and `confirm`: taken in and working, but the guardian has to decide on it. */
  readonly needsDecision?: boolean;
};

/** What has become of an act, for the patient page. */
export type ActState =
  | 'stands'
  /** An objection that a later withdrawal lifted. */
  | 'withdrawn'
  /** A withdrawal after which the patient objected again. */
  | 'superseded'
  /** A withdrawal that cannot be put in order until a manager settles it; until then it lifts nothing. */
  | 'unsettled'
  | 'in-error'
  /** An objection that the guardian decided not to uphold. */
  | 'not-upheld';

/** What a patient's acts of one type come to. */
export type Standing = {
  readonly inForce: boolean;
  /** Received on of the act that decides, whether it objects or withdraws; null when undated or when there is none. */
  readonly since: string | null;
  readonly decidingActId: string | null;
  /** True when a manager has to say which word was the last; `daysToSettle` are the values of `receivedOn` to settle. */
  readonly needsSettling: boolean;
  readonly daysToSettle: readonly (string | null)[];
  /** True when an objection without a usable date stands. */
  readonly undated: boolean;
  /** Ids of the acts said to be in error that wait for a second person. */
  readonly errorsToConfirm: readonly string[];
  /** Ids of the acts that wait for the guardian. */
  readonly decisionsToMake: readonly string[];
  readonly needsDecision: boolean;
  /** By act id. */
  readonly states: ReadonlyMap<string, ActState>;
};

/**
 * What a patient's acts of one type come to. The order of the list makes no difference: received on counts, and among
 * the acts of one day the ledger index, never a clock.
 *
 * - Only acts that are neither (confirmed) in error nor refused by the guardian count.
 * - The latest received on wins. An objection received on the same day as a withdrawal stands, until a manager settles
 *   which word was the last.
 * - An objection without a usable date stands beside any withdrawal, until a manager settles it.
 */
export function standing(acts: Iterable<ObjectionAct>): Standing {
  const ordered = [...acts].sort((one, other) => one.ledgerIndex - other.ledgerIndex);
  const { voided, waiting, decided } = findVoidedActs(ordered);
  const valid = ordered.filter((act) => !voided.has(act.id));
  const days = receivedDays(valid);
  const undated = undatedObjections(valid);
  const latest = days.at(-1);

  const inForce = latest?.inForce === true || undated.inForce;
  const objection = latest?.standing.at(-1) ?? undated.standing.at(-1);
  const deciding = objection ?? latest?.withdrawals.at(-1) ?? null;
  const states = actStates({ acts: ordered, voided, days, undated });
  const daysToSettle = [latest, undated]
    .filter((day) => day?.needsSettling)
    .map((day) => day?.receivedOn ?? null);
  const decisionsToMake = valid
    .filter(
      (act) => act.needsDecision && objects(act) && !decided.has(act.id) && states.get(act.id) === 'stands',
    )
    .map((act) => act.id);
  return {
    inForce,
    since: deciding === null || undated.standing.includes(deciding) ? null : deciding.receivedOn,
    decidingActId: deciding?.id ?? null,
    needsSettling: daysToSettle.length > 0,
    daysToSettle,
    undated: undated.inForce,
    errorsToConfirm: waiting,
    decisionsToMake,
    needsDecision: decisionsToMake.length > 0,
    states,
  };
}
