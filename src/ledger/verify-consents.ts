import type { JsonObject, LedgerAct } from './entry.ts';
import { InOrder } from './in-order.ts';
import { sameJson } from './jcs.ts';
import type { ActRow, ConsentRow, LedgerReader, Problem } from './ledger-reader.ts';
import type { PatientRoll } from './patient-roll.ts';
import type { ReadEntry } from './read-entry.ts';
import { RunningDigest } from './running-digest.ts';
import type { ObjectionReplay } from './verify-objections.ts';
import type { PersonReplay } from './verify-persons.ts';

type Word = { readonly on: string; readonly ledgerIndex: number };

/** The rules of consents, which the ledger itself does not know. */
export type ConsentRules<A extends ActRow> = {
  /** The acts of the ledger of which each has its row. */
  readonly ledgerActs: readonly LedgerAct[];
  /** What the entry of a row has to say. */
  readonly entryOf: (act: ConsentRow) => { readonly act: LedgerAct; readonly data: JsonObject };
  readonly gives: (act: ConsentRow) => boolean;
  /** Whether consents of one record are in force, with what was said against them on any of the person's. */
  readonly isInForce: (given: readonly Word[], against: readonly Word[]) => boolean;
  /** What the acts on one record's objection of one type say against a consent. */
  readonly objectionWords: (acts: readonly A[]) => readonly Word[];
};

/** Replays patients' consents beside the entries, and knows at each entry whose consent to an extract is in force. */
export class ConsentReplay<A extends ActRow> {
  readonly #rows: InOrder<ConsentRow>;
  /** By extract and patient. */
  readonly #acts = new Map<string, Map<string, ConsentRow[]>>();
  readonly #digest = new RunningDigest();
  acts = 0;

  constructor(
    reader: Pick<LedgerReader<A>, 'consents'>,
    private readonly rules: ConsentRules<A>,
    private readonly patients: PatientRoll,
    private readonly persons: Pick<PersonReplay<A>, 'recordsOf'>,
    private readonly objections: Pick<ObjectionReplay<A>, 'historiesOf'>,
  ) {
    this.#rows = new InOrder(reader.consents(), (act) => act.ledgerIndex);
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
    await this.#rows.reach(size);
    for (let at = this.#rows.next(); at !== undefined && at < size; at = this.#rows.next()) {
      const wrong = this.#replay(this.#rows.take(at) as ConsentRow);
      if (wrong !== undefined) return wrong;
    }
    return sameJson(this.keep(), kept) ? undefined : 'acts on consents are not what they were then';
  }

  /** Holds an entry against the row of its act. */
  check(entry: ReadEntry): string | undefined {
    const row = this.#rows.take(entry.index);
    const speaksOfConsent = this.rules.ledgerActs.includes(entry.act);
    if (row === undefined)
      return speaksOfConsent ? 'the act on a consent that it speaks of is missing' : undefined;
    if (!speaksOfConsent) return 'an act on a consent refers to it, and it speaks of something else';
    const expected = this.rules.entryOf(row);
    const agrees =
      expected.act === entry.act &&
      row.recordedAt.toISOString() === entry.at &&
      sameJson(row.actor, entry.actor) &&
      sameJson(expected.data, entry.data);
    if (!agrees) return 'the act on a consent is not what it says';
    return this.#replay(row);
  }

  #replay(row: ConsentRow): string | undefined {
    const { ledgerIndex, recordedAt, actor } = row;
    const { data } = this.rules.entryOf(row);
    this.#digest.add([ledgerIndex, recordedAt.toISOString(), actor.kind, actor.id, data]);
    for (const record of this.persons.recordsOf(row.patientId))
      if (this.patients.changedAtIndex(record) < row.ledgerIndex)
        return 'the patient does not show that it happened';
    const ofExtract = this.#acts.get(row.extractId) ?? new Map<string, ConsentRow[]>();
    this.#acts.set(row.extractId, ofExtract);
    ofExtract.set(row.patientId, [...(ofExtract.get(row.patientId) ?? []), row]);
    this.acts += 1;
    return undefined;
  }

  /** After the last entry: no act is left over. */
  async finish(): Promise<Problem | undefined> {
    await this.#rows.reach(Number.MAX_SAFE_INTEGER);
    const left = this.#rows.next();
    if (left === undefined) return undefined;
    return { index: left, what: 'an act on a consent refers to it, and there is no such entry' };
  }

  /** Whether the consent of the patient with an ordinal to an extract is in force, by the entries so far. */
  isInForce(extractId: string, ordinal: number): boolean {
    const patientId = this.patients.idOf(ordinal) ?? '';
    const given = (this.#acts.get(extractId)?.get(patientId) ?? []).filter(this.rules.gives);
    const against = [...this.persons.recordsOf(patientId)].flatMap((record) => [
      ...(this.#acts.get(extractId)?.get(record) ?? []).filter((act) => !this.rules.gives(act)),
      ...this.objections.historiesOf(record).flatMap((acts) => this.rules.objectionWords(acts)),
    ]);
    return this.rules.isInForce(given, against);
  }
}
