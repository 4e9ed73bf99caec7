import type { ObjectionAct } from '../../src/objections/objection.ts';

type Rest = Partial<Omit<ObjectionAct, 'kind' | 'receivedOn'>>;

/** Acts in the order in which they were keyed: ids a0, a1, … and the ledger index counts up. */
export function keyed(
  ...given: readonly (readonly [kind: string, receivedOn: string | null, rest?: Rest])[]
): ObjectionAct[] {
  return given.map(([kind, receivedOn, rest], index) => ({
    id: `a${index}`,
    ledgerIndex: index,
    kind,
    receivedOn,
    recordedAt: new Date(Date.UTC(2026, 0, 1)),
    ...rest,
  }));
}

/** Said of another act. */
export const of = (targetActId: string, rest: Rest = {}): Rest => ({ targetActId, ...rest });
export const as = (settledAs: 'objection' | 'withdrawal'): Rest => ({ settledAs });
