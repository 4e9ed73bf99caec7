import type { ActState, ObjectionAct } from './objection.ts';
import type { ReceivedDay } from './received-days.ts';
import type { Void } from './voided-acts.ts';

export type Folded = {
  readonly acts: readonly ObjectionAct[];
  readonly voided: ReadonlyMap<string, Void>;
  /** Earliest first. */
  readonly days: readonly ReceivedDay[];
  readonly undated: ReceivedDay;
};

/** What has become of each act, by id, for the patient page. */
export function actStates({ acts, voided, days, undated }: Folded): Map<string, ActState> {
  const states = new Map<string, ActState>(acts.map((act) => [act.id, 'stands']));
  const set = (some: readonly ObjectionAct[], state: ActState) => {
    for (const act of some) states.set(act.id, state);
  };

  days.forEach((day, at) => {
    const later = days.slice(at + 1);
    if (later.some((next) => !next.inForce)) set(day.standing, 'withdrawn');
    set(day.lifted, 'withdrawn');
    if (day.inForce) set(day.withdrawals, 'unsettled');
    if (later.some((next) => next.inForce)) set(day.withdrawals, 'superseded');
    set(day.overruled, 'superseded');
  });

  set(undated.lifted, 'withdrawn');
  if (undated.inForce) set(undated.overruled, 'superseded');
  if (undated.inForce) set(stillStanding(undated.withdrawals, states), 'unsettled');
  for (const [id, reason] of voided) states.set(id, reason);
  return states;
}

function stillStanding(acts: readonly ObjectionAct[], states: ReadonlyMap<string, ActState>): ObjectionAct[] {
  return acts.filter((act) => states.get(act.id) === 'stands');
}
