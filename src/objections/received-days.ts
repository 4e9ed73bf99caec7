import { isDay } from '../day.ts';
import type { ObjectionAct } from './objection.ts';
import { objects } from './voided-acts.ts';

/** What was said on one day, the acts in the order of the ledger. */
export type ReceivedDay = {
  /** Null for the objections without a usable date; any withdrawal might be later or earlier than those. */
  readonly receivedOn: string | null;
  /** The objections that stand. */
  readonly standing: readonly ObjectionAct[];
  /** The objections that a manager settled as withdrawn. */
  readonly lifted: readonly ObjectionAct[];
  readonly withdrawals: readonly ObjectionAct[];
  /** Those of the withdrawals after which, as a manager settled, the patient objected again. */
  readonly overruled: readonly ObjectionAct[];
  readonly inForce: boolean;
  readonly needsSettling: boolean;
};

/** What was said on a day, or without one, in ledger order. */
type Spoken = { readonly objections: ObjectionAct[]; readonly withdrawals: ObjectionAct[] };

/** The days on which the patient objected or withdrew, earliest first. `valid` are acts that count, in ledger order. */
export function receivedDays(valid: readonly ObjectionAct[]): ReceivedDay[] {
  const days = new Map<string, Spoken>();
  for (const act of valid) {
    const [isObjection, day] = [objects(act), dayOf(act)];
    if (day === null || !(isObjection || act.kind === 'withdraw')) continue;
    const spoken = days.get(day) ?? { objections: [], withdrawals: [] };
    days.set(day, spoken);
    (isObjection ? spoken.objections : spoken.withdrawals).push(act);
  }
  const settlings = valid.filter((act) => act.kind === 'settle');
  return [...days]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([day, spoken]) => settled(day, spoken, settlings));
}

/** The objections without a usable date, against all withdrawals. */
export function undatedObjections(valid: readonly ObjectionAct[]): ReceivedDay {
  const objections = valid.filter((act) => objects(act) && dayOf(act) === null);
  const withdrawals = valid.filter((act) => act.kind === 'withdraw' && dayOf(act) !== null);
  const settlings = valid.filter((act) => act.kind === 'settle');
  return settled(null, { objections, withdrawals }, settlings);
}

/** Applies the last settling of the day: it holds for the acts before it, as long as a withdrawal is there to settle. */
function settled(
  day: string | null,
  { objections, withdrawals }: Spoken,
  settlings: readonly ObjectionAct[],
): ReceivedDay {
  const settling = settlings.findLast(
    (act) =>
      act.receivedOn === day &&
      (act.settledAs === 'objection' ||
        (act.settledAs === 'withdrawal' && withdrawals.some((withdrawal) => isBefore(withdrawal, act)))),
  );
  const loses = (act: ObjectionAct, word: string) =>
    settling !== undefined && settling.settledAs !== word && isBefore(act, settling);

  const standing = objections.filter((act) => !loses(act, 'objection'));
  const overruled = withdrawals.filter((act) => loses(act, 'withdrawal'));
  return {
    receivedOn: day,
    standing,
    lifted: objections.filter((act) => !standing.includes(act)),
    withdrawals,
    overruled,
    inForce: standing.length > 0,
    needsSettling: standing.length > 0 && withdrawals.length > overruled.length,
  };
}

function isBefore(one: ObjectionAct, other: ObjectionAct): boolean {
  return one.ledgerIndex < other.ledgerIndex;
}

/** The day that counts for an objection or a withdrawal; null when it cannot be used. */
function dayOf(act: ObjectionAct): string | null {
  const isKnown = act.kind === 'record' || act.kind === 'confirm' || act.kind === 'withdraw';
  return isKnown && act.receivedOn !== null && isDay(act.receivedOn) ? act.receivedOn : null;
}
