import { canonicalJson, type JsonObject, type LedgerAct } from './entry.ts';
import { InOrder } from './in-order.ts';
import type { ActRow, LedgerReader, Problem } from './ledger-reader.ts';
import type { PatientRoll } from './patient-roll.ts';
import type { ReadEntry } from './read-entry.ts';
import type { PersonReplay } from './verify-persons.ts';

/** The rules of objections, which the ledger itself does not know. */
export type ObjectionRules<A extends ActRow> = {
  /** The acts of the ledger of which each has its row. */
  readonly ledgerActs: readonly LedgerAct[];
  /** What the entry of a row has to say. */
  readonly entryOf: (act: A) => { readonly act: LedgerAct | null; readonly data: JsonObject };
  readonly isInForce: (acts: readonly A[]) => boolean;
  /** Says which rule the last of the acts broke, if any. */
  readonly breachOf: (acts: readonly A[]) => string | undefined;
  /** What the row for lists has to be. */
  readonly projectionOf: (acts: readonly A[]) => JsonObject;
};

type History<A> = {
  readonly patientId: string;
  readonly type: string;
  readonly acts: A[];
  lastIndex: number;
};

/** Replays the acts on objections beside the entries, and knows at each entry whose objection is in force. */
export class ObjectionReplay<A extends ActRow> {
  readonly #rows: InOrder<A>;
  readonly #histories = new Map<string, History<A>>();
  /** Ids of the records on which an objection of a type is in force. */
  readonly #inForce = new Map<string, Set<string>>();
  /** What `inForce` last came to, and after how many acts and links: releases ask more often than that changes. */
  readonly #ordinals = new Map<string, { readonly state: string; readonly ordinals: ReadonlySet<number> }>();
  acts = 0;
  projections = 0;

  constructor(
    private readonly reader: LedgerReader<A>,
    private readonly rules: ObjectionRules<A>,
    private readonly patients: PatientRoll,
    private readonly persons: Pick<PersonReplay<A>, 'recordsOf' | 'changes'>,
  ) {
    this.#rows = new InOrder(reader.acts(), (act) => act.ledgerIndex);
  }

  /** Ordinals of the patients with an objection of a type in force on any of their records, by the entries so far. */
  inForce(type: string): ReadonlySet<number> {
    const state = `${this.acts} ${this.persons.changes}`;
    const known = this.#ordinals.get(type);
    if (known?.state === state) return known.ordinals;
    const ordinals = new Set<number>();
    for (const patientId of this.#inForce.get(type) ?? [])
      for (const record of this.persons.recordsOf(patientId)) {
        const ordinal = this.patients.ordinalOf(record);
        if (ordinal !== undefined) ordinals.add(ordinal);
      }
    this.#ordinals.set(type, { state, ordinals });
    return ordinals;
  }

  /** The acts on each objection of one record, by the entries so far. */
  historiesOf(patientId: string): (readonly A[])[] {
    return [...this.#inForce.keys()].flatMap((type) => {
      const history = this.#histories.get(keyOf(patientId, type));
      return history === undefined ? [] : [history.acts];
    });
  }

  /** Holds an entry against the row of its act. */
  async check(entry: ReadEntry): Promise<string | undefined> {
    const row = await this.#rows.take(entry.index);
    const speaksOfObjection = this.rules.ledgerActs.includes(entry.act);
    if (row === undefined)
      return speaksOfObjection ? 'the act on an objection that it speaks of is missing' : undefined;
    if (!speaksOfObjection) return 'an act on an objection refers to it, and it speaks of something else';
    const expected = this.rules.entryOf(row);
    const agrees =
      expected.act === entry.act &&
      row.recordedAt.toISOString() === entry.at &&
      canonicalJson(row.actor) === canonicalJson(entry.actor) &&
      canonicalJson(expected.data) === canonicalJson(entry.data);
    if (!agrees) return 'the act on an objection is not what it says';
    this.acts += 1;
    return this.#replay(row);
  }

  /** After the last entry: no act is left over, and the rows for lists are what the acts come to. */
  async finish(): Promise<Problem | undefined> {
    const left = await this.#rows.next();
    if (left !== undefined)
      return { index: left, what: 'an act on an objection refers to it, and there is no such entry' };
    const unseen = new Map(this.#histories);
    for await (const { patientId, type, row } of this.reader.projections()) {
      const history = unseen.get(keyOf(patientId, type));
      if (history === undefined)
        return { index: null, what: `the list has a ${type} objection of which there is no act` };
      unseen.delete(keyOf(patientId, type));
      if (canonicalJson(row) !== canonicalJson(this.rules.projectionOf(history.acts))) {
        return { index: history.lastIndex, what: 'the list shows the objection otherwise than its acts' };
      }
      this.projections += 1;
    }
    for (const { lastIndex } of unseen.values())
      return { index: lastIndex, what: 'the objection is missing from the list' };
    return undefined;
  }

  #replay(act: A): string | undefined {
    const { patientId, type, ledgerIndex } = act;
    if (this.patients.ordinalOf(patientId) === undefined) return 'the patient that it speaks of is missing';
    // The guard's index reads what changed since it last looked: a row that hides a change hides an objection.
    for (const record of this.persons.recordsOf(patientId))
      if (this.patients.changedAtIndex(record) < ledgerIndex)
        return 'the patient does not show that it happened';
    const key = keyOf(patientId, type);
    const history = this.#histories.get(key) ?? { patientId, type, acts: [], lastIndex: ledgerIndex };
    this.#histories.set(key, history);
    history.acts.push(act);
    history.lastIndex = ledgerIndex;
    const inForce = this.#inForce.get(type) ?? new Set();
    this.#inForce.set(type, inForce);
    if (this.rules.isInForce(history.acts)) inForce.add(patientId);
    else inForce.delete(patientId);
    return this.rules.breachOf(history.acts);
  }
}

function keyOf(patientId: string, type: string): string {
  return `${patientId} ${type}`;
}
