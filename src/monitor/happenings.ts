import type { Actor, JsonObject, LedgerAct } from '../ledger/entry.ts';

/** An entry, as far as it says what happened. */
export type Happening = {
  readonly index: number;
  readonly act: LedgerAct;
  readonly actor: Actor;
  readonly at: string;
  readonly data: JsonObject;
};

export interface HappeningStore {
  /** Entries of the practice's ledger from an index up to, but not including, another; some hundred at a time. */
  entries(practiceId: string, from: number, to: number): AsyncIterable<readonly Happening[]>;
  /** How many entries there are. */
  size(practiceId: string): Promise<number>;
}

/** Acts of one kind between two states of the ledger. */
export type Happened = {
  readonly act: LedgerAct;
  readonly count: number;
  /** The newest few, the newest first; none of acts about patients. */
  readonly newest: readonly Happening[];
};

/** Of each act so many are named, and the others counted. */
const NAMED = 10;

/** What names or is about a patient, or is so much that only its number says anything. */
const onlyCounted =
  /^(objection|error|patient|person|national-opt-out|withdrawals|evidence|authority|birthday|recipient-letter|consent-|check-|access|release-(started|decided)|staff-(password|code)|monitor-look|notice-(run|results))/;

/** Whether of an act a monitor learns the number only, and that rounded. */
export const isAboutPatients = (act: LedgerAct): boolean => onlyCounted.test(act);

/**
 * What happened between two states of the ledger. It is derived from every entry between them, so that nothing can be
 * left out of it.
 */
export async function happenings(
  store: HappeningStore,
  practiceId: string,
  from: number,
  to: number,
): Promise<Happened[]> {
  const byAct = new Map<LedgerAct, { count: number; newest: Happening[] }>();
  for await (const entries of store.entries(practiceId, from, to))
    for (const entry of entries) {
      const known = byAct.get(entry.act) ?? { count: 0, newest: [] };
      byAct.set(entry.act, known);
      known.count += 1;
      if (isAboutPatients(entry.act)) continue;
      known.newest.unshift(entry);
      known.newest.length = Math.min(known.newest.length, NAMED);
    }
  return [...byAct].map(([act, { count, newest }]) => ({ act, count, newest }));
}
