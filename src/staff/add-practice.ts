import { randomUUID } from 'node:crypto';
import type { Actor, Ledgered } from '../ledger/entry.ts';

/** A GP practice, by its ODS code. Everything else belongs to one. */
export type Practice = {
  readonly id: string;
  readonly ods: string;
  readonly name: string;
  /** Origin of its ledger, `<host>/log/<ods>`: fixed for ever, because checkpoints are signed under it. */
  readonly origin: string;
  readonly madeUp: boolean;
  readonly createdAt: Date;
};

export interface PracticeStore {
  /**
   * Keeps the practice with an empty ledger and a key that signs its checkpoints, and runs `first` in the same
   * transaction to append its first entry, which names the key. False, and nothing kept, when the ODS code is taken.
   */
  add(practice: Practice, first: (ledger: Ledgered, verifier: string) => number): Promise<boolean>;
  find(id: string): Promise<Practice | undefined>;
  findByOds(ods: string): Promise<Practice | undefined>;
  list(): Promise<Practice[]>;
}

export type NewPractice = {
  readonly ods: string;
  readonly name: string;
  /** Where the registry is reached, such as `registry.example`: part of the ledger's origin. */
  readonly host: string;
  readonly madeUp?: boolean;
};

export type PracticeAdded =
  | { readonly ok: true; readonly practice: Practice }
  | { readonly ok: false; readonly reason: 'ods-invalid' | 'name-missing' | 'ods-taken' };

/** ODS codes of organisations: capitals and digits (ODS API, "ODS code formats"). */
const odsCode = /^[A-Z0-9]{3,10}$/;

/** Adds a practice with an empty ledger, whose first entry says so. */
export async function addPractice(
  store: PracticeStore,
  input: NewPractice,
  by: Actor,
  now: Date,
): Promise<PracticeAdded> {
  const ods = input.ods.trim().toUpperCase();
  const name = input.name.trim();
  if (!odsCode.test(ods)) return { ok: false, reason: 'ods-invalid' };
  if (name === '') return { ok: false, reason: 'name-missing' };
  const practice: Practice = {
    id: randomUUID(),
    ods,
    name,
    origin: `${input.host}/log/${ods}`,
    madeUp: input.madeUp ?? false,
    createdAt: now,
  };
  const { origin, madeUp } = practice;
  const added = await store.add(practice, (ledger, verifier) =>
    ledger.append('practice-added', by, { origin, madeUp, verifier }, now),
  );
  return added ? { ok: true, practice } : { ok: false, reason: 'ods-taken' };
}
