import { canonicalJson, type JsonObject, type LedgerAct } from './entry.ts';
import { InOrder } from './in-order.ts';
import type { ActRow, LedgerReader, Problem, TellingRow } from './ledger-reader.ts';
import type { PatientRoll } from './patient-roll.ts';
import type { ReadEntry } from './read-entry.ts';
import type { PersonReplay } from './verify-persons.ts';

/** The rules of tellings, which the ledger itself does not know. */
export type TellingRules = {
  /** The acts of the ledger of which each has its row. */
  readonly ledgerActs: readonly LedgerAct[];
  /** What the entry of a row has to say. */
  readonly entryOf: (act: TellingRow) => { readonly act: LedgerAct; readonly data: JsonObject };
};

/** Replays what patients were told beside the entries: each act has its entry, and the other way round. */
export class TellingReplay<A extends ActRow> {
  readonly #rows: InOrder<TellingRow>;
  acts = 0;

  constructor(
    reader: Pick<LedgerReader<A>, 'tellings'>,
    private readonly rules: TellingRules,
    private readonly patients: PatientRoll,
    private readonly persons: Pick<PersonReplay<A>, 'recordsOf'>,
  ) {
    this.#rows = new InOrder(reader.tellings(), (act) => act.ledgerIndex);
  }

  /** Holds an entry against the row of its act. */
  async check(entry: ReadEntry): Promise<string | undefined> {
    const row = await this.#rows.take(entry.index);
    const speaksOfTelling = this.rules.ledgerActs.includes(entry.act);
    if (row === undefined)
      return speaksOfTelling ? 'the telling of a patient that it speaks of is missing' : undefined;
    if (!speaksOfTelling) return 'the telling of a patient refers to it, and it speaks of something else';
    const expected = this.rules.entryOf(row);
    const agrees =
      expected.act === entry.act &&
      row.recordedAt.toISOString() === entry.at &&
      canonicalJson(row.actor) === canonicalJson(entry.actor) &&
      canonicalJson(expected.data) === canonicalJson(entry.data);
    if (!agrees) return 'the telling of a patient is not what it says';
    for (const record of this.persons.recordsOf(row.patientId))
      if (this.patients.changedAtIndex(record) < row.ledgerIndex)
        return 'the patient does not show that it happened';
    this.acts += 1;
    return undefined;
  }

  /** After the last entry: no act is left over. */
  async finish(): Promise<Problem | undefined> {
    const left = await this.#rows.next();
    if (left === undefined) return undefined;
    return { index: left, what: 'the telling of a patient refers to it, and there is no such entry' };
  }
}
