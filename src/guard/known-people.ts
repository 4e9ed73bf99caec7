import type { LocalId } from '../patients/local-ids.ts';
import { keyOfText } from '../patients/nhs-number.ts';
import { consentsWith } from './consented.ts';
import { LEFT, NOT_ON_LIST, OBJECTED_TYPE_1, OBJECTED_TYPE_2, RESTRICTED } from './decide.ts';
import { DecidedBefore } from './decided-before.ts';
import { LocalIdTable } from './local-id-table.ts';
import { PatientIds } from './patient-ids.ts';
import { mergeFlags, NO_KEY, type Numbers, numbersOf, rankOf } from './shared-numbers.ts';
import { type ToldDays, type ToldOn, toldDaysWith } from './told-days.ts';

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

/** What is known of everybody. A value: what changes gets another in its place. */
export type People = {
  readonly ids: PatientIds;
  readonly keys: Int32Array;
  /** Flags by ordinal, each patient's own. */
  readonly own: Uint8Array;
  /** By ordinal, for those who have more than one record. */
  readonly persons: ReadonlyMap<number, string>;
  /** By extract, the ordinals of those whose own consent to it is in force. */
  readonly consents: ReadonlyMap<string, ReadonlySet<number>>;
  /** Each record's own. */
  readonly told: ToldDays;
  readonly numbers: Numbers;
  readonly locals: LocalIdTable;
  /** Flags by ordinal, those of all patients with the same number together. */
  readonly flags: Uint8Array;
  /** What rules came to on each of them, as far as it was asked. */
  readonly decided: DecidedBefore;
};

/** @param folder where a large practice's references may be kept (patient-ids.ts); left out, in memory */
export const nobody = (folder?: string): People =>
  people({
    ids: PatientIds.none(folder),
    keys: new Int32Array(),
    own: new Uint8Array(),
    persons: new Map(),
    consents: new Map(),
    told: new Map(),
    numbers: numbersOf(new Int32Array(), new Uint8Array()),
    locals: LocalIdTable.empty,
  });

function people(known: Omit<People, 'flags' | 'decided'>): People {
  const { own, numbers, persons, keys } = known;
  return { ...known, flags: mergeFlags(own, numbers, persons), decided: new DecidedBefore(keys.length) };
}

/**
 * What is known of everybody when some records were read again, portion by portion. Copies what changes, and shares the
 * rest; a portion need not be kept.
 */
export class PeopleChange {
  private size: number;
  private keys: Int32Array;
  private own: Uint8Array;
  private readonly persons: Map<number, string>;
  private readonly ids: ReturnType<PatientIds['change']>;
  /** By ordinal, those of whom more is said, or was said before, than what stands above. */
  private readonly more = new Map<number, PatientRecord>();
  private renumbered = false;

  constructor(private readonly before: People) {
    this.size = before.keys.length;
    this.keys = before.keys.slice();
    this.own = before.own.slice();
    this.persons = new Map(before.persons);
    this.ids = before.ids.change();
  }

  add(records: readonly PatientRecord[]): void {
    const isFirst = this.before.keys.length === 0;
    for (const record of records) {
      const { ordinal, person, id } = record;
      if (ordinal >= this.size) this.grow(ordinal + 1);
      const [key, flags] = [keyOf(record), flagsOf(record)];
      this.renumbered ||= this.keys[ordinal] !== key || rankOf(this.own[ordinal] as number) !== rankOf(flags);
      this.keys[ordinal] = key;
      this.own[ordinal] = flags;
      if (person !== null) this.persons.set(ordinal, person);
      else if (this.persons.size > 0) this.persons.delete(ordinal);
      this.ids.set(ordinal, id);
      if (!isFirst || hasMore(record) || this.more.has(ordinal)) this.more.set(ordinal, record);
    }
  }

  done(): People {
    const { before, size } = this;
    const isWhole = size === this.keys.length;
    const [keys, own] = isWhole ? [this.keys, this.own] : [this.keys.slice(0, size), this.own.slice(0, size)];
    const more = [...this.more.values()];
    return people({
      ids: this.ids.done(size),
      keys,
      own,
      persons: this.persons,
      consents: consentsWith(before.consents, more),
      told: toldDaysWith(before.told, size, more),
      numbers: this.renumbered ? numbersOf(keys, own) : before.numbers,
      locals: before.locals.with(more.map(({ ordinal, localIds = [] }) => [ordinal, localIds])),
    });
  }

  private grow(size: number): void {
    this.size = size;
    if (size <= this.keys.length) return;
    const [keys, own] = [new Int32Array(2 * size).fill(NO_KEY), new Uint8Array(2 * size)];
    keys.set(this.keys);
    own.set(this.own);
    [this.keys, this.own] = [keys, own];
  }
}

const hasMore = ({ consents = [], told = [], localIds = [] }: PatientRecord): boolean =>
  consents.length + told.length + localIds.length > 0;

/** A record whose number is none can be found by no row. */
function keyOf(record: PatientRecord): number {
  const key = keyOfText(record.nhsNumber);
  return key < 0 ? NO_KEY : key;
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
