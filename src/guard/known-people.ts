import type { LocalId } from '../patients/local-ids.ts';
import { keyOfNhsNumber, parseNhsNumber } from '../patients/nhs-number.ts';
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

export const nobody = people({
  ids: PatientIds.none,
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

/** What is known of everybody when some records were read again. Copies what changes, and shares the rest. */
export function peopleWith(before: People, records: readonly PatientRecord[]): People {
  const size = records.reduce((most, { ordinal }) => Math.max(most, ordinal + 1), before.keys.length);
  const keys = new Int32Array(size).fill(NO_KEY);
  keys.set(before.keys);
  const own = new Uint8Array(size);
  own.set(before.own);
  const persons = new Map(before.persons);
  let renumbered = false;
  for (const record of records) {
    const { ordinal } = record;
    const [key, flags] = [keyOf(record), flagsOf(record)];
    renumbered ||= keys[ordinal] !== key || rankOf(own[ordinal] as number) !== rankOf(flags);
    keys[ordinal] = key;
    own[ordinal] = flags;
    if (record.person === null) persons.delete(ordinal);
    else persons.set(ordinal, record.person);
  }
  return people({
    ids: before.ids.with(size, records),
    keys,
    own,
    persons,
    consents: consentsWith(before.consents, records),
    told: toldDaysWith(before.told, size, records),
    numbers: renumbered ? numbersOf(keys, own) : before.numbers,
    locals: before.locals.with(records.map(({ ordinal, localIds = [] }) => [ordinal, localIds])),
  });
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
