import type { Actor, JsonObject, LedgerAct } from './entry.ts';
import { InOrder } from './in-order.ts';
import { sameJson } from './jcs.ts';
import type { ActRow, LedgerReader, Problem } from './ledger-reader.ts';
import type { PatientRoll } from './patient-roll.ts';
import type { ReadEntry } from './read-entry.ts';
import { STRETCH } from './read-log.ts';
import { RunningDigest } from './running-digest.ts';
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
  /** The act without what none of these rules reads: all of them stay in memory until the end. */
  readonly withoutWords: (act: A) => A;
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
  /** What `inForce` last came to, and after how many changes of links: releases ask more often than that changes. */
  readonly #ordinals = new Map<string, { readonly links: number; readonly ordinals: Set<number> }>();
  readonly #actors = new Map<string, Actor>();
  readonly #digest = new RunningDigest();
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
    const links = this.persons.changes;
    const known = this.#ordinals.get(type);
    if (known?.links === links) return known.ordinals;
    const ordinals = new Set<number>();
    for (const patientId of this.#inForce.get(type) ?? [])
      for (const record of this.persons.recordsOf(patientId)) {
        const ordinal = this.patients.ordinalOf(record);
        if (ordinal !== undefined) ordinals.add(ordinal);
      }
    this.#ordinals.set(type, { links, ordinals });
    return ordinals;
  }

  /** Brings what `inForce` last came to up to date with an act on one record. */
  #note(type: string, patientId: string, isInForce: boolean, records: ReadonlySet<string>): void {
    const ordinal = this.patients.ordinalOf(patientId);
    const known = this.#ordinals.get(type);
    if (records.size > 1) this.#ordinals.delete(type);
    else if (known === undefined || ordinal === undefined) return;
    else if (isInForce) known.ordinals.add(ordinal);
    else known.ordinals.delete(ordinal);
  }

  /** The acts on each objection of one record, by the entries so far. */
  historiesOf(patientId: string): (readonly A[])[] {
    return [...this.#inForce.keys()].flatMap((type) => {
      const history = this.#histories.get(keyOf(patientId, type));
      return history === undefined ? [] : [history.acts];
    });
  }

  /** Reads on as far as the acts of the entries before an index. */
  async reach(end: number): Promise<void> {
    await this.#rows.reach(end);
  }

  /** What was replayed, for a later check to go on from. */
  keep(): JsonObject {
    return { acts: this.acts, digest: this.#digest.value };
  }

  /** Goes on from what was kept: the acts before the index have to be those of then. */
  async resume(kept: JsonObject, size: number): Promise<string | undefined> {
    for (let end = 0; end < size; ) {
      end = Math.min(end + STRETCH, size);
      await this.#rows.reach(end);
      for (let at = this.#rows.next(); at !== undefined && at < end; at = this.#rows.next()) {
        const wrong = this.#replay(this.#rows.take(at) as A);
        if (wrong !== undefined) return wrong;
      }
    }
    return sameJson(this.keep(), kept) ? undefined : 'acts on objections are not what they were then';
  }

  /** Holds an entry against the row of its act. */
  check(entry: ReadEntry): string | undefined {
    const row = this.#rows.take(entry.index);
    const speaksOfObjection = this.rules.ledgerActs.includes(entry.act);
    if (row === undefined)
      return speaksOfObjection ? 'the act on an objection that it speaks of is missing' : undefined;
    if (!speaksOfObjection) return 'an act on an objection refers to it, and it speaks of something else';
    const expected = this.rules.entryOf(row);
    const agrees =
      expected.act === entry.act &&
      row.recordedAt.toISOString() === entry.at &&
      sameJson(row.actor, entry.actor) &&
      sameJson(expected.data, entry.data);
    if (!agrees) return 'the act on an objection is not what it says';
    return this.#replay(row);
  }

  /** After the last entry: no act is left over, and the rows for lists are what the acts come to. */
  async finish(): Promise<Problem | undefined> {
    await this.#rows.reach(Number.MAX_SAFE_INTEGER);
    const left = this.#rows.next();
    if (left !== undefined)
      return { index: left, what: 'an act on an objection refers to it, and there is no such entry' };
    const unseen = new Map(this.#histories);
    for await (const portion of this.reader.projections())
      for (const { patientId, type, row } of portion) {
        const history = unseen.get(keyOf(patientId, type));
        if (history === undefined)
          return { index: null, what: `the list has a ${type} objection of which there is no act` };
        unseen.delete(keyOf(patientId, type));
        if (!sameJson(row, this.rules.projectionOf(history.acts)))
          return { index: history.lastIndex, what: 'the list shows the objection otherwise than its acts' };
        this.projections += 1;
      }
    for (const { lastIndex } of unseen.values())
      return { index: lastIndex, what: 'the objection is missing from the list' };
    return undefined;
  }

  #actorLike({ kind, id }: Actor): Actor {
    const key = `${kind} ${id}`;
    const actor = this.#actors.get(key) ?? { kind, id };
    this.#actors.set(key, actor);
    return actor;
  }

  #replay(act: A): string | undefined {
    const { patientId, type, ledgerIndex } = act;
    const { data } = this.rules.entryOf(act);
    this.acts += 1;
    this.#digest.add([ledgerIndex, act.recordedAt.toISOString(), act.actor.kind, act.actor.id, data]);
    if (this.patients.ordinalOf(patientId) === undefined) return 'the patient that it speaks of is missing';
    // The guard's index reads what changed since it last looked: a row that hides a change hides an objection.
    const records = this.persons.recordsOf(patientId);
    for (const record of records)
      if (this.patients.changedAtIndex(record) < ledgerIndex)
        return 'the patient does not show that it happened';
    const key = keyOf(patientId, type);
    const history = this.#histories.get(key) ?? { patientId, type, acts: [], lastIndex: ledgerIndex };
    this.#histories.set(key, history);
    // What is the same in many of them is kept once.
    const actor = this.#actorLike(act.actor);
    history.acts.push(
      this.rules.withoutWords({ ...act, actor, patientId: history.patientId, type: history.type }),
    );
    history.lastIndex = ledgerIndex;
    const inForce = this.#inForce.get(type) ?? new Set();
    this.#inForce.set(type, inForce);
    const isInForce = this.rules.isInForce(history.acts);
    if (isInForce) inForce.add(patientId);
    else inForce.delete(patientId);
    this.#note(type, patientId, isInForce, records);
    return this.rules.breachOf(history.acts);
  }
}

function keyOf(patientId: string, type: string): string {
  return `${patientId} ${type}`;
}
