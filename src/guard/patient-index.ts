import type { LocalId, LocalIdKind } from '../patients/local-ids.ts';
import { keyOfNhsNumber, parseNhsNumber } from '../patients/nhs-number.ts';
import { consentsWith } from './consented.ts';
import {
  CONSENTED,
  LEFT,
  NOT_ON_LIST,
  OBJECTED_TYPE_1,
  OBJECTED_TYPE_2,
  RESTRICTED,
  type Rule,
  TOLD,
} from './decide.ts';
import { LocalIdTable } from './local-id-table.ts';
import { mergeFlags, NO_KEY, type Numbers, numbersOf, rankOf } from './shared-numbers.ts';
import { firstToldDay, type ToldDays, type ToldOn, toldDaysWith } from './told-days.ts';

/**
 * A patient as the guard needs it. Objections are folded by the rule of objections/objection.ts, and one on any record
 * of a person is on all of them.
 */
export type PatientRecord = {
  /** Dense in the practice: 0, 1, 2 … */
  readonly ordinal: number;
  /** The random reference that stands for the patient in the ledger. */
  readonly id: string;
  readonly nhsNumber: string;
  /** What the records of one person have in common; null for the only record of somebody. */
  readonly person: string | null;
  /** False for somebody who objected and is still to be matched with the list. */
  readonly listed: boolean;
  readonly left: boolean;
  readonly restricted: boolean;
  readonly objected: { readonly type1: boolean; readonly type2: boolean };
  /** The extracts to which the patient's consent is in force (src/consents/consent.ts); absent for none. */
  readonly consents?: readonly string[];
  /** By which notices the patient counts as told, and since when; absent for none. */
  readonly told?: readonly ToldOn[];
  /** What the practice's own system calls them by. */
  readonly localIds?: readonly LocalId[];
};

/**
 * Everybody on a practice's patient list, as of one size of its ledger. A value: it never changes, so that a
 * release is decided by one and the same from its first row to its last.
 */
export class PatientIndex {
  /** The index of a practice without patients, before its first ledger entry. */
  static readonly empty = new PatientIndex(
    0,
    [],
    new Int32Array(),
    new Uint8Array(),
    new Map(),
    undefined,
    new Map(),
    new Map(),
  );

  /** Flags by ordinal, those of all patients with the same number together. */
  private readonly flags: Uint8Array;

  private constructor(
    /** Every ledger entry below this is in the index. */
    readonly ledgerSize: number,
    private readonly ids: readonly string[],
    private readonly keys: Int32Array,
    /** Flags by ordinal, each patient's own. */
    private readonly own: Uint8Array,
    /** By ordinal, for those who have more than one record. */
    private readonly persons: ReadonlyMap<number, string>,
    /** The commitment of the last of those entries, in hexadecimal: it tells this ledger from another of the same size. */
    readonly lastEntry: string | undefined,
    /** By extract, the ordinals of those whose own consent to it is in force. */
    private readonly consents: ReadonlyMap<string, ReadonlySet<number>>,
    /** Each record's own. */
    private readonly told: ToldDays,
    private readonly numbers: Numbers = numbersOf(keys, own),
    private readonly locals = LocalIdTable.empty,
  ) {
    this.flags = mergeFlags(own, numbers, persons);
  }

  /** The number of ordinals in use. */
  get size(): number {
    return this.keys.length;
  }

  /** The ordinal of the patient with this number, or -1; of several the first who is registered, else on the list. */
  find(key: number): number {
    return this.numbers.table.find(key);
  }

  flagsOf(ordinal: number): number {
    return this.flags[ordinal] as number;
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
    if (sharers.length === 1) return firstToldDay(this.told, notices, ordinal);
    const people = new Map<string | number, number>();
    for (const sharer of sharers) {
      const person = this.persons.get(sharer) ?? sharer;
      const [day, known] = [firstToldDay(this.told, notices, sharer), people.get(person) ?? 0];
      people.set(person, known === 0 || (day > 0 && day < known) ? day : known);
    }
    const days = [...people.values()];
    return days.includes(0) ? 0 : Math.max(...days);
  }

