import type { ObjectionAct } from './objection.ts';

/** Why an act does not count. */
export type Void = 'in-error' | 'not-upheld';

export type VoidedActs = {
  readonly voided: ReadonlyMap<string, Void>;
  /** Ids of the acts said to be in error, which wait for a second person; until then they count. */
  readonly waiting: readonly string[];
  /** Ids of the acts that the guardian decided on. */
  readonly decided: ReadonlySet<string>;
};

/**
 * Which acts do not count: those (confirmed to be) entered in error, and those that the guardian did not uphold.
 * An objection, or a settling that it was the last word, needs the second person; a withdrawal, or a settling that may
 * lift an objection, is void as soon as it is said to be in error.
 *
 * @param ordered acts of one patient and type in the order of the ledger
 */
export function findVoidedActs(ordered: readonly ObjectionAct[]): VoidedActs {
  const acts = new Map<string, ObjectionAct>();
  const inError = new Set<string>();
  const waiting = new Set<string>();
  const upheld = new Map<string, boolean>();

  for (const act of ordered) {
    acts.set(act.id, act);
    const target = acts.get(act.targetActId ?? '');
    if (target === undefined || target === act || inError.has(target.id)) continue;
    if (act.kind === 'ask-error' && mayLift(target)) inError.add(target.id);
    if (act.kind === 'ask-error' && (objects(target) || keeps(target))) waiting.add(target.id);
    if (act.kind === 'refuse-error') waiting.delete(target.id);
    if (act.kind === 'confirm-error' && waiting.delete(target.id)) inError.add(target.id);
    if (act.kind === 'decide' && target.needsDecision && objects(target))
      upheld.set(target.id, act.upheld !== false);
  }

  const voided = new Map<string, Void>([...inError].map((id) => [id, 'in-error']));
  for (const [id, stands] of upheld) if (!stands && !inError.has(id)) voided.set(id, 'not-upheld');
  return { voided, waiting: [...waiting], decided: new Set(upheld.keys()) };
}

/** Whether an act objects. A kind that this version does not know does: doubt means withhold. */
export function objects(act: ObjectionAct): boolean {
  return !(speaksOfOthers.has(act.kind) || mayLift(act) || keeps(act));
}

function mayLift(act: ObjectionAct): boolean {
  return act.kind === 'withdraw' || (act.kind === 'settle' && !keeps(act));
}

/** Whether an act settles that the objection was the last word: without it an earlier settling might lift it. */
function keeps(act: ObjectionAct): boolean {
  return act.kind === 'settle' && act.settledAs === 'objection';
}

const speaksOfOthers = new Set(['ask-error', 'confirm-error', 'refuse-error', 'decide']);
