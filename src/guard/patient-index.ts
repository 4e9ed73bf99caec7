import type { LocalIdKind } from '../patients/local-ids.ts';
import { CONSENTED, type Rule, TOLD } from './decide.ts';
import { nobody, type PatientRecord, type People, PeopleChange } from './known-people.ts';
import { NO_KEY } from './shared-numbers.ts';
import { firstToldDay } from './told-days.ts';

export type { PatientRecord } from './known-people.ts';

/** Makes the index that follows from another; `done` is told what `with` is. */
export type IndexChange = {
  add(records: readonly PatientRecord[]): void;
  done(ledgerSize: number, lastEntry: string | undefined): PatientIndex;
};

/**
 * Everybody on a practice's patient list, as of one size of its ledger. A value: it never changes, so that a
 * release is decided by one and the same from its first row to its last.
 */
export class PatientIndex {
  /** The index of a practice without patients, before its first ledger entry. */
  static readonly empty = PatientIndex.emptyIn(undefined);

  /** The same of a practice that may be large. @param folder where what is rarely wanted may be kept; left out, in memory */
  static emptyIn(folder: string | undefined): PatientIndex {
    return new PatientIndex(0, undefined, nobody(folder));
  }

  private constructor(
    /** Every ledger entry below this is in the index. */
    readonly ledgerSize: number,
    /** The commitment of the last of those entries, in hexadecimal: it tells this ledger from another of the same size. */
    readonly lastEntry: string | undefined,
    private readonly people: People,
  ) {}

  /** Whether nothing is known of anybody that another index does not know: only the ledger has grown between them. */
  isAsBefore(other: PatientIndex): boolean {
    return this.people === other.people;
  }

  /** The same object in every index in which each number means whom it means here. */
  get numbers(): object {
    return this.people.numbers;
  }

  /** The number of ordinals in use. */
  get size(): number {
    return this.people.keys.length;
  }

  /** The ordinal of the patient with this number, or -1; of several the first who is registered, else on the list. */
  find(key: number): number {
    return this.people.numbers.table.find(key);
  }

  /** The same for many; -1 for what is no key. */
  findAll(keys: Int32Array): Int32Array {
    return this.people.numbers.table.findAll(keys);
  }

  flagsOf(ordinal: number): number {
    return this.people.flags[ordinal] as number;
  }

  /** The same, with whether they consented and were told, where a rule asks for it. */
  flagsFor(ordinal: number, { consentTo, told }: Pick<Rule, 'consentTo' | 'told'>): number {
    let flags = this.flagsOf(ordinal);
    if (consentTo !== undefined && this.consentedTo(consentTo, ordinal)) flags |= CONSENTED;
    if (told === undefined) return flags;
    const day = this.toldOn(told.by, ordinal);
    return day > 0 && day <= told.until ? flags | TOLD : flags;
  }

  /**
   * Since when a patient counts as told by any of these notices, as dayNumber() counts; 0: not told. Whose row a shared
   * number means cannot be told: each of its people has to have been told, and one is by a letter to any of the records
   * that they have with this number.
   */
  toldOn(notices: readonly string[], ordinal: number): number {
    const sharers = this.sharersOf(ordinal);
    if (sharers.length === 1) return firstToldDay(this.people.told, notices, ordinal);
    const people = new Map<string | number, number>();
    for (const sharer of sharers) {
      const person = this.people.persons.get(sharer) ?? sharer;
      const [day, known] = [firstToldDay(this.people.told, notices, sharer), people.get(person) ?? 0];
      people.set(person, known === 0 || (day > 0 && day < known) ? day : known);
    }
    const days = [...people.values()];
    return days.includes(0) ? 0 : Math.max(...days);
  }

  /** Whether anybody's consent to an extract is in force. */
  hasConsents(extractId: string): boolean {
    return (this.people.consents.get(extractId)?.size ?? 0) > 0;
  }

  /** Whose row a shared number means cannot be told: each of them has to have consented. */
  private consentedTo(extractId: string, ordinal: number): boolean {
    const consented = this.people.consents.get(extractId);
    return consented !== undefined && this.sharersOf(ordinal).every((sharer) => consented.has(sharer));
  }

  keyOf(ordinal: number): number {
    return this.people.keys[ordinal] as number;
  }

  /** The ids from one ordinal up to, but not including, another, each with a line feed. */
  linesOfIds(from: number, to: number): Uint8Array {
    return this.people.ids.lines(from, to);
  }

  /** The same of ordinals that ascend, in pieces of which each may be in the memory of the one before. */
  linesOf(ordinals: Int32Array): Iterable<Uint8Array> {
    return this.people.ids.linesOf(ordinals);
  }

  /** What a rule came to on patients of this index before, by ordinal: codeOf() a decision; 0: it was not asked. */
  decidedBy(rule: Rule): Uint8Array {
    return this.people.decided.by(rule);
  }

  idOf(ordinal: number): string {
    return this.people.ids.idOf(ordinal);
  }

  /**
   * The ordinal of the one patient with a local id, or UNKNOWN_ID or SHARED_ID. Who shares a number is known by the
   * ordinal that find() gives: what becomes of one becomes of all.
   */
  findLocal(kind: LocalIdKind | undefined, value: string): number {
    const ordinal = this.people.locals.find(kind, value);
    return ordinal < 0 ? ordinal : this.firstWithNumberOf(ordinal);
  }

  /** Whether the local ids of a patient, and of whoever has the same number, mean in another index whom they mean here. */
  keepsIdsOf(ordinal: number, other: PatientIndex): boolean {
    if (this.people.locals === other.people.locals) return true;
    return this.sharersOf(ordinal).every((sharer) =>
      this.people.locals.of(sharer).every(({ kind, value }) =>
        // A row may have said the kind, or it may have been any.
        [kind, undefined].every((said) => {
          const found = this.findLocal(said, value);
          return found < 0 || other.findLocal(said, value) === found;
        }),
      ),
    );
  }

  private firstWithNumberOf(ordinal: number): number {
    const key = this.keyOf(ordinal);
    return key === NO_KEY ? ordinal : this.find(key);
  }

  /** Whether any number is of more than one record. */
  get sharesAny(): boolean {
    return this.people.numbers.shared.size > 0;
  }

  /** Whether somebody else has the number of this patient. */
  isShared(ordinal: number): boolean {
    return this.people.numbers.shared.has(ordinal);
  }

  /** The ordinals of those whose number somebody else has, ascending. */
  shared(): readonly number[] {
    return [...this.people.numbers.shared.keys()].sort((one, other) => one - other);
  }

  /** The ordinals of every patient with the number of this one. */
  sharersOf(ordinal: number): readonly number[] {
    return this.people.numbers.shared.get(ordinal) ?? [ordinal];
  }

  /**
   * The index that follows from this one.
   *
   * @param ledgerSize the ledger's size, read before the records were
   * @param records every patient touched by a ledger entry since this index, as they are now
   * @param lastEntry the commitment of the ledger's last entry at that size
   */
  with(ledgerSize: number, records: readonly PatientRecord[], lastEntry = this.lastEntry): PatientIndex {
    const change = this.change();
    change.add(records);
    return change.done(ledgerSize, lastEntry);
  }

  /** The same for records that come in portions. */
  change(): IndexChange {
    const { people } = this;
    let change: PeopleChange | undefined;
    return {
      add(records) {
        if (records.length === 0) return;
        change ??= new PeopleChange(people);
        change.add(records);
      },
      done: (ledgerSize, lastEntry) => new PatientIndex(ledgerSize, lastEntry, change?.done() ?? people),
    };
  }
}