  /** Whether anybody's consent to an extract is in force. */
  hasConsents(extractId: string): boolean {
    return (this.consents.get(extractId)?.size ?? 0) > 0;
  }

  /** Whose row a shared number means cannot be told: each of them has to have consented. */
  private consentedTo(extractId: string, ordinal: number): boolean {
    const consented = this.consents.get(extractId);
    return consented !== undefined && this.sharersOf(ordinal).every((sharer) => consented.has(sharer));
  }

  keyOf(ordinal: number): number {
    return this.keys[ordinal] as number;
  }

  idOf(ordinal: number): string {
    return this.ids[ordinal] as string;
  }

  /**
   * The ordinal of the one patient with a local id, or UNKNOWN_ID or SHARED_ID. Who shares a number is known by the
   * ordinal that find() gives: what becomes of one becomes of all.
   */
  findLocal(kind: LocalIdKind | undefined, value: string): number {
    const ordinal = this.locals.find(kind, value);
    return ordinal < 0 ? ordinal : this.firstWithNumberOf(ordinal);
  }

  /** Whether the local ids of a patient, and of whoever has the same number, mean in another index whom they mean here. */
  keepsIdsOf(ordinal: number, other: PatientIndex): boolean {
    if (this.locals === other.locals) return true;
    return this.sharersOf(ordinal).every((sharer) =>
      this.locals.of(sharer).every(({ kind, value }) =>
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

  /** The ordinals of every patient with the number of this one. */
  sharersOf(ordinal: number): readonly number[] {
    return this.numbers.shared.get(ordinal) ?? [ordinal];
  }

  /**
   * The index that follows from this one.
   *
   * @param ledgerSize the ledger's size, read before the records were
   * @param records every patient touched by a ledger entry since this index, as they are now
   * @param lastEntry the commitment of the ledger's last entry at that size
   */
  with(ledgerSize: number, records: readonly PatientRecord[], lastEntry = this.lastEntry): PatientIndex {
    const size = records.reduce((most, { ordinal }) => Math.max(most, ordinal + 1), this.size);
    const ids = [...this.ids];
    const keys = new Int32Array(size).fill(NO_KEY);
    keys.set(this.keys);
    const own = new Uint8Array(size);
    own.set(this.own);
    const persons = new Map(this.persons);
    let renumbered = false;
    for (const record of records) {
      const { ordinal } = record;
      const [key, flags] = [keyOf(record), flagsOf(record)];
      renumbered ||= keys[ordinal] !== key || rankOf(own[ordinal] as number) !== rankOf(flags);
      ids[ordinal] = record.id;
      keys[ordinal] = key;
      own[ordinal] = flags;
      if (record.person === null) persons.delete(ordinal);
      else persons.set(ordinal, record.person);
    }
    const numbers = renumbered ? numbersOf(keys, own) : this.numbers;
    const consents = consentsWith(this.consents, records);
    const told = toldDaysWith(this.told, size, records);
    const locals = this.locals.with(records.map(({ ordinal, localIds = [] }) => [ordinal, localIds]));
    return new PatientIndex(ledgerSize, ids, keys, own, persons, lastEntry, consents, told, numbers, locals);
  }
}

/** A record whose number is none can be found by no row. */
function keyOf(record: PatientRecord): number {
  const parsed = parseNhsNumber(record.nhsNumber);
  return parsed.ok ? keyOfNhsNumber(parsed.nhsNumber) : NO_KEY;
}

function flagsOf({ listed, left, restricted, objected }: PatientRecord): number {
  return (
    (objected.type1 ? OBJECTED_TYPE_1 : 0) |
    (objected.type2 ? OBJECTED_TYPE_2 : 0) |
    (listed ? 0 : NOT_ON_LIST) |
    (left ? LEFT : 0) |
    (restricted ? RESTRICTED : 0)
  );
}
